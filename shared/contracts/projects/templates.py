"""What a convention can start from, and the clauses that can be added to it."""

from shared.contracts.messages import Message, View


class TemplateView(Message):
    """A model of convention."""

    template: str
    title: str
    regime: str
    """The article of law that the model answers to."""
    clause_titles: tuple[str, ...]
    required: int
    """How many of them the regime requires; a reason stands with each."""


class Templates(View):
    """The models that a convention can start from."""

    templates: tuple[TemplateView, ...]


class LibraryClauseView(Message):
    """A clause to start from: its text may hold blanks."""

    name: str
    title: str
    text: str
    use: str
    """What it is good for."""


class ClauseLibrary(View):
    """Clauses to add to any convention."""

    clauses: tuple[LibraryClauseView, ...]
