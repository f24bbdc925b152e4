"""Add a task to a room."""

from services.projects.authority.public import is_member
from services.projects.rooms import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.rooms import AddTask
from shared.kit import clock
from shared.kit.database import Transaction


async def add_task(command: AddTask, actor: Actor, tx: Transaction) -> Done:
    """Add a task, for the actor's side or a person of it, or for another side."""
    room, by = await storage.load_room(
        tx, command.convention_id, command.room, on_behalf_of=actor, tasks=(command.task_id,)
    )
    owner_of_side = command.owner is None or await is_member(tx, command.owner, by.organization_id)
    events = room.add_task(command, by, clock.now(), owner_of_side=owner_of_side)
    version = await storage.save_room(tx, room, events, new=(command.task_id,))
    await announce(tx, events, of=room)
    return Done(version=version)
