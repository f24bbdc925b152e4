"""Do one of the last duties of a side."""

from services.projects.life import storage
from services.projects.mediation.public import lasts_in
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.life import CompleteClosingStep
from shared.contracts.projects.mediation import MediationOpen
from shared.kit import clock
from shared.kit.database import Transaction


async def complete_closing_step(command: CompleteClosingStep, actor: Actor, tx: Transaction) -> Done:
    """Say that it is done; when it was the last one of all sides, the convention is closed."""
    life, speaker = await storage.load_life(tx, command.convention_id, on_behalf_of=actor)
    # The archive holds what came of it: who keeps hers before would miss the last word.
    if command.step is ClosingStep.KEEP_ARCHIVE and await lasts_in(tx, command.convention_id):
        raise MediationOpen
    now = clock.now()
    events = life.complete(command.step, speaker, now)
    version = await storage.save_life(tx, life, events, speaker, now)
    await announce(tx, events, of=life)
    return Done(version=version)
