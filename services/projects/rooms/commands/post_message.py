"""Write in a room."""

from services.projects.rooms import storage
from services.projects.rooms.domain import Letter
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.refusals import IdentifierTaken
from shared.contracts.projects.rooms import PostMessage
from shared.kit import clock
from shared.kit.database import Transaction


async def post_message(command: PostMessage, actor: Actor, tx: Transaction) -> Done:
    """Post a message; asking again with the same words changes nothing."""
    room, by = await storage.load_room(tx, command.convention_id, command.room, on_behalf_of=actor)
    letter = Letter(command.message_id, by.organization_id, by.person_id, command.text)
    events = room.post(letter, by)
    if known := await storage.find_message(tx, room, letter.message_id):
        if known.letter != letter:
            raise IdentifierTaken
        return Done(version=known.at_version)
    now = clock.now()
    version = await storage.save_room(tx, room, events)
    await storage.add_message(tx, room, letter, version, now)
    await announce(tx, events, of=room)
    return Done(version=version)
