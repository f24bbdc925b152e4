"""Reword, date or hand over a task."""

from services.projects.authority.public import is_member
from services.projects.rooms import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.rooms import ChangeTask
from shared.kit.database import Transaction


async def change_task(command: ChangeTask, actor: Actor, tx: Transaction) -> Done:
    """Change a task as the actor read it."""
    room, by = await storage.load_room(
        tx, command.convention_id, command.room, on_behalf_of=actor, tasks=(command.task_id,)
    )
    owner_of_side = command.owner is None or await is_member(tx, command.owner, by.organization_id)
    events = room.change_task(command, by, owner_of_side=owner_of_side)
    version = await storage.save_room(tx, room, events, changed=(command.task_id,))
    await announce(tx, events, of=room)
    return Done(version=version)
