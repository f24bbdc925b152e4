"""A person reads all of her notices at once."""

from services.notifications.notices.commands.read_notice import mark_read
from services.notifications.notices.storage.notices import lock_unread
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.kit.database import Transaction

# As many as are announced well within the two seconds that a person waits; who has more asks again.
AT_ONCE = 500


async def read_all_notices(actor: Actor, tx: Transaction) -> Done:
    """Mark the unread ones as read, newest first."""
    for notice in await lock_unread(tx, of=actor.person_id, limit=AT_ONCE):
        await mark_read(tx, notice)
    return Done()
