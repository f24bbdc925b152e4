"""Who may do what with a convention that is signed. Rights come before the state, as while it is negotiated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.projects.leaving import AlreadyLeaving, ConventionWouldEnd, OthersRemain
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import (
    AlreadySuspended,
    AlreadyTerminating,
    ConventionNotEnding,
    ConventionNotInForce,
    NotAReferent,
    NotASignatory,
    RenewalDecidedAlready,
    RenewalNotDue,
    SuspensionNotFound,
)
from shared.contracts.projects.taking_back import DutiesBegun, TerminationNotFound
from shared.contracts.refusals import Refusal
from shared.contracts.values import Side

IN_FORCE = frozenset({ConventionState.ACTIVE, ConventionState.SUSPENDED})
ENDED = frozenset({ConventionState.EXPIRED, ConventionState.TERMINATED})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who speaks as an organisation that she belongs to, and what she may do for it."""

    person_id: PersonId
    organization_id: OrganizationId
    referent: bool
    signatory: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What rights depend on."""

    state: ConventionState
    parties: frozenset[OrganizationId]
    suspended_by: frozenset[OrganizationId]
    ending: bool
    """Whether somebody gave notice, or it has ended."""
    renewable: bool
    """Whether the terms let it go on after its last day, and no notice ends it before."""
    decided: frozenset[OrganizationId]
    """The parties that have said whether it goes on after this term."""
    leaving: frozenset[OrganizationId] = frozenset()
    """The parties that leave alone, and are still there."""
    notice_by: OrganizationId | None = None
    """Who gave notice that the convention ends, while that stands."""
    duties_begun: bool = False
    """Whether somebody has done one of the last duties."""
    sides: Mapping[OrganizationId, Side] = field(default_factory=dict[OrganizationId, Side])

    def lives_on_without(self, organization_id: OrganizationId) -> bool:
        """Whether both kinds of organisations stay once those that leave have left, and this one too."""
        staying = self.parties - self.leaving - {organization_id}
        return {self.sides.get(it) for it in staying} == {Side.ESTABLISHMENT, Side.ASSOCIATION}


def why_not(act: Act, standing: Standing, by: Speaker) -> Refusal | None:
    """Why the speaker cannot do this now; None when she can."""
    return _RULES[act](standing, by)


def acts_of(standing: Standing, by: Speaker) -> tuple[Act, ...]:
    """What she can do now, in the order of its life."""
    return tuple(act for act, rule in _RULES.items() if rule(standing, by) is None)


def _binds(standing: Standing, by: Speaker) -> Refusal | None:
    """What binds an organisation is done by those who sign for it."""
    if not by.signatory or by.organization_id not in standing.parties:
        return NotASignatory()
    if standing.state not in IN_FORCE:
        return ConventionNotInForce(state=standing.state)
    return None


def _suspend(standing: Standing, by: Speaker) -> Refusal | None:
    refusal = _binds(standing, by)
    if refusal is None and by.organization_id in standing.suspended_by:
        return AlreadySuspended()
    return refusal


def _lift(standing: Standing, by: Speaker) -> Refusal | None:
    refusal = _binds(standing, by)
    if refusal is None and by.organization_id not in standing.suspended_by:
        return SuspensionNotFound()
    return refusal


def _terminate(standing: Standing, by: Speaker) -> Refusal | None:
    refusal = _binds(standing, by)
    if refusal is None and standing.ending:
        return AlreadyTerminating()
    if refusal is None and standing.lives_on_without(by.organization_id):
        return OthersRemain()
    return refusal


def why_not_leave(standing: Standing, by: Speaker) -> Refusal | None:
    """Why the speaker cannot give notice now that her party leaves alone; None when she can."""
    refusal = _binds(standing, by)
    if refusal is None and standing.ending:
        return AlreadyTerminating()
    if refusal is None and by.organization_id in standing.leaving:
        return AlreadyLeaving()
    if refusal is None and not standing.lives_on_without(by.organization_id):
        return ConventionWouldEnd()
    return refusal


def why_not_take_back(standing: Standing, by: Speaker) -> Refusal | None:
    """Why the speaker cannot take back her party's notice that the convention ends; None when she can."""
    refusal = _binds(standing, by)
    if refusal is None and standing.notice_by != by.organization_id:
        return TerminationNotFound()
    if refusal is None and standing.duties_begun:
        return DutiesBegun()
    return refusal


def _renew(standing: Standing, by: Speaker) -> Refusal | None:
    refusal = _binds(standing, by)
    # A notice that reaches into the next term leaves the others their right to object to that term.
    if refusal is None and not standing.renewable:
        return RenewalNotDue()
    if refusal is None and by.organization_id in standing.decided:
        return RenewalDecidedAlready()
    return refusal


def _close(standing: Standing, by: Speaker) -> Refusal | None:
    if not (by.referent or by.signatory) or by.organization_id not in standing.parties:
        return NotAReferent()
    if not standing.ending:
        return ConventionNotEnding(state=standing.state)
    return None


_RULES: Mapping[Act, Callable[[Standing, Speaker], Refusal | None]] = {
    Act.SUSPEND: _suspend,
    Act.LIFT: _lift,
    Act.TERMINATE: _terminate,
    Act.RENEW: _renew,
    Act.CLOSE: _close,
}
