"""Begin a project under an active convention; the two are checked in one transaction."""

from services.projects.authority.public import Member, is_member, require_member
from services.projects.conventions.public import require_active
from services.projects.work import storage
from services.projects.work.domain import Project
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import ProposeProject
from shared.contracts.projects.refusals import IdentifierTaken
from shared.kit import clock
from shared.kit.database import Transaction


async def propose_project(command: ProposeProject, actor: Actor, tx: Transaction) -> Done:
    """Propose a project; the actor leads it for her side unless she names a colleague."""
    member = await require_member(tx, actor)
    if known := await _proposed_already(tx, command, member):
        return known
    brief = await require_active(tx, command.convention_id, actor)
    lead_of_side = command.lead is None or await is_member(tx, command.lead, member.organization_id)
    project, events = Project.propose(
        command,
        storage.agreement_of(brief),
        storage.standing_of(member, command.convention_id),
        clock.now(),
        lead_of_side=lead_of_side,
    )
    if not await storage.add_project(tx, project, events):
        # The same request may have come through another connection a moment ago.
        if known := await _proposed_already(tx, command, member):
            return known
        raise IdentifierTaken
    await announce(tx, events, of=project)
    return Done(version=len(events))


async def _proposed_already(tx: Transaction, command: ProposeProject, member: Member) -> Done | None:
    project = await storage.find_project(tx, command.project_id, on_behalf_of=member)
    if project is None:
        return None
    if (project.convention_id, project.proposed_by) != (command.convention_id, member.organization_id):
        raise IdentifierTaken
    return Done(version=project.version)
