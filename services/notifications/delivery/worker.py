"""Deliver: take letters that are due, fill them, write them, hand them over, and write down what became of them.

A letter is taken for a while only, so a worker that dies loses none. Whoever sends it again uses the same Message-ID.
The mail server's trouble is nobody's letter's: while it cannot be reached, one letter at a time asks for it.
"""

import asyncio
from datetime import datetime, timedelta

import structlog

from services.notifications import measures
from services.notifications.delivery.account import ask_account_particulars
from services.notifications.delivery.address import PublicAddress
from services.notifications.delivery.composing import AddressNotSupported, Composer
from services.notifications.delivery.particulars import ask_particulars
from services.notifications.delivery.transport import (
    Accepted,
    Deferred,
    Mail,
    Refused,
    Transport,
    Unreachable,
)
from services.notifications.notices.public import (
    AccountLetter,
    Cancelled,
    Failed,
    Letter,
    Outcome,
    Sent,
    TryLater,
    claim_letters,
    measure_backlog,
    record_outcome,
    retry_delay,
)
from shared.contracts.refusals import Trouble
from shared.kit import clock, tracing
from shared.kit.asking import Asker
from shared.kit.database import Database, transaction

logger = structlog.get_logger()

# Letters in hand at once; each waits mostly for others. More than this gained nothing against a local mail server.
CONCURRENT = 16

# Longer than every wait of one attempt together: three questions of two seconds, and an SMTP conversation.
LEASE = timedelta(seconds=90)

# What the field expects of a mail server itself (RFC 5321 §4.5.4.1 asks for four to five days; a notice is stale before).
GIVE_UP_AFTER = timedelta(hours=72)

# Fallback when a wake-up was lost, and the precision of later due times.
POLL_SECONDS = 1.0

TROUBLE_PAUSE_SECONDS = 0.5

# How late the first e-mail is, at most, once the mail server is back.
LONGEST_PAUSE_SECONDS = 15.0

FINISH_SECONDS = 10.0
MEASURE_SECONDS = 10.0

CHANNEL = "email"


