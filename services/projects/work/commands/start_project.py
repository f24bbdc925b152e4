"""Let a project run; its convention stays active until that is written."""

from services.projects.work import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import StartProject
from shared.kit import clock
from shared.kit.database import Transaction


async def start_project(command: StartProject, actor: Actor, tx: Transaction) -> Done:
    """Start the project as the actor read it."""
    project, by, agreement = await storage.load_project(
        tx, command.project_id, on_behalf_of=actor, to_start=True
    )
    now = clock.now()
    events = project.start(command.version, by, agreement, now)
    await storage.save_project(tx, project, events, now)
    await announce(tx, events, of=project)
    return Done(version=project.version + len(events))
