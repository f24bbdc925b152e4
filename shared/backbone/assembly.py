"""What every service that announces and follows events runs, put together once."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from nats.aio.client import Client

from shared.backbone import quarantine, rebuild, waiting
from shared.backbone.advisories import Advisories
from shared.backbone.consumer import Consumer
from shared.backbone.heads import Follower, Owner
from shared.backbone.projections import Projection
from shared.backbone.relay import Relay
from shared.backbone.retrying import Retrier
from shared.backbone.streams import Stream
from shared.backbone.subscribers import Subscribers
from shared.backbone.usable import require_usable
from shared.kit.database import Database
from shared.kit.health import Check
from shared.kit.requests import Router
from shared.kit.settings import ServiceSettings


class Backbone:
    """One service's part of it: publish the log, apply what others announce, repair what was lost on the way."""

    def __init__(
        self,
        database: Database,
        client: Client,
        subscribers: Subscribers,
        projections: Sequence[Projection],
        settings: ServiceSettings,
    ) -> None:
        self._database = database
        self._client = client
        self._subscribers = subscribers
        self._settings = settings
        name, sources = settings.service, subscribers.sources
        rebuilder = rebuild.Rebuilder(database, client, projections)
        self.consumers = [
            Consumer(database, client, subscribers, source=it, reader=name, rebuilder=rebuilder)
            for it in sources
        ]
        self.routers: tuple[Router, ...] = (
            quarantine.router_for(name, subscribers, client),
            rebuild.router_for(name, rebuilder),
        )
        """The requests of operators."""

    async def require_usable(self) -> None:
        """Look at the stream and at the consumers before anything relies on them.

        Raises:
            Unusable: one of them cannot serve, and the service would only seem to run.
        """
        own = Stream(self._settings.service, replicas=self._settings.nats_nodes)
        await require_usable(self._client, own, [it.source for it in self.consumers])

    def checks(self) -> dict[str, Check]:
        """What must hold for it to be ready: each durable consumer is there and answers."""

        def attached(consumer: Consumer) -> Check:
            async def check() -> bool:
                return consumer.attached

            return check

        return {f"events of {it.source}": attached(it) for it in self.consumers}

    def parts(self) -> Sequence[Coroutine[Any, Any, None]]:
        """Everything that runs beside the answering of requests, until it is cancelled."""
        database, client, settings = self._database, self._client, self._settings
        name = settings.service
        lost = asyncio.Event()
        relay = Relay(
            database,
            client,
            service=name,
            replicas=settings.nats_nodes,
            syncs_always=settings.nats_syncs_always,
            lost=lost,
        )
        parts = [
            relay.run(),
            Owner(database, client, service=name, lost=lost).run(),
            waiting.measure(database, service=name),
            Retrier(database, self._subscribers).run(),
        ]
        for consumer in self.consumers:
            parts += [
                consumer.run(),
                Follower(client, consumer, reader=name).run(),
                Advisories(database, client, source=consumer.source, reader=name).run(),
            ]
        return parts
