"""Record a dated value of an agreed indicator."""

from services.projects.evidence import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import RecordMeasure
from shared.kit import clock
from shared.kit.database import Transaction


async def record_measure(command: RecordMeasure, actor: Actor, tx: Transaction) -> Done:
    """Append a value that fits the definition."""
    indicator, by = await storage.load_indicator(
        tx, command.indicator_id, on_behalf_of=actor, measures=(command.measure_id,)
    )
    now = clock.now()
    events = indicator.record(command, by, now, clock.today_in_paris())
    await storage.save_indicator(tx, indicator, events, now)
    await announce(tx, events, of=indicator)
    return Done(version=indicator.version + len(events))
