"""What waits in the ledger to be delivered, and what became of it. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.notifications.notices.domain.rules import Subject
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.notifications.queries import NoticeKind, NoticeReason


@dataclass(frozen=True, slots=True)
class Item:
    """One notice that a letter carries."""

    delivery_id: UUID
    subject: Subject
    actor_person: PersonId | None
    actor_organization: OrganizationId | None
    settled: bool
    """Whether what it asked for was done meanwhile."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail to one person: usually one notice, several of a kind when they were folded."""

    letter_id: UUID
    claim: UUID
    recipient: PersonId
    as_organization: OrganizationId
    kind: NoticeKind
    because: NoticeReason
    created_at: datetime
    attempts: int
    traceparent: str | None
    items: tuple[Item, ...]


def what_all_are_about(items: Sequence[Item]) -> Subject:
    """What every notice of a letter is about: where they are about several indicators, about none of them."""
    first, *others = (it.subject for it in items)
    ids = {name: getattr(first, name) for name in Subject.__slots__}
    return Subject(
        **{name: id_ if all(getattr(it, name) == id_ for it in others) else None for name, id_ in ids.items()}
    )


def how_many_told(kind: NoticeKind, items: Sequence[Item]) -> int:
    """How many things a letter tells: an article that two parties accepted is one."""
    if kind in {NoticeKind.CLAUSE_PROPOSED, NoticeKind.CLAUSE_ACCEPTED}:
        return len({it.subject.clause_id for it in items})
    return len(items)


class AccountLetterKind(StrEnum):
    """What a letter about somebody's own account carries."""

    PASSWORD_RESET = "password_reset"  # noqa: S105 - a kind


@dataclass(frozen=True, slots=True)
class AccountLetter:
    """One e-mail to one person about her own account: she asked for it, so it tells no notice and is in no inbox."""

    letter_id: UUID
    claim: UUID
    recipient: PersonId
    kind: AccountLetterKind
    created_at: datetime
    attempts: int
    traceparent: str | None


@dataclass(frozen=True, slots=True)
class Sent:
    """The mail server accepted it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It will never arrive."""

    reason: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """There is no reason left to send it."""

    reason: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """It may arrive later; `after_attempt` is false where the attempt says nothing about this letter."""

    reason: str
    due_at: datetime
    after_attempt: bool = True


Outcome = Sent | Failed | Cancelled | TryLater
