"""Name who leads a project for the actor's own side."""

from services.projects.authority.public import is_member
from services.projects.work import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import NameProjectLead
from shared.kit import clock
from shared.kit.database import Transaction


async def name_project_lead(command: NameProjectLead, actor: Actor, tx: Transaction) -> Done:
    """Name a member of the actor's organisation as lead."""
    project, by, agreement = await storage.load_project(tx, command.project_id, on_behalf_of=actor)
    lead_of_side = await is_member(tx, command.person_id, by.organization_id)
    events = project.name_lead(command.person_id, by, agreement, lead_of_side=lead_of_side)
    await storage.save_project(tx, project, events, clock.now())
    await announce(tx, events, of=project)
    return Done(version=project.version + len(events))
