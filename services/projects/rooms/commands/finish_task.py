"""Say that a task is done."""

from services.projects.rooms import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.rooms import FinishTask
from shared.kit import clock
from shared.kit.database import Transaction


async def finish_task(command: FinishTask, actor: Actor, tx: Transaction) -> Done:
    """Mark a task as done."""
    room, by = await storage.load_room(
        tx, command.convention_id, command.room, on_behalf_of=actor, tasks=(command.task_id,)
    )
    events = room.finish_task(command.task_id, by, clock.now())
    version = await storage.save_room(tx, room, events, changed=(command.task_id,))
    await announce(tx, events, of=room)
    return Done(version=version)