class Worker:
    """Delivers the letters of one ledger. Several may run side by side, in as many processes as one likes."""

    def __init__(
        self,
        database: Database,
        asker: Asker,
        transport: Transport,
        composer: Composer,
        address: PublicAddress,
    ) -> None:
        self._database = database
        self._asker = asker
        self._transport = transport
        self._composer = composer
        self._address = address
        self._woken = asyncio.Event()
        self._in_hand: set[asyncio.Task[None]] = set()
        self._pause_seconds = 0.0
        """How long to leave the mail server alone; more than nothing while it cannot be reached."""
        database.listeners.append(self._woken)

    async def run(self) -> None:
        """Deliver until cancelled; then finish what is in hand."""
        try:
            while True:
                self._woken.clear()
                try:
                    more = await self._take()
                except Trouble as trouble:
                    logger.warning("delivery_interrupted", reason=str(trouble))
                    await asyncio.sleep(TROUBLE_PAUSE_SECONDS)
                    continue
                if more:
                    await self._until_half_free()
                else:
                    await _set_within(self._woken, POLL_SECONDS)
        finally:
            if self._in_hand:
                await asyncio.wait(self._in_hand, timeout=FINISH_SECONDS)
            for task in self._in_hand:
                task.cancel()
            await self._transport.close()

    async def measure(self) -> None:
        """Tell operators how much waits, until cancelled."""
        while True:
            try:
                async with transaction(self._database, actor=None) as tx:
                    backlog = await measure_backlog(tx, clock.now())
            except Trouble as trouble:
                logger.warning("backlog_not_measured", reason=str(trouble))
            else:
                oldest = backlog.oldest_due_at
                age = (clock.now() - oldest).total_seconds() if oldest else 0.0
                measures.deliveries_waiting.labels(CHANNEL).set(backlog.queued)
                measures.oldest_delivery_seconds.labels(CHANNEL).set(age)
            await asyncio.sleep(MEASURE_SECONDS)

    async def _take(self) -> bool:
        """Start with what is due, as many as there are hands free; True when there may be more."""
        limit = CONCURRENT - len(self._in_hand)
        if self._pause_seconds:
            # One letter at a time asks whether the server is back, after a pause that grows.
            await asyncio.sleep(self._pause_seconds)
            limit = 0 if self._in_hand else 1
            self._pause_seconds = min(LONGEST_PAUSE_SECONDS, self._pause_seconds * 2)
        if not limit:
            return True
        async with transaction(self._database, actor=None) as tx:
            letters = await claim_letters(tx, now=clock.now(), limit=limit, lease=LEASE)
        for letter in letters:
            task = asyncio.create_task(self._deliver(letter))
            self._in_hand.add(task)
            task.add_done_callback(self._in_hand.discard)
        return len(letters) == limit

    async def _until_half_free(self) -> None:
        # Half, so that letters are taken several at a time when many wait.
        while self._in_hand and len(self._in_hand) > CONCURRENT // 2:
            await asyncio.wait(self._in_hand, return_when=asyncio.FIRST_COMPLETED)

    async def _deliver(self, letter: Letter | AccountLetter) -> None:
        tracing.begin(letter.traceparent)
        try:
            outcome = await self._attempt(letter)
        except Trouble as trouble:
            logger.warning("letter_put_back", kind=letter.kind, reason=str(trouble))
            outcome = _later(letter, "service_away")
        except Exception:
            logger.exception("letter_not_written", kind=letter.kind, letter_id=str(letter.letter_id))
            outcome = _later(letter, "defect")
        await self._record(letter, outcome)

    async def _attempt(self, letter: Letter | AccountLetter) -> Outcome:
        try:
            mail = await self._write(letter)
        except AddressNotSupported:
            return Failed("address_not_supported")
        if isinstance(mail, Cancelled | TryLater):
            return mail
        answer = await self._transport.send(mail)
        if isinstance(answer, Unreachable):
            self._pause_seconds = max(self._pause_seconds, TROUBLE_PAUSE_SECONDS)
        else:
            self._pause_seconds = 0.0
        match answer:
            case Accepted():
                return Sent()
            case Refused(reason):
                return Failed(reason)
            case Deferred(reason):
                return _later(letter, reason)
            case Unreachable(reason):
                return _later(letter, reason, after_attempt=False)

    async def _write(self, letter: Letter | AccountLetter) -> Mail | Cancelled | TryLater:
        if isinstance(letter, AccountLetter):
            about = await ask_account_particulars(self._asker, letter)
            if isinstance(about, Cancelled):
                return about
            return self._composer.compose_account_letter(about, clock.now())
        particulars = await ask_particulars(self._asker, self._address, letter)
        if isinstance(particulars, Cancelled | TryLater):
            return particulars
        return self._composer.compose(particulars, clock.now())

    async def _record(self, letter: Letter | AccountLetter, outcome: Outcome) -> None:
        """Insist until the lease ends: what is not written down will be sent twice."""
        now = clock.now()
        while clock.now() < now + LEASE:
            try:
                async with transaction(self._database, actor=None) as tx:
                    await record_outcome(tx, letter, outcome, clock.now())
                break
            except Trouble:
                await asyncio.sleep(TROUBLE_PAUSE_SECONDS)
        self._tell(letter, outcome, clock.now())

    def _tell(self, letter: Letter | AccountLetter, outcome: Outcome, now: datetime) -> None:
        told = {"kind": letter.kind, "letter_id": str(letter.letter_id), "attempts": letter.attempts}
        notices = len(letter.items) if isinstance(letter, Letter) else 0
        match outcome:
            case Sent():
                state = "sent"
                measures.delivery_seconds.labels(CHANNEL).observe((now - letter.created_at).total_seconds())
                logger.info("letter_sent", notices=notices, **told)
            case Failed(reason):
                state = "failed"
                logger.warning("letter_failed", reason=reason, **told)
            case Cancelled(reason):
                state = "cancelled"
                logger.info("letter_cancelled", reason=reason, **told)
            case TryLater(reason, due_at):
                state = "put_back"
                logger.info("letter_put_back", reason=reason, due_at=due_at.isoformat(), **told)
                soon = (due_at - now).total_seconds()
                if soon < POLL_SECONDS:
                    asyncio.get_running_loop().call_later(max(0.0, soon), self._woken.set)
        measures.deliveries_total.labels(CHANNEL, letter.kind, state).inc()


def _later(letter: Letter | AccountLetter, reason: str, *, after_attempt: bool = True) -> TryLater | Failed:
    now = clock.now()
    if now - letter.created_at > GIVE_UP_AFTER:
        return Failed(reason)
    delay = retry_delay(letter.attempts) if after_attempt else timedelta(0)
    return TryLater(reason, now + delay, after_attempt=after_attempt)


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
