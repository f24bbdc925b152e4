"""The mediations of a convention, for one reader."""

from services.projects.authority.public import member_or_invited
from services.projects.conventions.public import find_standing
from services.projects.mediation import storage
from services.projects.mediation.domain import Mediation, Proposal, speaks
from shared.contracts.actor import Actor
from shared.contracts.projects.mediation import (
    ListMediations,
    MediationPart,
    Mediations,
    MediationView,
    ProposalView,
)
from shared.contracts.projects.refusals import ConventionNotFound
from shared.kit.database import Transaction


async def list_mediations(query: ListMediations, actor: Actor, tx: Transaction) -> Mediations:
    """The mediations, newest first.

    Raises:
        ConventionNotFound: it does not exist, or not for her.
    """
    member = await member_or_invited(tx, actor, query.convention_id)
    found = await find_standing(
        tx, query.convention_id, organization=actor.organization_id, person=actor.person_id
    )
    if found is None:
        raise ConventionNotFound
    mediations = await storage.find_mediations(tx, found)
    lasts = any(it.ended_at is None for it in mediations)
    speaking = member is not None and speaks(
        storage.speaker_of(member, found.convention_id), frozenset(found.parties)
    )
    alive = found.activated_at is not None and found.closed_at is None
    return Mediations(
        convention_id=found.convention_id,
        title=found.title,
        parties=found.parties,
        mediations=tuple(_view(it) for it in mediations),
        may_ask=speaking and alive and not lasts,
        may_act=speaking and lasts,
    )


def _view(it: Mediation) -> MediationView:
    agreement = it.proposals.get(MediationPart.AGREEMENT)
    return MediationView(
        mediation_id=it.id,
        version=it.version,
        state=it.state,
        asked_by=it.asked_by,
        asked_by_person=it.asked_by_person,
        asked_at=it.asked_at,
        reason=it.reason,
        obligation_id=it.obligation_id,
        mediator=_proposal(it.proposals[MediationPart.MEDIATOR]),
        agreement=_proposal(agreement) if agreement else None,
        meets_on=it.meets_on,
        ended_by=it.ended_by,
        ended_by_person=it.ended_by_person,
        end_reason=it.end_reason,
        ended_at=it.ended_at,
    )


def _proposal(it: Proposal) -> ProposalView:
    return ProposalView(
        part=it.part,
        revision=it.revision,
        text=it.text,
        organization_id=it.organization_id,
        person_id=it.person_id,
        proposed_at=it.proposed_at,
        accepted_by=tuple(sorted(it.accepted_by)),
    )
