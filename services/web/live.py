"""Tells open pages that something happened. Events pass by on core NATS; whoever misses one reads the page again.

Nothing queues up: a watcher holds what is new as flags and a count, however slow its browser is.
"""

import asyncio
import contextlib
import json
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import PersonId
from shared.contracts.refusals import Defect

_log = structlog.get_logger()

_EVERY_EVENT = "entente.*.*.*.*"
_NOTICES = "entente.notifications.notice."

# A person has a few pages open, on two devices perhaps; more is a loop that reconnects.
STREAMS_PER_PERSON = 12
# Proxies drop a connection that says nothing for a minute; half of that, and half again for a lost one.
HEARTBEAT_SECONDS = 15.0
# An event that its owner publishes again is no news.
_REMEMBERED = 4096


@dataclass(eq=False)
class Watcher:
    """One open page."""

    person_id: PersonId
    about: UUID | None
    """The partnership, or the room, that the page shows; whoever opens it has made sure that she may see it."""
    news: int = 0
    """What happened there since the page was made."""
    _counters_changed: bool = False
    _news_changed: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: bool = False

    def count_news(self, number: int = 1) -> None:
        """Something happened in what the page shows."""
        self.news += number
        self._news_changed = True
        self._woken.set()

    def change_counters(self) -> None:
        """A notice of the person came or went."""
        self._counters_changed = True
        self._woken.set()

    @property
    def waiting(self) -> bool:
        """Whether something is to be told that was not told yet."""
        return self._woken.is_set()

    def end(self) -> None:
        """The program stops."""
        self._ended = True
        self._woken.set()

    async def changes(self) -> AsyncIterator[tuple[bool, bool]]:
        """What to tell next: (counters, news); (False, False) is a heart-beat. Ends when the program stops."""
        while not self._ended:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await self._woken.wait()
            if self._ended:
                return
            self._woken.clear()
            changed = (self._counters_changed, self._news_changed)
            self._counters_changed = self._news_changed = False
            yield changed


class Live:
    """Everybody who watches, and the one subscription that feeds them."""

    def __init__(self) -> None:
        self._by_person: dict[UUID, set[Watcher]] = {}
        self._by_subject: dict[UUID, set[Watcher]] = {}
        self._seen: OrderedDict[UUID, None] = OrderedDict()
        self._stopping = False

    async def listen(self, client: Client) -> None:
        """Follow the events from now on."""
        await client.subscribe(_EVERY_EVENT, cb=self._hear)  # pyright: ignore[reportUnknownMemberType] - nats-py

    def watch(self, person_id: PersonId, about: UUID | None) -> Watcher | None:
        """Begin to watch; None when the person watches from too many pages, or the program stops."""
        of_person = self._by_person.setdefault(person_id, set())
        if self._stopping or len(of_person) >= STREAMS_PER_PERSON:
            return None
        watcher = Watcher(person_id, about)
        of_person.add(watcher)
        if about:
            self._by_subject.setdefault(about, set()).add(watcher)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        """The page is closed."""
        _discard(self._by_person, watcher.person_id, watcher)
        if watcher.about:
            _discard(self._by_subject, watcher.about, watcher)

    def stop(self) -> None:
        """End every stream: an open one would hold the stop of the program."""
        self._stopping = True
        for watchers in self._by_person.values():
            for watcher in watchers:
                watcher.end()

    async def _hear(self, message: Msg) -> None:
        try:
            event = Envelope.read(message.headers, message.data)
            self._tell(event)
        except (Defect, ValueError, KeyError):
            # The services that keep something of it put it aside and alert; here nothing is kept.
            _log.warning("event_unreadable", subject=message.subject)

    def _tell(self, event: Envelope) -> None:
        if event.event_id in self._seen:
            return
        self._seen[event.event_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        if event.type.startswith(_NOTICES):
            person_id = UUID(json.loads(event.data)["person_id"])
            for watcher in self._by_person.get(person_id, ()):
                watcher.change_counters()
        elif event.partnership_id is not None:
            # A room is a part of its partnership, and has a page of its own.
            for subject in {event.partnership_id, event.aggregate_id}:
                for watcher in self._by_subject.get(subject, ()):
                    # What she did herself is on the page that she was sent to.
                    if watcher.person_id != event.actor_person:
                        watcher.count_news()


def _discard(index: dict[UUID, set[Watcher]], key: UUID, watcher: Watcher) -> None:
    if watchers := index.get(key):
        watchers.discard(watcher)
        if not watchers:
            del index[key]
