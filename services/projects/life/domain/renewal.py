"""What happens on the last day of a term: the convention ends, goes on by itself, or goes on if every party says so."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.projects.life.domain.days import months_after
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.projects.terms import Renewal, Terms

# Time to speak about it before the last day to say something; committees of both sides meet at least once in two months.
MONTHS_TO_SPEAK = 2


@dataclass(frozen=True, slots=True)
class Decision:
    """What a party said about going on after the present term."""

    organization_id: OrganizationId
    person_id: PersonId
    agrees: bool
    means: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Term:
    """The present term: its last day, and what the terms say about going on."""

    ends_on: date
    terms: Terms

    @property
    def due_on(self) -> date:
        """The day on which both sides are told, or asked."""
        return months_after(self.ends_on, -(self.terms.notice_months + MONTHS_TO_SPEAK))

    @property
    def decide_by(self) -> date:
        """The last day to object to a tacit renewal, or to agree to an express one."""
        if self.terms.renewal is Renewal.TACIT:
            return months_after(self.ends_on, -self.terms.notice_months)
        return self.ends_on

    @property
    def next_ends_on(self) -> date:
        """The last day of the next term: it begins on the morrow, and lasts whole months.

        Counted from the end of the first term, so that a short month moves none of those that follow it.
        """
        begun, first = self.ends_on + timedelta(days=1), self.terms.ends_on + timedelta(days=1)
        past = (begun.year - first.year) * 12 + begun.month - first.month
        return months_after(first, past + (self.terms.renewal_months or 0)) - timedelta(days=1)

    def reaches(self, decisions: Mapping[OrganizationId, Decision], day: date) -> date:
        """The last day that a notice may name: of this term or, where it goes on by itself, of the one that follows, and
        of a later one where `day`, the first that its delay allows, is in that.
        """
        if not self.goes_on_by_itself(decisions):
            return self.ends_on
        following = Term(self.next_ends_on, self.terms)
        return following.ends_on if day <= following.ends_on else following.reaches({}, day)

    def holds_until(self, day: date) -> bool:
        """Whether what ceases on that day ceases within this term, or with it."""
        return day <= self.ends_on + timedelta(days=1)

    def to_tell(self, decisions: Mapping[OrganizationId, Decision], today: date) -> bool:
        """Whether both sides are to be told by now. Once a party has objected, that has told it."""
        return (
            self.terms.renewal is not Renewal.NEVER and self.due_on <= today and not _objected_in(decisions)
        )

    def goes_on_by_itself(self, decisions: Mapping[OrganizationId, Decision]) -> bool:
        """Whether nobody objected to a tacit renewal."""
        return self.terms.renewal is Renewal.TACIT and not _objected_in(decisions)

    def agreed_by_all(
        self, decisions: Mapping[OrganizationId, Decision], parties: Collection[OrganizationId]
    ) -> bool:
        """Whether every party said yes."""
        return all(party in decisions and decisions[party].agrees for party in parties)


def _objected_in(decisions: Mapping[OrganizationId, Decision]) -> bool:
    return any(not it.agrees for it in decisions.values())
