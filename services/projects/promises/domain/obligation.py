"""One promise with its day, and what each party says of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from shared.contracts.identifiers import ObligationId, OrganizationId, PersonId
from shared.contracts.projects.promises import ObligationKind, ObligationState

# A meeting of two organisations takes a month to arrange; what comes often is not announced before the one that precedes it.
MOST_NOTICE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Word:
    """What a party says: kept on a day, or not."""

    organization_id: OrganizationId
    person_id: PersonId
    kept_on: date | None
    remark: str | None
    said_at: datetime

    def says_the_same_as(self, other: "Word | None") -> bool:
        """Whether nothing new is said."""
        return other is not None and (self.kept_on, self.remark) == (other.kept_on, other.remark)


@dataclass(slots=True)
class Obligation:
    """An obligation, as it was loaded."""

    obligation_id: ObligationId
    kind: ObligationKind
    title: str
    owed_by: OrganizationId | None
    begins_on: date
    due_on: date
    promised_for: date
    told_at: datetime | None = None
    missed_at: datetime | None = None
    released_at: datetime | None = None
    words: dict[OrganizationId, Word] = field(default_factory=dict[OrganizationId, Word])

    @property
    def open(self) -> bool:
        """Whether its day still means something: nobody spoke, and it is owed."""
        return not self.words and self.missed_at is None and self.released_at is None

    @property
    def kept(self) -> bool:
        """Whether a party says so."""
        return any(it.kept_on for it in self.words.values())

    @property
    def tell_on(self) -> date:
        """The day on which those who owe it are told that it comes."""
        return self.due_on - min(MOST_NOTICE, (self.due_on - self.begins_on) / 2)

    @property
    def look_on(self) -> date | None:
        """The next day on which something happens to it by itself; None when nothing will."""
        if not self.open:
            return None
        return self.due_on + timedelta(days=1) if self.told_at else self.tell_on

    def state(self, today: date, *, resting: bool) -> ObligationState:
        """Where it stands on a day, `resting` telling whether the convention is suspended."""
        if self.released_at:
            return ObligationState.RELEASED
        if self.words:
            said = {it.kept_on is not None for it in self.words.values()}
            return (
                ObligationState.DISPUTED
                if len(said) > 1
                else ObligationState.KEPT
                if said == {True}
                else ObligationState.MISSED
            )
        if self.missed_at or (self.due_on < today and not resting):
            return ObligationState.MISSED
        return ObligationState.DUE if self.tell_on <= today else ObligationState.UPCOMING
