"""Say that an obligation was not kept."""

from services.projects.promises import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.promises import ContestObligation
from shared.kit import clock
from shared.kit.database import Transaction


async def contest_obligation(command: ContestObligation, actor: Actor, tx: Transaction) -> Done:
    """Keep the word of the actor's party beside the other party's."""
    promises, speaker = await storage.load_promises(
        tx, command.convention_id, command.obligation_id, on_behalf_of=actor
    )
    events = promises.contest(command, speaker, now=clock.now(), today=clock.today_in_paris())
    if not events:
        return Done(version=promises.version)
    word = promises.obligations[command.obligation_id].words[speaker.organization_id]
    version = await storage.save_word(tx, promises, word, command.obligation_id)
    await announce(tx, events, of=promises)
    return Done(version=version)
