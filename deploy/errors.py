"""What is told to the person at the terminal when something cannot be done: a sentence and what to do, no traceback."""


class CommandFailure(Exception):
    """The command cannot go on. The message is shown as it is, so it says what happened and what to do."""


class StartFailure(CommandFailure):
    """The system, or one of its servers, cannot start."""
