"""Correct a value by another one; the first stays readable."""

from services.projects.evidence import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import CorrectMeasure
from shared.kit import clock
from shared.kit.database import Transaction


async def correct_measure(command: CorrectMeasure, actor: Actor, tx: Transaction) -> Done:
    """Put a new value in the place of the one that stands."""
    indicator, by = await storage.load_indicator(
        tx, command.indicator_id, on_behalf_of=actor, measures=(command.measure_id, command.corrects)
    )
    now = clock.now()
    events = indicator.correct(command, by, now)
    await storage.save_indicator(tx, indicator, events, now)
    await announce(tx, events, of=indicator)
    return Done(version=indicator.version + len(events))
