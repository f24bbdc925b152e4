"""The home page: what awaits me, what comes next, what happened. The most asked of all, so its statements are few and
their number does not grow with the conventions.
"""

from datetime import timedelta

from services.projects.authority.public import require_member
from services.projects.conventions import public as conventions
from services.projects.evidence import public as evidence
from services.projects.life import public as life
from services.projects.mediation import public as mediation
from services.projects.overview.domain import most_urgent, next_days
from services.projects.overview.queries.entries import ENTRIES_OF_PARTNERSHIP, WITH_TITLES, entry_of
from services.projects.promises import public as promises
from services.projects.rooms import public as rooms
from services.projects.work import public as work
from shared.contracts.actor import Actor
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.queries import GetHome, Home, TimelineEntry
from shared.kit import clock
from shared.kit.database import Transaction

MOST_ACTS = 20
MOST_DATES = 10
# Those who make the page gather like ones: enough for a few lines.
MOST_NEWS = 40

# The last n entries of all partnerships are among those of the n partnerships in which something happened last, so
# only as many timelines are opened; finding the last entry of each is one step in an index.
_NEWS = f"""
WITH partnership AS (
    SELECT access.convention_id
    FROM convention_access AS access
    LEFT JOIN LATERAL (
        SELECT occurred_at FROM event_log WHERE partnership_id = access.convention_id
        ORDER BY occurred_at DESC, event_id DESC LIMIT 1
    ) AS own ON true
    LEFT JOIN LATERAL (
        SELECT occurred_at FROM witnessed_events WHERE convention_id = access.convention_id
        ORDER BY occurred_at DESC, event_id DESC LIMIT 1
    ) AS witnessed ON true
    WHERE access.organization_id = $1
    ORDER BY greatest(own.occurred_at, witnessed.occurred_at) DESC NULLS LAST
    LIMIT $2
), entry AS (
    SELECT entries.* FROM partnership CROSS JOIN LATERAL (
        {
    ENTRIES_OF_PARTNERSHIP.format(
        partnership="partnership.convention_id",
        convention="partnership.convention_id",
        moment="'infinity'::timestamptz",
        event="'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid",
        limit="$2",
        seen="true",
    )
}
    ) AS entries
    ORDER BY occurred_at DESC, event_id DESC LIMIT $2
)
{WITH_TITLES}
"""


async def get_home(_query: GetHome, actor: Actor, tx: Transaction) -> Home:
    """The three lists of the actor, for the organisation as which she speaks."""
    member = await require_member(tx, actor)
    today = clock.today_in_paris()
    awaited = (
        await conventions.awaited_acts(tx, member, MOST_ACTS),
        await conventions.awaited_admissions(tx, member, MOST_ACTS),
        await life.awaited_acts(tx, member, today, MOST_ACTS),
        await promises.awaited_acts(tx, member, MOST_ACTS),
        await mediation.awaited_acts(tx, member, MOST_ACTS),
        await work.awaited_acts(tx, member, today + timedelta(days=work.DAYS_OF_NOTICE), MOST_ACTS),
        await evidence.awaited_acts(tx, member, MOST_ACTS),
        await rooms.awaited_acts(tx, member, MOST_ACTS),
    )
    return Home(
        awaiting=most_urgent(*(acts.from_actor for acts in awaited), limit=MOST_ACTS),
        awaited_from_others=most_urgent(*(acts.from_others for acts in awaited), limit=MOST_ACTS),
        dates=next_days(
            await conventions.coming_dates(tx, member, today, MOST_DATES),
            await life.coming_dates(tx, member, today, MOST_DATES),
            await promises.coming_dates(tx, member, today, MOST_DATES),
            await mediation.coming_dates(tx, member, today, MOST_DATES),
            await work.coming_dates(tx, member, today, MOST_DATES),
            await rooms.coming_dates(tx, member, today, MOST_DATES),
            limit=MOST_DATES,
        ),
        news=await _news(tx, member.organization_id),
    )


async def _news(tx: Transaction, organization_id: OrganizationId) -> tuple[TimelineEntry, ...]:
    return tuple(entry_of(row) for row in await tx.fetch(_NEWS, organization_id, MOST_NEWS))
