"""Let happen to one convention what its dates say, when nobody acts."""

from datetime import date

from services.projects.conventions.public import go_on_without, lapse_amendment
from services.projects.life import storage
from services.projects.life.domain import leaving
from services.projects.work.public import follow_convention
from shared.backbone.outbox import announce
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.queries import ConventionState
from shared.kit import clock
from shared.kit.database import Transaction


async def pass_day(tx: Transaction, convention_id: ConventionId, today: date) -> int:
    """Expire, end or resume it; returns how many facts that made. Done again, by whomever, it changes nothing."""
    life = await storage.load_life_as_service(tx, convention_id)
    if life is None:
        return 0
    now = clock.now()
    before = life.state
    events = leaving.pass_day(life, today, now)
    await storage.save_life(tx, life, events, None, now)
    await announce(tx, events, of=life)
    for event in events:
        if isinstance(event, PartyLeft):
            await go_on_without(tx, life.id, event.organization_id, event.left_on, today)
    if life.ended_at == now:
        await lapse_amendment(tx, life.id)
    if life.state is not before:
        await follow_convention(tx, life.id, in_force=life.state is ConventionState.ACTIVE)
    return len(events)
