"""Take a file out of a room."""

from services.projects.rooms import storage
from services.projects.rooms.domain import remove_file
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.room_files import RemoveRoomFile
from shared.kit import clock
from shared.kit.database import Transaction


async def remove_room_file(command: RemoveRoomFile, actor: Actor, tx: Transaction) -> Done:
    """Remove a file: its name and hash are forgotten in this transaction, its bytes a while later."""
    room, by = await storage.load_room(tx, command.convention_id, command.room, on_behalf_of=actor)
    known = await storage.find_file(tx, room, command.file_id)
    events = remove_file(room, known, by)
    version = await storage.save_room(tx, room, events)
    if events and known:
        await storage.forget_file(tx, room, known, by, clock.now())
    await announce(tx, events, of=room)
    return Done(version=version)
