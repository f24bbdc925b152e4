"""What waits in quarantine, for operators: list it, look into it, try it again, give it up.

Trying again is the inbox's own way of applying, so order and deduplication hold; what was parked behind follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from nats.aio.client import Client

from shared.backbone import inbox, waiting
from shared.backbone.owners_log import OwnerSilent, OwnersLog
from shared.backbone.subscribers import Subscribers
from shared.contracts.envelope import Envelope
from shared.contracts.operations import (
    DiscardQuarantined,
    InspectQuarantined,
    ListQuarantine,
    Quarantine,
    QuarantinedContent,
    QuarantinedNotFound,
    QuarantinedResolved,
    Replayed,
    ReplayQuarantined,
    Resolution,
)
from shared.contracts.refusals import Defect, Trouble
from shared.kit.database import CONFLICTS, TROUBLES, Transaction
from shared.kit.requests import InTransaction, Router, answers

logger = structlog.get_logger()

_MESSAGE = "SELECT quarantine_id, source, subject, headers, data, resolution FROM quarantine WHERE quarantine_id = $1"

_LOCK_HEAD = """
INSERT INTO inbox_head (source, aggregate_id, version) VALUES ($1, $2, 0)
ON CONFLICT (source, aggregate_id) DO UPDATE SET version = inbox_head.version RETURNING version
"""

_MOVE_PAST = "UPDATE inbox_head SET version = $3 WHERE source = $1 AND aggregate_id = $2"

_UNPARK = "DELETE FROM inbox_parked WHERE source = $1 AND aggregate_id = $2 RETURNING headers, data"

_LOCK_ITS_HEAD = """
SELECT FROM inbox_head JOIN quarantine USING (source, aggregate_id) WHERE quarantine_id = $1 FOR UPDATE OF inbox_head
"""

# The same event may have been put aside more than once.
_RESOLVE = """
UPDATE quarantine SET resolved_at = now(), resolution = $2
WHERE resolved_at IS NULL AND (quarantine_id = $1 OR (source = $3 AND aggregate_id = $4 AND version = $5))
"""

# Of no history: its producer has undone it, or never had it. What the producer announces with the same words is another
# message, which waits anew when it fails too; and a rebuilt projection must not leave out whatever stands at that place.
_CLOSE_ALONE = """
UPDATE quarantine SET resolved_at = now(), resolution = 'discarded', aggregate_id = NULL, version = NULL,
                      fingerprint = sha256(fingerprint || convert_to($2::text, 'UTF8'))
WHERE quarantine_id = $1
"""


@dataclass(frozen=True)
class _Row:
    """A message that was put aside."""

    quarantine_id: int
    source: str
    subject: str
    headers: dict[str, str]
    data: bytes
    resolution: str | None

    def envelope(self) -> Envelope:
        """Raises Defect when it cannot be read, or is not what its subject says."""
        envelope = Envelope.read(self.headers, self.data)
        if (envelope.type, envelope.source) != (self.subject, f"urn:entente:{self.source}"):
            raise Defect(f"says that it is {envelope.type} of {envelope.source}")
        return envelope


def router_for(service: str, subscribers: Subscribers, client: Client) -> Router:
    """The operators' requests about a service's quarantine; through `client` owners are asked what they have."""
    router = Router()

    @router.subscriber(**answers(ListQuarantine, at=service))
    async def handle_list(query: ListQuarantine, tx: InTransaction) -> Quarantine:
        return await waiting.page(tx, query)

    @router.subscriber(**answers(InspectQuarantined, at=service))
    async def handle_inspect(query: InspectQuarantined, tx: InTransaction) -> QuarantinedContent:
        return await waiting.content(tx, query.quarantine_id)

    @router.subscriber(**answers(ReplayQuarantined, at=service))
    async def handle_replay(command: ReplayQuarantined, tx: InTransaction) -> Replayed:
        return await try_again(tx, command.quarantine_id, subscribers)

    @router.subscriber(**answers(DiscardQuarantined, at=service))
    async def handle_discard(command: DiscardQuarantined, tx: InTransaction) -> Replayed:
        # Before anything is locked: consumers do not wait for an owner's answer.
        owned = await _is_of_its_owner(tx, command.quarantine_id, client)
        return await _discard(tx, await _locked(tx, command.quarantine_id), subscribers, owned=owned)

    return router


async def try_again(tx: Transaction, quarantine_id: int, subscribers: Subscribers) -> Replayed:
    """Apply what waits, if it is its turn and its reactions pass now, and what was parked behind it.

    Raises:
        QuarantinedNotFound: there is no such message.
        QuarantinedResolved: it does not wait any more.
    """
    return await _replay(tx, await _locked(tx, quarantine_id), subscribers)


async def _locked(tx: Transaction, quarantine_id: int) -> _Row:
    # The head before the row, as whoever applies events locks them; and before anything is read of the epoch.
    await tx.execute(_LOCK_ITS_HEAD, quarantine_id)
    row = await tx.fetchrow(f"{_MESSAGE} FOR UPDATE", quarantine_id)
    if row is None:
        raise QuarantinedNotFound
    if row["resolution"]:
        raise QuarantinedResolved(row["resolution"])
    return _Row(**row)


async def _replay(tx: Transaction, row: _Row, subscribers: Subscribers) -> Replayed:
    try:
        envelope = row.envelope()
    except Defect as defect:
        return await _waits_on(tx, row, str(defect))
    if await _is_undone(tx, row, envelope):
        return await _waits_on(
            tx, row, f"{row.source} was restored since: what it has kept it announces again"
        )
    head = await tx.fetchval(_LOCK_HEAD, row.source, envelope.aggregate_id)
    if envelope.version > head + 1:
        return await _waits_on(tx, row, f"version {head + 1} of its aggregate has to be applied before")
    await tx.execute("SAVEPOINT parked")
    parked = await _unpark(tx, row.source, envelope)
    _, reason = await _try(tx, row.source, [envelope], subscribers)
    if reason:
        await tx.execute("ROLLBACK TO SAVEPOINT parked")
        return await _waits_on(tx, row, reason)
    await _resolve(tx, row, envelope, Resolution.APPLIED)
    released = await _release(tx, row.source, parked, subscribers)
    return Replayed(resolution=Resolution.APPLIED, reason="", released=released)


async def _is_of_its_owner(tx: Transaction, quarantine_id: int, client: Client) -> bool | None:
    """Whether its owner's log holds this very event at its place; None when the owner does not answer."""
    row = await tx.fetchrow(_MESSAGE, quarantine_id)
    if row is None:
        raise QuarantinedNotFound
    try:
        return await OwnersLog(client, source=row["source"]).has(_Row(**row).envelope())
    except Defect:
        return False
    except OwnerSilent:
        return None


