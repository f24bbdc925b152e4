"""Say that a task was not done after all."""

from services.projects.rooms import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.rooms import ReopenTask
from shared.kit.database import Transaction


async def reopen_task(command: ReopenTask, actor: Actor, tx: Transaction) -> Done:
    """Mark a task as to be done again."""
    room, by = await storage.load_room(
        tx, command.convention_id, command.room, on_behalf_of=actor, tasks=(command.task_id,)
    )
    events = room.reopen_task(command.task_id, by)
    version = await storage.save_room(tx, room, events, changed=(command.task_id,))
    await announce(tx, events, of=room)
    return Done(version=version)
