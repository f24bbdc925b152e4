"""Change the date of a step that is not reached."""

from services.projects.work import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import MoveMilestone
from shared.kit import clock
from shared.kit.database import Transaction


async def move_milestone(command: MoveMilestone, actor: Actor, tx: Transaction) -> Done:
    """Move a step from the date that the actor saw."""
    project, by, agreement = await storage.load_project(
        tx, command.project_id, on_behalf_of=actor, milestones=(command.milestone_id,)
    )
    events = project.move_milestone(command.milestone_id, command.due_on_known, command.due_on, by, agreement)
    await storage.save_project(tx, project, events, clock.now())
    await announce(tx, events, of=project)
    return Done(version=project.version + len(events))
