"""What is told to the person at the terminal when the system cannot start: a sentence and what to do, no traceback."""


class StartFailure(Exception):
    """The start cannot go on. The message is shown as it is, so it says what happened and what to do."""
