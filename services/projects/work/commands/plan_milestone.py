"""Add a dated step to a project."""

from services.projects.work import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import PlanMilestone
from shared.kit import clock
from shared.kit.database import Transaction


async def plan_milestone(command: PlanMilestone, actor: Actor, tx: Transaction) -> Done:
    """Plan a step on a day of the convention's term."""
    project, by, agreement = await storage.load_project(
        tx, command.project_id, on_behalf_of=actor, milestones=(command.milestone_id,)
    )
    events = project.plan_milestone(command.milestone_id, command.title, command.due_on, by, agreement)
    await storage.save_project(tx, project, events, clock.now())
    await announce(tx, events, of=project)
    return Done(version=project.version + len(events))
