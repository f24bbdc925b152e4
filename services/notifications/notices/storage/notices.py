"""Rows of notices: opened once per event, person and kind; read, filed and settled under a lock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.notifications.notices.domain.rules import NoticeLine, Settled, Subject, first_state
from services.notifications.recipients.public import Hearing
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import NoticeId, PersonId, new_id
from shared.contracts.notifications.queries import NoticeKind, NoticeState
from shared.kit.database import Transaction

_LINE = "notice_id, version, recipient, kind, state, read_at IS NOT NULL AS read"

# The constraint is the promise "one per event, person and kind, for ever"; the inbox is only the usual way to keep it.
_OPEN = """
INSERT INTO notices (notice_id, event_id, recipient, as_organization, kind, because, state, version, created_at,
                     actor_person, actor_organization,
                     convention_id, clause_id, project_id, milestone_id, indicator_id, mandate_id,
                     task_id, obligation_id, admission_id, annex_id, template_id)
SELECT notice_id, $7, recipient, as_organization, kind, because, state, 1, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
       $18, $19, $20, $21
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])
     AS n (notice_id, recipient, as_organization, kind, because, state)
ON CONFLICT (event_id, recipient, kind) DO NOTHING
RETURNING notice_id
"""

_SETTLE = f"""
UPDATE notices SET state = 'filed', filed_at = $1, settled_at = $1, version = version + 1
WHERE convention_id = $2 AND kind = $3 AND state = 'to_do'
  AND ($4::uuid IS NULL
       OR $4 IN (mandate_id, clause_id, indicator_id, task_id, obligation_id, admission_id, annex_id)
       -- Notices of before 0036 do not tell which annex they ask about: whichever is answered.
       OR (kind = 'annex_proposed' AND annex_id IS NULL))
  AND ($5::uuid IS NULL OR as_organization = $5)
  AND ($6::uuid[] IS NULL OR recipient = ANY ($6))
RETURNING {_LINE}
"""

_LOCK_MINE = f"SELECT {_LINE} FROM notices WHERE notice_id = $1 AND recipient = $2 FOR UPDATE"

_LOCK_UNREAD = f"""
SELECT {_LINE} FROM notices WHERE recipient = $1 AND read_at IS NULL AND state <> 'filed'
ORDER BY notice_id DESC LIMIT $2 FOR UPDATE
"""

_SAVE = """
UPDATE notices SET state = $2, version = $3, read_at = coalesce(read_at, $4), filed_at = coalesce(filed_at, $5)
WHERE notice_id = $1
"""


async def open_notices(
    tx: Transaction, hearings: Sequence[Hearing], about: Envelope, subject: Subject, now: datetime
) -> list[tuple[NoticeLine, Hearing]]:
    """Write a notice for each hearing; those that were written before are left out."""
    drafts = {NoticeId(new_id()): hearing for hearing in hearings}
    rows = await tx.fetch(
        _OPEN,
        list(drafts),
        [it.person_id for it in drafts.values()],
        [it.organization_id for it in drafts.values()],
        [it.kind for it in drafts.values()],
        [it.because for it in drafts.values()],
        [first_state(it.kind) for it in drafts.values()],
        about.event_id,
        now,
        about.actor_person,
        about.actor_organization,
        subject.convention_id,
        subject.clause_id,
        subject.project_id,
        subject.milestone_id,
        subject.indicator_id,
        subject.mandate_id,
        subject.task_id,
        subject.obligation_id,
        subject.admission_id,
        subject.annex_id,
        subject.template_id,
    )
    opened: list[tuple[NoticeLine, Hearing]] = []
    for row in rows:
        hearing = drafts[row["notice_id"]]
        line = NoticeLine(
            row["notice_id"], 0, hearing.person_id, hearing.kind, first_state(hearing.kind), read=False
        )
        opened.append((line, hearing))
    return opened


async def settle_notices(
    tx: Transaction,
    subject: Subject,
    settled: Settled,
    now: datetime,
    *,
    only_for: Sequence[PersonId] | None = None,
) -> list[NoticeLine]:
    """File what asks for nothing any more; the lines come back as they were before, to be announced."""
    rows = await tx.fetch(
        _SETTLE,
        now,
        subject.convention_id,
        settled.kind,
        settled.asked_about,
        settled.organization_id,
        only_for,
    )
    return [_line(row, version=row["version"] - 1) for row in rows]


async def lock_notice(tx: Transaction, notice_id: NoticeId, *, of: PersonId) -> NoticeLine | None:
    """One notice of this person; somebody else's is as one that does not exist."""
    row = await tx.fetchrow(_LOCK_MINE, notice_id, of)
    return _line(row, version=row["version"]) if row else None


async def lock_unread(tx: Transaction, *, of: PersonId, limit: int) -> list[NoticeLine]:
    """The newest unread notices of this person."""
    return [_line(row, version=row["version"]) for row in await tx.fetch(_LOCK_UNREAD, of, limit)]


async def save_notice(
    tx: Transaction,
    line: NoticeLine,
    *,
    state: NoticeState,
    events: int,
    read_at: datetime | None,
    now: datetime,
) -> None:
    """Store a notice whose change is announced by that many events."""
    filed_at = now if state is NoticeState.FILED else None
    await tx.execute(_SAVE, line.notice_id, state, line.version + events, read_at, filed_at)


def _line(row: Any, *, version: int) -> NoticeLine:
    return NoticeLine(
        notice_id=row["notice_id"],
        version=version,
        recipient=row["recipient"],
        kind=NoticeKind(row["kind"]),
        state=NoticeState(row["state"]),
        read=row["read"],
    )
