"""A delegation: between two days a colleague acts for a référent who is absent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.contracts.contacts.refusals import DelegationDatesInvalid, DelegationOverlaps
from shared.contracts.identifiers import DelegationId, PersonId

# Long enough for a parental leave; longer, somebody else is the référent.
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who acts for the référent, and when; both days are included."""

    id: DelegationId
    deputy_id: PersonId
    starts_on: date
    ends_on: date

    def check_dates(self, today: date) -> None:
        """Pass if it may begin now or later.

        Raises:
            DelegationDatesInvalid: it ends before it starts, is over already, or lasts too long.
        """
        if not self.starts_on <= self.ends_on <= self.starts_on + LONGEST or self.ends_on < today:
            raise DelegationDatesInvalid

    def check_apart_from(self, others: Iterable["Delegation"]) -> None:
        """Pass if no other delegation of the mandate has a day in common with it.

        Raises:
            DelegationOverlaps: one has.
        """
        for other in others:
            if self.starts_on <= other.ends_on and other.starts_on <= self.ends_on:
                raise DelegationOverlaps(starts_on=other.starts_on, ends_on=other.ends_on)
