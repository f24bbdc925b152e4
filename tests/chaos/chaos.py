"""What a fault may use: the system, chance, an operator's connection to NATS, and notes of what was broken."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from nats.aio.client import Client
from nats.js import JetStreamContext

from deploy.topology import STREAMS
from shared.kit.asking import Asker
from tests.chaos.system import ChaosSystem


@dataclass
class Chaos:
    """One run."""

    system: ChaosSystem
    random: Random
    operator: Client
    """Past all lanes, with an operator's rights: who breaks things must not suffer from them."""
    patience: float
    """1.0 in a long run; less in a short one, where faults last less long."""
    forged: set[UUID] = field(default_factory=set[UUID])
    """Aggregates that exist only in messages that nobody's log holds."""
    lost: Counter[str] = field(default_factory=Counter[str])
    """How many messages each stream lost."""
    _later: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])
    failures: list[str] = field(default_factory=list[str])
    """What a fault found wrong on the spot."""

    @property
    def jetstream(self) -> JetStreamContext:
        """JetStream, as an operator."""
        return self.operator.jetstream(timeout=5)

    @property
    def asker(self) -> Asker:
        """Requests of an operator."""
        return Asker(self.operator)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """End something while other faults go on."""
        self._later.append(asyncio.create_task(work))

    async def finish(self) -> None:
        """Until nothing is broken on purpose any more."""
        await asyncio.gather(*self._later)

    def node(self) -> str:
        """One of the NATS servers."""
        return self.random.choice(self.system.node_names)

    async def pause(self, seconds: float) -> None:
        """Let something last, shorter in a short run."""
        await asyncio.sleep(seconds * self.patience)

    async def held(self) -> dict[str, int]:
        """How many messages each stream holds; none where there is no stream."""
        infos = {info.config.name: info.state.messages for info in await self.operator.jsm().streams_info()}
        return {stream.name: infos.get(stream.name, 0) for stream in STREAMS}

    def count_lost(self, before: dict[str, int], after: dict[str, int]) -> int:
        """Add up what the streams lost."""
        lost = {name: max(0, count - after.get(name, 0)) for name, count in before.items()}
        self.lost.update(lost)
        return sum(lost.values())