async def _discard(tx: Transaction, row: _Row, subscribers: Subscribers, *, owned: bool | None) -> Replayed:
    discarded = Replayed(resolution=Resolution.DISCARDED, reason="", released=0)
    try:
        envelope = row.envelope()
    except Defect:
        await _resolve(tx, row, None, Resolution.DISCARDED)
        return discarded
    if owned is False or await _is_undone(tx, row, envelope):
        # To go past it would be to go past the true event that has its version, or will have it.
        await tx.execute(_CLOSE_ALONE, row.quarantine_id, f"epoch {envelope.epoch}")
        return discarded
    if owned is None:
        silent = f"{row.source} does not answer, and only it knows whether this event is its own: ask again when it runs"
        return Replayed(resolution=None, reason=silent, released=0)
    head = await tx.fetchval(_LOCK_HEAD, row.source, envelope.aggregate_id)
    if envelope.version > head + 1:
        return await _waits_on(tx, row, f"version {head + 1} of its aggregate has to be applied before")
    if envelope.version <= head:
        # It was applied another way: a rebuilt projection must not leave it out.
        await _resolve(tx, row, envelope, Resolution.APPLIED)
        return Replayed(resolution=Resolution.APPLIED, reason="", released=0)
    parked = await _unpark(tx, row.source, envelope)
    await tx.execute(_MOVE_PAST, row.source, envelope.aggregate_id, envelope.version)
    released = await _release(tx, row.source, parked, subscribers)
    await _resolve(tx, row, envelope, Resolution.DISCARDED)
    return Replayed(resolution=Resolution.DISCARDED, reason="", released=released)


async def _is_undone(tx: Transaction, row: _Row, envelope: Envelope) -> bool:
    """Whether its producer was restored since: then it may never have happened."""
    return envelope.epoch < (await inbox.epoch_of(tx, row.source) or 0)


async def _unpark(tx: Transaction, source: str, envelope: Envelope) -> Sequence[Envelope]:
    rows = await tx.fetch(_UNPARK, source, envelope.aggregate_id)
    return sorted((Envelope.read(row["headers"], row["data"]) for row in rows), key=lambda it: it.version)


async def _release(tx: Transaction, source: str, parked: Sequence[Envelope], subscribers: Subscribers) -> int:
    """Apply what was parked, in order. One that fails is put aside in its turn; those behind it are parked again."""
    released, reason = await _try(tx, source, parked, subscribers)
    for envelope in parked if reason else ():
        applied, reason = await _try(tx, source, [envelope], subscribers)
        released += applied
        if reason:
            await inbox.quarantine_event(tx, source, envelope, reason)
    return released


async def _try(
    tx: Transaction, source: str, envelopes: Sequence[Envelope], subscribers: Subscribers
) -> tuple[int, str]:
    """Apply events: how many that made, and why none if one failed; then nothing of the attempt stays."""
    await tx.execute("SAVEPOINT attempt")
    try:
        outcome = await inbox.apply(tx, source, envelopes, subscribers)
        await tx.flush()
    except (Trouble, *TROUBLES, *CONFLICTS):
        # The whole request may pass later.
        raise
    except Exception as error:
        await tx.execute("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")
        known = isinstance(error, inbox.NotApplicable)
        logger.warning(
            "event_not_applicable",
            source=source,
            exc_info=error.unforeseen if known else error,
        )
        return 0, str(error) if known else f"{type(error).__name__}: {error}"[:500]
    await tx.execute("RELEASE SAVEPOINT attempt")
    return len(outcome.applied), ""


async def _waits_on(tx: Transaction, row: _Row, reason: str) -> Replayed:
    await tx.execute("UPDATE quarantine SET reason = $2 WHERE quarantine_id = $1", row.quarantine_id, reason)
    return Replayed(resolution=None, reason=reason, released=0)


async def _resolve(tx: Transaction, row: _Row, envelope: Envelope | None, resolution: Resolution) -> None:
    aggregate_id = envelope.aggregate_id if envelope else None
    version = envelope.version if envelope else None
    await tx.execute(_RESOLVE, row.quarantine_id, resolution, row.source, aggregate_id, version)
