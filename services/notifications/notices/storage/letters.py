"""Rows of deliveries: queued with the notice, claimed by a worker for a while, closed with what became of them.

A letter is one e-mail. Its head row alone is due, leased and retried; rows folded into it follow.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from services.notifications.notices.domain.letters import (
    AccountLetter,
    AccountLetterKind,
    Cancelled,
    Failed,
    Item,
    Letter,
    Outcome,
    Sent,
    TryLater,
)
from services.notifications.notices.domain.rules import (
    FOLD_WINDOW,
    FOLDED_KINDS,
    NoticeLine,
    Subject,
    leaves_at,
)
from shared.contracts.identifiers import ConventionId, new_id
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.kit.database import Transaction

_QUEUE = """
INSERT INTO deliveries (delivery_id, letter_id, notice_id, event_id, recipient, channel, kind, convention_id,
                        created_at, due_at, traceparent)
SELECT $1, $2, $3, $4, $5, 'email', $6, $7, $8, $9, $10
ON CONFLICT (event_id, recipient, channel, kind) DO NOTHING
"""

# The head that waits is locked, so that no worker takes it away while it is joined; one that is taken is not joined.
_LAST_OF_BURST = """
SELECT delivery_id, due_at, state = 'queued' AND due_at > $4 AND claim IS NULL AS open
FROM deliveries
WHERE recipient = $1 AND convention_id = $2 AND kind = $3 AND delivery_id = letter_id AND due_at > $5
ORDER BY due_at DESC LIMIT 1 FOR UPDATE
"""

_CLAIM = """
UPDATE deliveries SET claim = $3, leased_until = $4, attempts = attempts + 1
WHERE delivery_id IN (
    SELECT delivery_id FROM deliveries
    WHERE state = 'queued' AND delivery_id = letter_id AND due_at <= $1
      AND (leased_until IS NULL OR leased_until <= $1)
    ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING delivery_id, notice_id, recipient, kind, created_at, attempts, traceparent
"""

# A statement of its own: whoever joined a letter just before it was taken is visible only from here on.
_CONTENT = """
SELECT h.delivery_id AS letter_id, h.attempts, h.created_at, h.traceparent,
       d.delivery_id, n.recipient, n.as_organization, n.kind, n.because, n.settled_at IS NOT NULL AS settled,
       n.actor_person, n.actor_organization,
       n.convention_id, n.clause_id, n.project_id, n.milestone_id, n.indicator_id, n.mandate_id, n.task_id,
       n.obligation_id, n.template_id
FROM deliveries h
JOIN deliveries d ON d.letter_id = h.delivery_id AND d.state = 'queued'
JOIN notices n ON n.notice_id = d.notice_id
WHERE h.delivery_id = ANY ($1)
ORDER BY h.delivery_id, d.delivery_id
"""

# Only for whoever holds the claim: a worker that was too slow must not undo what another one did since.
_CLOSE = """
UPDATE deliveries d SET state = it.state, reason = it.reason, closed_at = $3, leased_until = NULL
FROM unnest($4::uuid[], $5::text[], $6::text[]) AS it (delivery_id, state, reason)
WHERE d.letter_id = $1 AND d.delivery_id = it.delivery_id AND d.state = 'queued'
  AND EXISTS (SELECT FROM deliveries h WHERE h.delivery_id = $1 AND h.claim = $2)
"""

_PUT_BACK = """
UPDATE deliveries SET claim = NULL, leased_until = NULL, due_at = $3, reason = $4, attempts = attempts - $5
WHERE delivery_id = $1 AND claim = $2 AND state = 'queued'
"""

_BACKLOG = """
SELECT count(*) AS queued, min(due_at) FILTER (WHERE due_at <= $1) AS oldest FROM (
    SELECT due_at FROM deliveries WHERE state = 'queued' AND delivery_id = letter_id ORDER BY due_at LIMIT 10000) AS waiting
"""

SUBJECT_COLUMNS = (
    "convention_id",
    "clause_id",
    "project_id",
    "milestone_id",
    "indicator_id",
    "mandate_id",
    "task_id",
    "obligation_id",
    "template_id",
)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits now: letters (counted up to 10,000), and since when the oldest is due."""

    queued: int
    oldest_due_at: datetime | None


async def queue_letter(
    tx: Transaction,
    notice: NoticeLine,
    *,
    event_id: UUID,
    convention_id: ConventionId | None,
    now: datetime,
    traceparent: str | None,
) -> None:
    """Queue the e-mail of a new notice: at once, or within the letter that its burst already waits for."""
    delivery_id = new_id()
    letter_id, due_at = delivery_id, now
    if notice.kind in FOLDED_KINDS:
        last = await tx.fetchrow(
            _LAST_OF_BURST, notice.recipient, convention_id, notice.kind, now, now - FOLD_WINDOW
        )
        if last and last["open"]:
            letter_id, due_at = last["delivery_id"], last["due_at"]
        else:
            due_at = leaves_at(now, last["due_at"] if last else None)
    await tx.execute(
        _QUEUE,
        delivery_id,
        letter_id,
        notice.notice_id,
        event_id,
        notice.recipient,
        notice.kind,
        convention_id,
        now,
        due_at,
        traceparent,
    )


async def claim_letters(
    tx: Transaction, *, now: datetime, limit: int, lease: timedelta
) -> list[Letter | AccountLetter]:
    """Take letters that are due; nobody else sends them before the lease ends."""
    claim = new_id()
    taken = await tx.fetch(_CLAIM, now, limit, claim, now + lease)
    if not taken:
        return []
    rows = await tx.fetch(_CONTENT, [row["delivery_id"] for row in taken if row["notice_id"]])
    letters = [_letter(list(group), claim) for _, group in groupby(rows, key=lambda row: row["letter_id"])]
    return [*letters, *(_account_letter(row, claim) for row in taken if not row["notice_id"])]


async def record_outcome(
    tx: Transaction, letter: Letter | AccountLetter, outcome: Outcome, now: datetime
) -> None:
    """Write what became of a claimed letter. What was settled before it left is cancelled in any final case."""
    if isinstance(outcome, TryLater):
        uncounted = 0 if outcome.after_attempt else 1
        await tx.execute(_PUT_BACK, letter.letter_id, letter.claim, outcome.due_at, outcome.reason, uncounted)
        return
    ends = {letter.letter_id: _end(outcome)}
    if isinstance(letter, Letter):
        settled = _end(Cancelled("settled"))
        ends = {it.delivery_id: settled if it.settled else _end(outcome) for it in letter.items}
    await tx.execute(
        _CLOSE,
        letter.letter_id,
        letter.claim,
        now,
        list(ends),
        [state for state, _ in ends.values()],
        [reason for _, reason in ends.values()],
    )


async def measure_backlog(tx: Transaction, now: datetime) -> Backlog:
    """How much waits, for the operator."""
    row = await tx.fetchrow(_BACKLOG, now)
    return Backlog(row["queued"], row["oldest"])


def _end(outcome: Sent | Failed | Cancelled) -> tuple[str, str | None]:
    match outcome:
        case Sent():
            return "sent", None
        case Failed(reason):
            return "failed", reason
        case Cancelled(reason):
            return "cancelled", reason


def _letter(rows: list[Any], claim: UUID) -> Letter:
    head = rows[0]
    return Letter(
        letter_id=head["letter_id"],
        claim=claim,
        recipient=head["recipient"],
        as_organization=head["as_organization"],
        kind=NoticeKind(head["kind"]),
        because=NoticeReason(head["because"]),
        created_at=head["created_at"],
        attempts=head["attempts"],
        traceparent=head["traceparent"],
        items=tuple(
            Item(
                delivery_id=row["delivery_id"],
                subject=Subject(**{name: row[name] for name in SUBJECT_COLUMNS}),
                actor_person=row["actor_person"],
                actor_organization=row["actor_organization"],
                settled=row["settled"],
            )
            for row in rows
        ),
    )


def _account_letter(row: Any, claim: UUID) -> AccountLetter:
    return AccountLetter(
        letter_id=row["delivery_id"],
        claim=claim,
        recipient=row["recipient"],
        kind=AccountLetterKind(row["kind"]),
        created_at=row["created_at"],
        attempts=row["attempts"],
        traceparent=row["traceparent"],
    )
