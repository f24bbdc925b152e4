"""Propose what to measure in a project."""

from services.projects.authority.public import Member, require_member
from services.projects.evidence import storage
from services.projects.evidence.domain import Indicator
from services.projects.work.public import get_brief
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import ProposeIndicator
from shared.contracts.projects.refusals import IdentifierTaken
from shared.kit import clock
from shared.kit.database import Transaction


async def propose_indicator(command: ProposeIndicator, actor: Actor, tx: Transaction) -> Done:
    """Propose a definition; the actor's side accepts it by proposing."""
    member = await require_member(tx, actor)
    if known := await _proposed_already(tx, command, member):
        return known
    project = await get_brief(tx, command.project_id, member)
    indicator, events = Indicator.propose(
        command, project.convention_id, project.parties, storage.standing_of(member, project), clock.now()
    )
    if not await storage.add_indicator(tx, indicator, events):
        # The same request may have come through another connection a moment ago.
        if known := await _proposed_already(tx, command, member):
            return known
        raise IdentifierTaken
    await announce(tx, events, of=indicator)
    return Done(version=len(events))


async def _proposed_already(tx: Transaction, command: ProposeIndicator, member: Member) -> Done | None:
    indicator = await storage.find_indicator(tx, command.indicator_id, on_behalf_of=member)
    if indicator is None:
        return None
    if (indicator.project_id, indicator.proposed_by) != (command.project_id, member.organization_id):
        raise IdentifierTaken
    return Done(version=indicator.version)
