"""Who may do what with a convention as it stands: decided here only, for commands, for pages and for the home page.

What one may not see is decided before, by loading on behalf of someone. Here, rights come before the state: somebody who
may never do a thing is not told that it is too early for it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.projects.paper import NotEntrusted
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import (
    AlreadySigned,
    AmendmentOpen,
    AmendmentOver,
    ConventionNotActive,
    ConventionNotInForce,
    NegotiationNotOpen,
    NotAnAmendment,
    NotAReferent,
    NotASignatory,
    NotSealed,
    NotYourTurn,
    SamePersonForTwoParties,
)
from shared.contracts.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who speaks as an organisation that she belongs to, with what contacts says of her authority."""

    person_id: PersonId
    organization_id: OrganizationId
    referent: bool
    """Of that organisation's side of this convention."""
    signatory: bool
    signatory_since: datetime | None = None
    """Since when she may sign for it, where that is known."""
    entrusted: bool = False
    """The organisation has given her a say here: she administers it, signs for it, or somebody who does named her."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What rights depend on."""

    state: ConventionState
    drafted_by: OrganizationId
    drafted_by_person: PersonId
    parties: frozenset[OrganizationId]
    signed_by: Mapping[OrganizationId, PersonId]
    """The signatures that count now."""
    still_to_accept: frozenset[OrganizationId]
    """The parties that have not accepted every clause as it stands."""
    sign_order: tuple[OrganizationId, ...] = ()
    """Who signs after whom; empty when the order is free."""
    amendment: bool = False
    """Whether the text is an amendment."""
    unchanged: bool = False
    """Whether it is one in which nobody has proposed anything yet."""
    amendment_open: bool = False
    """Whether it is a convention of which an amendment is not over."""

    @property
    def turn_of(self) -> OrganizationId | None:
        """Whose turn to sign it is, where the order is fixed."""
        return next((it for it in self.sign_order if it in self.parties and it not in self.signed_by), None)

    def may_sign_now(self, organization_id: OrganizationId) -> bool:
        """Whether the order lets this party sign before those that have not signed."""
        return self.turn_of in {None, organization_id}


def still_to_accept(
    parties: Iterable[OrganizationId], accepted_by: Iterable[Collection[OrganizationId]]
) -> frozenset[OrganizationId]:
    """The parties that are missing among those who accept, for at least one clause."""
    acceptances = list(accepted_by)
    return frozenset(party for party in parties if any(party not in it for it in acceptances))


_OPEN = frozenset({ConventionState.NEGOTIATING})
_UNSEALED = frozenset({ConventionState.DRAFT, ConventionState.NEGOTIATING, ConventionState.ABANDONED})
_IN_FORCE = frozenset({ConventionState.ACTIVE, ConventionState.SUSPENDED})
_REWORDABLE = _OPEN | {ConventionState.READY, ConventionState.PARTLY_SIGNED}


def check(act: Act, situation: Situation, speaker: Speaker) -> None:
    """Pass if the speaker may do this now.

    Raises:
        Refusal: the reason why not.
    """
    if refusal := _RULES[act](situation, speaker):
        raise refusal


def acts_of(
    situation: Situation, speaker: Speaker, sides_with_referent: frozenset[OrganizationId]
) -> tuple[Act, ...]:
    """Every act that makes sense for the speaker now: those she may do, and that have something left to do."""
    with_something_to_do = {
        Act.INVITE: not situation.parties <= sides_with_referent,
        Act.ACCEPT: speaker.organization_id in situation.still_to_accept,
        Act.SEAL: not (situation.still_to_accept or situation.unchanged),
    }
    return tuple(
        act
        for act, rule in _RULES.items()
        if with_something_to_do.get(act, True) and rule(situation, speaker) is None
    )


def writes_the_draft(situation: Situation, speaker: Speaker) -> bool:
    """A draft is its author's and her side's référents', until the other side has a référent too."""
    return (
        situation.state is ConventionState.DRAFT
        and speaker.organization_id == situation.drafted_by
        and (speaker.referent or speaker.person_id == situation.drafted_by_person)
    )


def _speaks_as_referent(situation: Situation, speaker: Speaker) -> bool:
    return speaker.referent and speaker.organization_id in situation.parties


def _speaks_as_signatory(situation: Situation, speaker: Speaker) -> bool:
    return speaker.signatory and speaker.organization_id in situation.parties


