"""Begin a convention from a model."""

from services.projects.authority.public import Member, registered_sides, require_member
from services.projects.conventions import storage
from services.projects.conventions.domain.drafting import Draft, draft
from services.projects.conventions.domain.party import Party
from services.projects.conventions.domain.templates import MODELS, Model
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import DraftConvention
from shared.contracts.projects.refusals import IdentifierTaken, PartiesNotBalanced, TemplateNotFound
from shared.kit import clock
from shared.kit.database import Transaction


async def draft_convention(command: DraftConvention, actor: Actor, tx: Transaction) -> Done:
    """Draft a convention from a model of the house; asking again with the same words changes nothing."""
    member = await require_member(tx, actor)
    model = MODELS.get(command.template)
    if model is None:
        raise TemplateNotFound
    return await begin_convention(command, model, member, tx)


async def begin_convention(command: DraftConvention, model: Model, member: Member, tx: Transaction) -> Done:
    """Draft a convention with the articles and the usual terms of this model, whoever made it."""
    wanted = _draft(command, model)
    await storage.queue_for(tx, command.convention_id)
    if known := await storage.find_convention(tx, command.convention_id, on_behalf_of=member):
        if not wanted.began(known, member.organization_id):
            raise IdentifierTaken
        return Done(version=1)
    await _require_true_sides(command, tx)
    convention, events = draft(wanted, member.organization_id, member.person_id, clock.now())
    await storage.add_convention(tx, convention, events)
    await announce(tx, events, of=convention)
    return Done(version=len(events))


async def _require_true_sides(command: DraftConvention, tx: Transaction) -> None:
    """The directory says on which side an organisation stands, not the one who writes."""
    registered = await registered_sides(tx, (party.organization_id for party in command.parties))
    # One that the directory has not told of yet is taken at its author's word: nobody can be invited there.
    if any(registered.get(it.organization_id, it.side) != it.side for it in command.parties):
        raise PartiesNotBalanced


def _draft(command: DraftConvention, model: Model) -> Draft:
    return Draft(
        convention_id=command.convention_id,
        title=command.title,
        aim=command.aim,
        model=model,
        parties=tuple(
            Party(organization_id=it.organization_id, side=it.side, name=it.name, seat=it.seat)
            for it in command.parties
        ),
        starts_on=command.starts_on,
        ends_on=command.ends_on,
    )
