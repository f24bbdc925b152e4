"""What an operator can ask of web, and how it answers."""

from typing import ClassVar

from shared.contracts.identifiers import PersonId
from shared.contracts.messages import Audience, Query, View
from shared.contracts.values import EmailAddress


class OperatorView(View):
    """Somebody whose account sees the pages of operation."""

    person_id: PersonId
    email: EmailAddress


class Operators(View):
    """All of them, by e-mail."""

    operators: tuple[OperatorView, ...]


class ListOperators(Query[Operators]):
    """Whose accounts see the pages of operation."""

    audience: ClassVar[Audience] = Audience.OPERATORS
