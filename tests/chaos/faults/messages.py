"""Messages that should not be there: again, shuffled, unreadable, too large, of tomorrow, on another's subject."""

from typing import Any
from uuid import UUID

import asyncpg
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from deploy.topology import READERS, STREAMS
from shared.contracts.contacts.events import AffiliationStarted, MandateProposed
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import ConventionId, EventId, OrganizationId, new_id
from shared.contracts.projects.events import ConventionDrafted
from shared.kit import clock
from tests.chaos.chaos import Chaos
from tests.chaos.dying import MSG_ID
from tests.chaos.faults.fault import Fault
from tests.support.eventually import eventually

# How many of the last messages of each stream come back, and how often.
_AGAIN = 100
_TIMES = 3

# Under the largest payload that NATS carries, and far above the largest event that a service may log.
_OVERSIZED_BYTES = 900_000

# A reader may still be behind by what earlier faults left to it, and JetStream may lose the message before its turn comes.
_TAKEN_WITHIN_SECONDS = 60.0
_PUBLISHED_AGAIN_AFTER_SECONDS = 15.0
_PUBLISHED_TIMES = 12

# An event of each producer that all its readers react to, so that unreadable data concerns them all.
_CONCERNS_ALL = {"contacts": AffiliationStarted.subject, "projects": ConventionDrafted.subject}


async def _repeat(chaos: Chaos) -> str:
    """The last messages of every stream, three times each, in any order, as new publishes."""
    messages: list[tuple[str, bytes, dict[str, str]]] = []
    for stream in STREAMS:
        try:
            info = await chaos.operator.jsm().stream_info(stream.name)
        except NotFoundError:
            continue
        first = max(info.state.first_seq, info.state.last_seq - _AGAIN + 1, 1)
        config = ConsumerConfig(deliver_policy=DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=first)
        subscription = await chaos.jetstream.pull_subscribe(stream.subject, stream=stream.name, config=config)
        if info.state.messages:
            fetched = await subscription.fetch(min(_AGAIN, info.state.messages), timeout=5)
            messages += [(it.subject, it.data, _own_headers(it)) for it in fetched] * _TIMES
        await subscription.unsubscribe()
    chaos.random.shuffle(messages)
    for subject, data, headers in messages:
        await _publish(chaos, subject, data, headers)
    return f"{len(messages)} messages"


def _own_headers(message: Msg) -> dict[str, str]:
    """Without those that JetStream acts upon."""
    return {name: value for name, value in (message.headers or {}).items() if not name.startswith("Nats-")}


async def poison_for(chaos: Chaos, source: str) -> None:
    """Publish an event of `source` that has a good envelope and unreadable fields."""
    envelope = _forge(chaos, _CONCERNS_ALL[source], b'{"nonsense": true}')
    await _publish(chaos, envelope.type, envelope.data, envelope.headers())


async def _poison(chaos: Chaos) -> str:
    source = chaos.random.choice(list(_CONCERNS_ALL))
    envelope = _forge(chaos, _CONCERNS_ALL[source], b'{"nonsense": true}')
    return await _until_kept(chaos, envelope, envelope.type, READERS[source])


async def _oversized(chaos: Chaos) -> str:
    source = chaos.random.choice(list(_CONCERNS_ALL))
    envelope = _forge(chaos, _CONCERNS_ALL[source], b'{"padding": "' + b"x" * _OVERSIZED_BYTES + b'"}')
    return await _until_kept(chaos, envelope, envelope.type, READERS[source])


async def _unknown_version(chaos: Chaos) -> str:
    source = chaos.random.choice(list(_CONCERNS_ALL))
    envelope = _forge(chaos, _CONCERNS_ALL[source].removesuffix("v1") + "v9", b'{"of": "tomorrow"}')
    return await _until_kept(chaos, envelope, envelope.type, READERS[source])


async def _wrong_subject(chaos: Chaos) -> str:
    """A readable event of projects, in the stream of contacts: whoever believed it would believe contacts."""
    aggregate_id = ConventionId(new_id())
    drafted = ConventionDrafted(convention_id=aggregate_id, drafted_by=OrganizationId(new_id()), parties=())
    envelope = _forge(chaos, ConventionDrafted.subject, drafted.model_dump_json().encode(), aggregate_id)
    return await _until_kept(chaos, envelope, MandateProposed.subject, READERS["contacts"])


def _forge(chaos: Chaos, subject: str, data: bytes, aggregate_id: UUID | None = None) -> Envelope:
    aggregate_id = aggregate_id or new_id()
    chaos.forged.add(aggregate_id)
    return Envelope(
        event_id=EventId(new_id()),
        source=f"urn:entente:{subject.split('.')[1]}",
        type=subject,
        occurred_at=clock.now(),
        aggregate_id=aggregate_id,
        version=1,
        epoch=1,
        partnership_id=None,
        actor_person=None,
        actor_organization=None,
        traceparent=None,
        data=data,
    )


async def _publish(chaos: Chaos, subject: str, data: bytes, headers: dict[str, str]) -> None:
    named = headers | {MSG_ID: str(new_id())}

    async def taken() -> bool:
        try:
            return bool(await chaos.jetstream.publish(subject, data, headers=named, timeout=2))
        except (NatsError, TimeoutError):
            # The stream may be gone for the moment: its owner puts it back.
            return False

    await eventually(taken, deadline=_TAKEN_WITHIN_SECONDS)


async def _until_kept(chaos: Chaos, envelope: Envelope, subject: str, readers: tuple[str, ...]) -> str:
    """Publish a message and wait until each reader keeps it with its reason.

    Again and again: JetStream, broken as it is, may lose it, and no log could give it back.
    """
    missing = set(readers)

    async def kept() -> bool:
        missing.difference_update([it for it in missing if await _reason(chaos, it, envelope.event_id)])
        return not missing

    for _ in range(_PUBLISHED_TIMES):
        await _publish(chaos, subject, envelope.data, envelope.headers())
        try:
            await eventually(kept, deadline=_PUBLISHED_AGAIN_AFTER_SECONDS)
        except AssertionError:
            continue
        return ""
    chaos.failures.append(f"not in the quarantine of {', '.join(sorted(missing))}: {envelope.type}")
    return ""


async def _reason(chaos: Chaos, reader: str, event_id: UUID) -> Any:
    try:
        connection = await asyncpg.connect(chaos.system.admin_url(reader))
    except (OSError, asyncpg.PostgresError):
        return None
    try:
        return await connection.fetchval(
            "SELECT reason FROM quarantine WHERE headers->>'ce-id' = $1 AND reason <> ''", str(event_id)
        )
    finally:
        await connection.close()


def faults() -> list[Fault]:
    """All of this module."""
    return [
        Fault("duplicates", "messages thrice, shuffled", _repeat),
        Fault("poison", "unreadable event", _poison),
        Fault("poison", "oversized event", _oversized),
        Fault("poison", "event of an unknown version", _unknown_version),
        Fault("poison", "event on another's subject", _wrong_subject),
    ]
