"""Remember how far somebody has read a room. Her own affair: no event, no version."""

from services.projects.rooms import storage
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.rooms import ReadRoom
from shared.kit import clock
from shared.kit.database import Transaction


async def read_room(command: ReadRoom, actor: Actor, tx: Transaction) -> Done:
    """Mark a room as read up to a version."""
    room, member = await storage.find_room(tx, command.convention_id, command.room, actor)
    await storage.mark_as_read(tx, room, member, command.version, clock.now())
    return Done(version=room.version)
