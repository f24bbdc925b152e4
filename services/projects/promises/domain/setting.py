"""What dated obligations stand on: the convention as it is today, decided elsewhere."""

from dataclasses import dataclass
from datetime import date

from services.projects.promises.domain.schedule import Promised
from shared.contracts.identifiers import OrganizationId


@dataclass(frozen=True, slots=True)
class Rest:
    """A suspension, from its first day to the day on which it was lifted."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Setting:
    """The convention, as far as its promises depend on it."""

    parties: frozenset[OrganizationId]
    starts_on: date
    ends_on: date
    """The last day of the present term."""
    promised: Promised
    """What the text in force promises."""
    in_force: bool
    resting: bool = False
    """Suspended today."""
    rests: tuple[Rest, ...] = ()
    """Suspensions that were lifted."""
    over_on: date | None = None
    """The first day on which it no longer held; None while it holds."""
    closed: bool = False

    def lifted_over(self, day: date) -> date | None:
        """The last day of the suspensions that this day fell into; None when it fell into none."""
        return max((it.last for it in self.rests if it.first <= day <= it.last), default=None)
