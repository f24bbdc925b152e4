"""What a convention in force promises, as dated obligations, and what the parties say of them.

Meetings, joint reviews and means are part of the terms that all have signed. Each becomes due on a day; each party says,
for itself, whether it was kept. Nobody's word stands for the other's.
"""

from datetime import date, datetime
from enum import StrEnum

from shared.contracts.identifiers import ConventionId, ObligationId, OrganizationId, PersonId
from shared.contracts.messages import Command, Done, Message, Query, View
from shared.contracts.projects.rooms import InRoom
from shared.contracts.refusals import Refusal, RefusalKind
from shared.contracts.values import Day, Paragraph


class ObligationKind(StrEnum):
    """What was promised."""

    MEETING = "meeting"
    REVIEW = "review"
    """A joint review (« bilan croisé »)."""
    MEANS = "means"


class ObligationState(StrEnum):
    """Where an obligation stands, from its day and from what the parties say."""

    UPCOMING = "upcoming"
    DUE = "due"
    """Its day comes soon; or it waits while the convention is suspended."""
    KEPT = "kept"
    MISSED = "missed"
    """Its day has passed and nobody said that it was kept, or a party says that it was not."""
    DISPUTED = "disputed"
    """A party says that it was kept, and another one that it was not."""
    RELEASED = "released"
    """No longer owed: the convention ended before its day, or an amendment promises otherwise."""


class InPartnership(InRoom):
    """What may be about a room, a task of it, or an obligation of the convention."""

    obligation_id: ObligationId | None = None


# --------------------------------------------------------------------- commands


class KeepObligation(Command[Done]):
    """Say, for the actor's party, that an obligation was kept. It replaces what her party said of it before."""

    convention_id: ConventionId
    obligation_id: ObligationId
    kept_on: Day
    """The day of the meeting, or on which it was given; today at the latest."""
    remark: Paragraph | None = None


class ContestObligation(Command[Done]):
    """Say, for the actor's party, that an obligation was not kept: once its day has passed, or once another party says that
    it was. It replaces what her party said of it before.
    """

    convention_id: ConventionId
    obligation_id: ObligationId
    remark: Paragraph
    """What is missing, for the other party to read."""


# ---------------------------------------------------------------------- queries


class WordView(Message):
    """What a party says of an obligation."""

    organization_id: OrganizationId
    person_id: PersonId
    kept: bool
    kept_on: date | None
    """None where it says that it was not kept."""
    remark: str | None
    said_at: datetime


class ObligationView(Message):
    """A promise with its day."""

    obligation_id: ObligationId
    kind: ObligationKind
    title: str
    """« Réunion 2 sur 8 », or the means as the terms name them."""
    owed_by: OrganizationId | None
    """The party that promised it; all of them together when missing."""
    begins_on: date
    """The first day of the stretch of time that it belongs to."""
    due_on: date
    promised_for: date
    """Its day before a suspension moved it; the same where none did."""
    state: ObligationState
    words: tuple[WordView, ...]
    """The last word of each party that has spoken."""


class Promises(View):
    """The obligations of a convention, for one reader."""

    convention_id: ConventionId
    version: int
    title: str
    parties: tuple[OrganizationId, ...]
    resting: bool
    """Whether the convention is suspended: no day passes."""
    obligations: tuple[ObligationView, ...]
    """By their day; when there are more than 300, the last ones."""
    may_say: bool
    """Whether the actor says for her party what was kept."""


class GetPromises(Query[Promises]):
    """What a convention that the actor may read promises, and what became of it."""

    convention_id: ConventionId


# --------------------------------------------------------------------- refusals


class ObligationNotFound(Refusal):
    """No such obligation in this convention, or the actor may not see it."""

    code = "obligation_not_found"
    kind = RefusalKind.NOT_FOUND


class ObligationNotDue(Refusal):
    """Its day has not passed, and nobody said that it was kept: nothing can be missing yet."""

    code = "obligation_not_due"


class ObligationNotOwed(Refusal):
    """It is no longer owed: the convention ended before its day, or an amendment promises otherwise."""

    code = "obligation_not_owed"
