"""Say that a step of a running project is done."""

from services.projects.work import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import ReachMilestone
from shared.kit import clock
from shared.kit.database import Transaction


async def reach_milestone(command: ReachMilestone, actor: Actor, tx: Transaction) -> Done:
    """Mark a step as reached on a day that is not to come."""
    project, by, agreement = await storage.load_project(
        tx, command.project_id, on_behalf_of=actor, milestones=(command.milestone_id,)
    )
    events = project.reach_milestone(
        command.milestone_id, command.reached_on, by, agreement, clock.today_in_paris()
    )
    await storage.save_project(tx, project, events, clock.now())
    await announce(tx, events, of=project)
    return Done(version=project.version + len(events))
