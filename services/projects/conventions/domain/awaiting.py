"""What a convention waits for, and from whom."""

from typing import Protocol

from services.projects.conventions.domain import rights
from services.projects.conventions.domain.rights import Situation, Speaker
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.queries import Act, AwaitedKind, ConventionState

_SEALED = (ConventionState.READY, ConventionState.PARTLY_SIGNED)


class Mandated(Protocol):
    """The sides where somebody accepted to be the référent, and those where somebody was asked."""

    @property
    def accepted(self) -> frozenset[OrganizationId]:
        """The sides that have a référent."""
        ...

    @property
    def asked(self) -> frozenset[OrganizationId]:
        """The sides where an answer is awaited."""
        ...


def awaited_from(speaker: Speaker, situation: Situation, mandated: Mandated) -> AwaitedKind | None:
    """The act that the convention waits for from this person."""
    acts = rights.acts_of(situation, speaker, mandated.accepted)
    if Act.SIGN in acts:
        return AwaitedKind.SIGN
    if Act.ACCEPT in acts:
        return AwaitedKind.ACCEPT_CLAUSES
    if Act.SEAL in acts:
        return AwaitedKind.SEAL
    # A draft waits for its author's side until somebody was asked on each side.
    nobody_asked = not situation.parties <= mandated.accepted | mandated.asked
    if Act.INVITE in acts and Act.PROPOSE in acts and nobody_asked:
        return AwaitedKind.INVITE
    return None


def awaited_from_side(side: OrganizationId, situation: Situation, mandated: Mandated) -> AwaitedKind | None:
    """The act that the convention waits for from another side, whoever does it there."""
    if situation.state in _SEALED and side not in situation.signed_by and situation.may_sign_now(side):
        return AwaitedKind.SIGN
    if situation.state is ConventionState.NEGOTIATING and side in situation.still_to_accept:
        return AwaitedKind.ACCEPT_CLAUSES
    if situation.state is ConventionState.DRAFT and side in mandated.asked - mandated.accepted:
        return AwaitedKind.INVITE
    return None
