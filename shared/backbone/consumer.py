"""Deliver a producer's events to a service's subscribers: pull, apply in one transaction, acknowledge after the commit.

A batch that fails is tried again in halves, so that one bad event is found in a few steps and never holds back the
others: trouble is retried later with a growing delay, what can never work goes to quarantine with its reason.
"""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from shared.backbone import inbox
from shared.backbone.pulling import Puller
from shared.backbone.rebuild import Rebuilder
from shared.backbone.streams import Stream
from shared.backbone.subscribers import Subscribers
from shared.contracts.envelope import Envelope
from shared.contracts.refusals import Defect, TooEarly, Trouble
from shared.kit import clock, metrics, tracing
from shared.kit.database import Database, transaction

logger = structlog.get_logger()

# Grows with the count of deliveries: 1, 2, 4 … seconds. Without a delay, one failing message was redelivered 2,800
# times in 1.5 seconds.
LONGEST_DELAY_SECONDS = 60

TROUBLE_PAUSE_SECONDS = 0.5

# Each brings along what is parked behind it.
_EARLY_TOGETHER = 20


class Consumer:
    """The events of `source` for the service `reader`."""

    def __init__(
        self,
        database: Database,
        client: Client,
        subscribers: Subscribers,
        *,
        source: str,
        reader: str,
        rebuilder: Rebuilder | None = None,
    ) -> None:
        self._database = database
        self._rebuilder = rebuilder or Rebuilder(database, client, ())
        self._subscribers = subscribers
        self._source = source
        self._labels = (reader, source)
        # Born at zero: a counter that appears with its first event shows no increase.
        for counter in (metrics.events_quarantined_total, metrics.events_recovered_total):
            counter.labels(*self._labels)
        self._puller = Puller(client, Stream(source), reader)

    @property
    def source(self) -> str:
        """The producer whose events are consumed."""
        return self._source

    @property
    def attached(self) -> bool:
        """Whether the durable consumer is there and answers."""
        return self._puller.attached

    async def run(self) -> None:
        """Consume until cancelled; outlives the failures of both servers."""
        try:
            while True:
                try:
                    if messages := await self._puller.batch():
                        await self._deliver(messages)
                except (NatsError, Trouble) as error:
                    logger.warning("consumer_interrupted", source=self._source, reason=type(error).__name__)
                    await self._puller.detach()
                    await asyncio.sleep(TROUBLE_PAUSE_SECONDS)
        finally:
            await self._puller.detach()

    async def apply(self, envelopes: Sequence[Envelope]) -> None:
        """Apply events that came another way than the stream: read from the owner's log, or parked.

        Raises:
            NotApplicable: one of them failed; it is put aside. The others are applied, or parked behind it.
        """
        try:
            outcome = await self._attempt(envelopes, resolving=True)
        except Trouble:
            raise
        except Exception as error:
            if len(envelopes) > 1:
                await self._apply_in_halves(envelopes)
                return
            if not isinstance(error, inbox.NotApplicable):
                raise
            await self._put_aside_unsent(error)
            if error.envelope.event_id == envelopes[0].event_id:
                raise
            await self.apply(envelopes)
        else:
            self._count(outcome)

    async def apply_early(self) -> None:
        """Try again what was parked because something that it needs had not come. What fails is put aside.

        Raises:
            Trouble: the database is away.
        """
        after = UUID(int=0)
        while True:
            async with transaction(self._database, actor=None) as tx:
                parked = await inbox.early(tx, self._source, after, _EARLY_TOGETHER)
            if not parked:
                return
            try:
                await self.apply(parked)
            except Trouble:
                raise
            except Exception as error:
                # It holds back nobody else, as little as one that is read from the log.
                logger.warning("early_not_applied", source=self._source, reason=type(error).__name__)
            after = parked[-1].aggregate_id

    async def _attempt(
        self, envelopes: Sequence[Envelope], *, resolving: bool, careful: bool = False
    ) -> inbox.Applied:
        try:
            async with transaction(self._database, actor=None) as tx:
                outcome = await inbox.apply(tx, self._source, envelopes, self._subscribers, careful=careful)
                if resolving:
                    await inbox.resolve(tx, self._source, outcome.applied)
                return outcome
        except TooEarly:
            return await self._attempt(envelopes, resolving=resolving, careful=True)

    async def _apply_in_halves(self, envelopes: Sequence[Envelope]) -> None:
        middle, failed = len(envelopes) // 2, None
        for half in (envelopes[:middle], envelopes[middle:]):
            try:
                await self.apply(half)
            except inbox.NotApplicable as error:
                failed = error
        if failed is not None:
            raise failed

    async def follow_epoch(self, epoch: int) -> None:
        """Follow a producer that tells a later epoch to where it was restored.

        Raises:
            Defect: it was not the producer who told it.
            Trouble: it does not read out its log.
        """
        async with transaction(self._database, actor=None) as tx:
            known = await inbox.epoch_of(tx, self._source)
        if known is not None and known < epoch:
            await self._rebuilder.follow_into(self._source, epoch)
        in_the_past = known is not None and known > epoch
        metrics.sources_in_the_past.labels(*self._labels).set(in_the_past)
        if in_the_past:
            # Somebody has put a database back by hand: nothing that it tells from now on would ever be applied.
            logger.error("source_in_the_past", source=self._source, epoch=epoch, known=known)

    async def behind(self, heads: Mapping[UUID, int]) -> dict[UUID, int]:
        """Of the heads that the owner told, those ahead of ours, each with the version that we have."""
        async with transaction(self._database, actor=None) as tx:
            parked = await inbox.count_parked(tx, self._source)
            behind = await inbox.behind(tx, self._source, heads)
        metrics.events_parked.labels(*self._labels).set(parked)
        return behind

    async def _deliver(self, messages: Sequence[Msg]) -> None:
        readable: list[tuple[Msg, Envelope]] = []
        for message in messages:
            try:
                readable.append((message, self._read(message)))
            except Defect as defect:
                await self._put_aside(message, None, str(defect))
        await self._deliver_read(readable)

    async def _deliver_read(self, batch: Sequence[tuple[Msg, Envelope]]) -> None:
        try:
            await self._apply_in_present_epoch(batch)
        except NatsError:
            # They are applied, and could not be acknowledged: they come again, and are ignored.
            raise
        except Exception as error:
            if len(batch) == 1:
                await self._fail(*batch[0], error)
                return
            # One by one, a batch with one bad event took as long as the two hundred others would in as many transactions.
            middle = len(batch) // 2
            await self._deliver_read(batch[:middle])
            await self._deliver_read(batch[middle:])

    def _read(self, message: Msg) -> Envelope:
        envelope = Envelope.read(message.headers, message.data)
        if (envelope.type, envelope.source) != (message.subject, f"urn:entente:{self._source}"):
            raise Defect(f"says that it is {envelope.type} of {envelope.source}")
        return envelope

    async def _apply_in_present_epoch(self, batch: Sequence[tuple[Msg, Envelope]]) -> None:
        try:
            await self._apply_together(batch)
        except inbox.SourceRestored as restored:
            await self.follow_epoch(restored.epoch)
            await self._apply_together(batch)

    async def _apply_together(self, batch: Sequence[tuple[Msg, Envelope]]) -> None:
        if not batch:
            return
        tracing.begin(batch[0][1].traceparent)
        outcome = await self._attempt([envelope for _, envelope in batch], resolving=False)
        for message, envelope in batch:
            if envelope.event_id in outcome.early:
                # It is parked as well; coming again, it need not wait for a digest.
                await self._put_back(message, envelope, TooEarly.__name__)
            else:
                await message.ack()
        self._count(outcome)

    async def _fail(self, message: Msg, envelope: Envelope, error: Exception) -> None:
        if isinstance(error, inbox.NotApplicable) and error.envelope.event_id != envelope.event_id:
            # It was parked behind this one, which is not to blame for it.
            await self._put_aside_unsent(error)
            await self._deliver_read([(message, envelope)])
        elif isinstance(error, Trouble | OSError | TimeoutError):
            await self._put_back(message, envelope, type(error).__name__)
        else:
            known = isinstance(error, inbox.NotApplicable)
            logger.error(
                "event_not_applicable",
                source=self._source,
                type=envelope.type,
                exc_info=error.unforeseen if known else error,
            )
            await self._put_aside(
                message, envelope, str(error) if known else f"{type(error).__name__}: {error}"[:500]
            )

    async def _put_back(self, message: Msg, envelope: Envelope, reason: str) -> None:
        deliveries = message.metadata.num_delivered or 1
        await message.nak(delay=min(LONGEST_DELAY_SECONDS, 2 ** (deliveries - 1)))
        metrics.events_retried_total.labels(*self._labels).inc()
        logger.warning("event_put_back", source=self._source, type=envelope.type, reason=reason)

    async def _put_aside(self, message: Msg, envelope: Envelope | None, reason: str) -> None:
        async with transaction(self._database, actor=None) as tx:
            new = await inbox.quarantine(
                tx,
                self._source,
                subject=message.subject,
                stream_seq=message.metadata.sequence.stream,
                headers=dict(message.headers or {}),
                data=message.data,
                reason=reason,
                envelope=envelope,
            )
        # Only once it is kept: a lost quarantine row would be a lost event.
        await message.term()
        metrics.events_quarantined_total.labels(*self._labels).inc(new)

    async def _put_aside_unsent(self, failed: inbox.NotApplicable) -> None:
        envelope = failed.envelope
        logger.error(
            "event_not_applicable", source=self._source, type=envelope.type, exc_info=failed.unforeseen
        )
        async with transaction(self._database, actor=None) as tx:
            new = await inbox.quarantine_event(tx, self._source, envelope, str(failed))
        metrics.events_quarantined_total.labels(*self._labels).inc(new)

    def _count(self, outcome: inbox.Applied) -> None:
        metrics.events_applied_total.labels(*self._labels).inc(len(outcome.applied))
        metrics.events_ignored_total.labels(*self._labels).inc(outcome.ignored)
        now, seconds = clock.now(), metrics.apply_seconds.labels(*self._labels)
        for envelope in outcome.applied:
            seconds.observe(max(0.0, (now - envelope.occurred_at).total_seconds()))
