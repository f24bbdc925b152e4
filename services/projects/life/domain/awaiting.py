"""What the last day of a convention waits for, and from which party: whether it goes on, and its last duties.

Last duties are asked for once it has ended. They may be done before, but whoever begins can take no notice back any more:
nobody is pressed to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.projects.life.domain.renewal import Term
from services.projects.life.domain.rights import ENDED, IN_FORCE, Speaker, Standing, why_not
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.awaiting import AwaitedKind
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.terms import Renewal


@dataclass(frozen=True, slots=True)
class Ending:
    """A signed convention as far as its end or its next term goes."""

    state: ConventionState
    term: Term
    parties: frozenset[OrganizationId]
    noticed: bool = False
    """Whether somebody gave notice that it ends."""
    decided: frozenset[OrganizationId] = frozenset()
    """The parties that have said whether it goes on after this term."""
    objected: bool = False
    """Whether one of them said no."""
    duties_left: Mapping[OrganizationId, int] = field(default_factory=dict[OrganizationId, int])
    """How many last duties each party has not done."""

    @property
    def standing(self) -> Standing:
        """What rights to decide on a renewal and to close depend on; suspensions change neither."""
        return Standing(
            state=self.state,
            parties=self.parties,
            suspended_by=frozenset(),
            ending=self.noticed or self.state in ENDED,
            renewable=self.term.terms.renewal is not Renewal.NEVER,
            decided=self.decided,
        )

    def waits_for_answers(self, today: date) -> bool:
        """Whether it goes on only if every party says so, by now. A tacit renewal waits for nobody."""
        return (
            self.state in IN_FORCE
            and not self.noticed
            and not self.objected
            and self.term.terms.renewal is Renewal.EXPRESS
            and self.term.due_on <= today <= self.term.decide_by
        )

    def waits_for_duties_of(self, party: OrganizationId) -> bool:
        """Whether it has ended, and this party has not done all its last duties."""
        return self.state in ENDED and self.duties_left.get(party, 0) > 0


def awaited_from(ending: Ending, by: Speaker, today: date) -> AwaitedKind | None:
    """The act that the convention waits for from this person."""
    kind = awaited_from_side(ending, by.organization_id, today)
    if kind is None:
        return None
    act = Act.RENEW if kind is AwaitedKind.DECIDE_RENEWAL else Act.CLOSE
    return kind if why_not(act, ending.standing, by) is None else None


def awaited_from_side(ending: Ending, side: OrganizationId, today: date) -> AwaitedKind | None:
    """The act that the convention waits for from a party, whoever does it there."""
    if side not in ending.parties:
        return None
    if side not in ending.decided and ending.waits_for_answers(today):
        return AwaitedKind.DECIDE_RENEWAL
    return AwaitedKind.DO_LAST_DUTIES if ending.waits_for_duties_of(side) else None