def _invite(situation: Situation, speaker: Speaker) -> Refusal | None:
    # At any time: a side that loses its référent, under a convention in force too, needs another one. Contacts decides
    # who names whom; this is what it will allow. An amendment has the référents of its convention.
    if situation.amendment:
        return NotAReferent()
    named = speaker.referent or speaker.entrusted or writes_the_draft(situation, speaker)
    return None if named and speaker.organization_id in situation.parties else NotAReferent()


def _propose(situation: Situation, speaker: Speaker) -> Refusal | None:
    if writes_the_draft(situation, speaker):
        return None
    if not _speaks_as_referent(situation, speaker):
        return NotAReferent()
    if situation.state not in _REWORDABLE:
        return NegotiationNotOpen(state=situation.state)
    return None


def _negotiate(situation: Situation, speaker: Speaker) -> Refusal | None:
    if not _speaks_as_referent(situation, speaker):
        return NotAReferent()
    if situation.state not in _OPEN:
        return NegotiationNotOpen(state=situation.state)
    return None


def _comment(situation: Situation, speaker: Speaker) -> Refusal | None:
    if writes_the_draft(situation, speaker):
        return None
    if not (_speaks_as_referent(situation, speaker) or _speaks_as_signatory(situation, speaker)):
        return NotAReferent()
    if situation.state in (ConventionState.DRAFT, ConventionState.ABANDONED):
        return NegotiationNotOpen(state=situation.state)
    return None


def _decide_on_signing(situation: Situation, speaker: Speaker) -> Refusal | None:
    if not _speaks_as_signatory(situation, speaker):
        return NotASignatory()
    if situation.state in _UNSEALED:
        return NotSealed(state=situation.state)
    if speaker.organization_id in situation.signed_by:
        return AlreadySigned()
    return None


def _sign(situation: Situation, speaker: Speaker) -> Refusal | None:
    refusal = _decide_on_signing(situation, speaker)
    if refusal is None and speaker.person_id in situation.signed_by.values():
        return SamePersonForTwoParties()
    if refusal is None and not situation.may_sign_now(speaker.organization_id):
        return NotYourTurn(organization_id=situation.turn_of)
    return refusal


def _sign_on_paper(situation: Situation, speaker: Speaker) -> Refusal | None:
    """On paper somebody signed; who attests it here is the référent of her side.

    Attesting binds her organisation as signing does, so one who named herself, or whom the other side invited, may not.
    """
    if not _speaks_as_referent(situation, speaker):
        return NotAReferent()
    if not speaker.entrusted:
        return NotEntrusted()
    return _sign(situation, replace(speaker, signatory=True))


def _propose_project(situation: Situation, speaker: Speaker) -> Refusal | None:
    if not _speaks_as_referent(situation, speaker):
        return NotAReferent()
    if situation.state is not ConventionState.ACTIVE:
        return ConventionNotActive(state=situation.state)
    return None


def _amend(situation: Situation, speaker: Speaker) -> Refusal | None:
    """A suspended convention too: what made a party suspend it may be what has to change."""
    if situation.amendment or not _speaks_as_referent(situation, speaker):
        return NotAReferent()
    if situation.state not in _IN_FORCE:
        return ConventionNotInForce(state=situation.state)
    return AmendmentOpen() if situation.amendment_open else None


def _abandon(situation: Situation, speaker: Speaker) -> Refusal | None:
    if not (_speaks_as_referent(situation, speaker) or _speaks_as_signatory(situation, speaker)):
        return NotAReferent()
    if not situation.amendment:
        return NotAnAmendment()
    if situation.state not in _REWORDABLE:
        return AmendmentOver(state=situation.state)
    return None


_RULES: Mapping[Act, Callable[[Situation, Speaker], Refusal | None]] = {
    Act.INVITE: _invite,
    Act.PROPOSE: _propose,
    Act.ACCEPT: _negotiate,
    Act.COMMENT: _comment,
    Act.SEAL: _negotiate,
    Act.SIGN: _sign,
    Act.SIGN_ON_PAPER: _sign_on_paper,
    Act.REFUSE: _decide_on_signing,
    Act.AMEND: _amend,
    Act.ABANDON: _abandon,
    Act.PROPOSE_PROJECT: _propose_project,
}
