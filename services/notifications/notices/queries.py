"""The inbox: what a person can ask about her notices. SQL straight to views; row-level security stands behind it."""

from typing import Any

from shared.contracts.actor import Actor
from shared.contracts.notifications.queries import (
    Delivery,
    ListNotices,
    Notices,
    NoticeView,
    UnreadCount,
)
from shared.kit.database import Transaction

# Time-ordered identifiers are the order of the inbox: one index gives a page of a drawer without sorting.
_PAGE = """
SELECT n.notice_id, n.kind, n.state, n.read_at IS NOT NULL AS read, n.created_at, n.because,
       n.actor_person AS actor_person_id, n.actor_organization AS actor_organization_id,
       n.convention_id, n.clause_id, n.project_id, n.milestone_id, n.indicator_id, n.mandate_id, n.task_id,
       n.obligation_id, n.template_id,
       d.channel, d.state AS delivery_state, coalesce(d.closed_at, d.due_at) AS delivery_at
FROM (SELECT * FROM notices
      WHERE recipient = $1 AND state = $2 AND ($3::uuid IS NULL OR notice_id < $3)
      ORDER BY notice_id DESC LIMIT $4) AS n
LEFT JOIN deliveries d ON d.notice_id = n.notice_id AND d.recipient = $1
ORDER BY n.notice_id DESC, d.channel
"""

_COUNT = """
SELECT (SELECT count(*) FROM notices WHERE recipient = $1 AND read_at IS NULL AND state <> 'filed') AS unread,
       (SELECT count(*) FROM notices WHERE recipient = $1 AND state = 'to_do') AS to_do
"""


async def list_notices(query: ListNotices, actor: Actor, tx: Transaction) -> Notices:
    """One page of one drawer."""
    rows = await tx.fetch(_PAGE, actor.person_id, query.state, query.before, query.limit + 1)
    notices: dict[Any, NoticeView] = {}
    for row in rows:
        known = notices.get(row["notice_id"])
        deliveries = known.deliveries if known else ()
        if row["channel"]:
            deliveries += (
                Delivery(channel=row["channel"], state=row["delivery_state"], at=row["delivery_at"]),
            )
        notices[row["notice_id"]] = NoticeView.model_validate({**row, "deliveries": deliveries})
    page = tuple(notices.values())[: query.limit]
    counts = await count_unread(actor, tx)
    return Notices(
        notices=page,
        next_before=page[-1].notice_id if len(notices) > query.limit else None,
        unread=counts.unread,
        to_do=counts.to_do,
    )


async def count_unread(actor: Actor, tx: Transaction) -> UnreadCount:
    """For the counter in the page's head."""
    row = await tx.fetchrow(_COUNT, actor.person_id)
    return UnreadCount(unread=row["unread"], to_do=row["to_do"])
