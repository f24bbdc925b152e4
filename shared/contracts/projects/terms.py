"""The terms of a convention: how long it holds, how it goes on or ends, and what it promises regularly."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Message, View
from shared.contracts.values import Day, Title


class Renewal(StrEnum):
    """What happens on the last day."""

    NEVER = "never"
    """It ends."""
    TACIT = "tacit"
    """It goes on, unless somebody gave notice in time."""
    EXPRESS = "express"
    """It goes on only if every party says so."""


class PromisedMeans(Message):
    """What a party puts in: a room, hours of work, a training, a sum."""

    text: Title
    by: OrganizationId | None = None
    """The party that promises it; all of them together when missing."""
    due_on: Day | None = None
    """By when; during the whole term when missing."""


class Terms(Message):
    """What the parties agree on beside the clauses. The days are days of law, without hours."""

    starts_on: Day
    ends_on: Day
    """The last day on which it holds, before any renewal."""
    renewal: Renewal = Renewal.NEVER
    renewal_months: Annotated[int, Field(ge=1, le=120)] | None = None
    """How long each renewal lasts; missing where there is none."""
    notice_months: Annotated[int, Field(ge=0, le=24)] = 0
    """How long before its end, or before the next renewal, a party says that it leaves."""
    meetings_per_year: Annotated[int, Field(ge=0, le=52)] = 0
    reviews_per_year: Annotated[int, Field(ge=0, le=12)] = 0
    """Joint reviews (« bilans croisés »)."""
    means: tuple[PromisedMeans, ...] = Field(default=(), max_length=50)


class TermsView(Message):
    """The terms as they stand, and as the actor last read them."""

    terms: Terms
    revision: int
    accepted_by: tuple[OrganizationId, ...]
    agreed: bool
    proposed_by: OrganizationId
    proposed_by_person: PersonId | None
    proposed_at: datetime
    agreed_at: datetime | None
    before: Terms | None
    """Those that the actor last read, when they have changed since; None when they have not."""


class TermsRevisionView(Message):
    """Terms that a convention has had."""

    revision: int
    terms: Terms
    organization_id: OrganizationId
    person_id: PersonId | None
    proposed_at: datetime


class TermsHistory(View):
    """All the terms, newest first, at most 100."""

    revisions: tuple[TermsRevisionView, ...]
