"""Put a file into a room."""

from services.projects.rooms import storage
from services.projects.rooms.domain import give_file
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.room_files import GiveRoomFile
from shared.kit import clock
from shared.kit.database import Transaction


async def give_room_file(command: GiveRoomFile, actor: Actor, tx: Transaction) -> Done:
    """Give a file; asking again with the same one changes nothing."""
    room, by = await storage.load_room(tx, command.convention_id, command.room, on_behalf_of=actor)
    known = await storage.find_file(tx, room, command.file_id)
    events = give_file(room, known, command.file_id, command.file, by)
    version = await storage.save_room(tx, room, events)
    if events:
        await storage.add_file(tx, room, command.file_id, command.file, by, version, clock.now())
    await announce(tx, events, of=room)
    return Done(version=version)
