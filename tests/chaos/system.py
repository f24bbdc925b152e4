"""The whole system for chaos: the real servers and services, each behind lanes that can fail, all kept alive.

Whatever ends is started again after a moment, as a supervisor would; only a fault that says so keeps a part down.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from deploy.credentials import Credentials
from deploy.embedded.cluster import SUPERUSER
from deploy.embedded.nats import EmbeddedNats
from deploy.embedded.nats_cluster import EmbeddedNatsCluster
from deploy.embedded.ports import free_ports
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.files import last_lines
from deploy.processes import Child
from deploy.provision import migrate, provision
from deploy.topology import DOMAIN_SERVICES, SERVICES
from tests.chaos import witness
from tests.chaos.parts import ServicePart
from tests.chaos.proxy import Lane
from tests.support.eventually import eventually

T = TypeVar("T")

POSTGRES = "postgres"

# A service that starts while a server is away ends, to be started again: that is the supervisor's patience.
_NO_SERVER = (
    "CannotConnectNowError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "ConnectionDoesNotExistError",
    "NoServersError",
    "TimeoutError",
)

_READY_WITHIN_SECONDS = 90.0
_LONGEST_PAUSE_SECONDS = 0.7


class ChaosSystem:
    """A running system, and the means to break it."""

    def __init__(
        self, data: Path, random: Random, *, sync: str = "1s", nodes: int = 1, replicas: int = 1
    ) -> None:
        self.data = data
        self._random = random
        self._sync = sync
        self._replicas = replicas
        self.postgres = EmbeddedPostgres(data, settings={"max_connections": "150"})
        alone = [EmbeddedNats(data, sync=sync)]
        self.nodes = alone if nodes == 1 else EmbeddedNatsCluster(data, sync=sync).nodes
        self.servers: dict[str, Child] = {}
        self.services: list[ServicePart] = []
        self.lanes: dict[tuple[str, str], Lane] = {}
        self.deaths: Counter[str] = Counter()
        """Processes that ended, each by a fault of ours."""
        self.surprises: list[str] = []
        """Processes that ended by themselves: each is a defect."""
        self._held: set[str] = set()
        # One thread: the kernel ends a server when the thread that started it does.
        self._starter = ThreadPoolExecutor(1)
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start everything, and return when all services are ready."""
        (self.data / "run").mkdir()
        for name in (POSTGRES, *self.node_names):
            await self._start_server(name)
        await eventually(lambda: all(it.is_healthy() for it in self.nodes), deadline=_READY_WITHIN_SECONDS)
        await asyncio.to_thread(self._prepare)
        for service in DOMAIN_SERVICES:
            await witness.install(self.admin_url(service))
        for service in SERVICES:
            for replica in range(1, self._replicas + 1):
                part = ServicePart(service, replica, self.data, await self._environment(service))
                self.services.append(part)
                part.start()
        self._keeper = asyncio.create_task(self._keep())
        await eventually(self._is_ready, deadline=_READY_WITHIN_SECONDS)

    async def stop(self) -> None:
        """End every process that was started here."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        for part in self.services:
            part.signal(signal.SIGCONT)
            part.signal(signal.SIGKILL)
        await asyncio.gather(*(part.until_ended(5) for part in self.services))
        for lane in self.lanes.values():
            await lane.close()
        for server in self.servers.values():
            server.send_signal(signal.SIGCONT)
        for server in (*self.nodes, self.postgres):
            await self._in_starter(server.stop)
        self._starter.shutdown()

    def admin_url(self, service: str) -> str:
        """The superuser's address of one service's database, past the lanes."""
        return self.postgres.url(SUPERUSER, self.postgres.password, service)

    @property
    def node_names(self) -> tuple[str, ...]:
        """The NATS servers."""
        return tuple(node.name for node in self.nodes)

    @property
    def operator_url(self) -> str:
        """An operator's address of NATS, past the lanes."""
        return ",".join(node.operator_url for node in self.nodes)

    async def lane(self, user: str, server: str) -> Lane:
        """The lane between a user and a server, made when first asked for."""
        if (user, server) not in self.lanes:
            connect = self._to_postgres if server == POSTGRES else partial(self._to_nats, server)
            lane = Lane(connect)
            await lane.listen()
            self.lanes[user, server] = lane
        return self.lanes[user, server]

    async def nats_url(self, user: str, *, through: str) -> str:
        """A NATS user's addresses, each through a lane of its own."""
        own = Credentials(self.data).addresses(user)["ENTENTE_NATS_URL"].split(",")
        lanes = [await self.lane(through, name) for name in self.node_names]
        return ",".join(f"{it.rpartition(':')[0]}:{lane.port}" for it, lane in zip(own, lanes, strict=True))

    def part(self, name: str) -> ServicePart:
        """One process, by its name."""
        return next(it for it in self.services if it.name == name)

    async def not_ready(self) -> list[str]:
        """What is missing for the whole system to be ready."""
        told = await asyncio.gather(*(part.not_ready() for part in self.services))
        return [it for it in told if it]

    async def _is_ready(self) -> bool:
        return not await self.not_ready()

    def kill(self, name: str) -> None:
        """kill -9; it is started again after a moment."""
        self.deaths[name] += 1
        if name in self.servers:
            self.servers[name].send_signal(signal.SIGKILL)
        else:
            self.part(name).signal(signal.SIGKILL)

    async def living(self, name: str) -> int:
        """The pid of a part, once it runs."""
        while True:
            child = self.servers.get(name) or self.part(name)
            ended = child.ended() if isinstance(child, ServicePart) else child.poll()
            if ended is None and child.pid is not None:
                return child.pid
            await asyncio.sleep(0.02)

    async def restart(self, name: str, *arguments: str) -> ServicePart:
        """Kill a service and start it in another way."""
        part = self.part(name)
        async with self.held(name):
            self.kill(name)
            await part.until_ended(5)
            part.start(*arguments)
        return part

    @asynccontextmanager
    async def held(self, name: str) -> AsyncGenerator[None]:
        """Nobody starts this part again until the end of the block."""
        self._held.add(name)
        try:
            yield
        finally:
            self._held.discard(name)

    @asynccontextmanager
    async def down(self, node: str) -> AsyncGenerator[Path]:
        """Kill a NATS server, give its store to the block, and start it again on what the block left."""
        async with self.held(node):
            self.kill(node)
            await eventually(lambda: self.servers[node].poll() is not None)
            try:
                yield self.store(node)
            finally:
                await self._start_server(node)

    def store(self, node: str) -> Path:
        """Where JetStream keeps its files."""
        return self.data / node / "store"

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(0.05)
            for name, server in list(self.servers.items()):
                if name not in self._held and (code := server.poll()) is not None:
                    await self._again(name, code)
            for part in self.services:
                if part.name not in self._held and (code := part.ended()) is not None:
                    await self._again(part.name, code)

    async def _again(self, name: str, code: int) -> None:
        # What it said last, and before that why one of its parts failed.
        lines = last_lines(self._log(name), 200).splitlines()
        words = "\n".join([it for it in lines[:-3] if '"critical"' in it][-1:] + lines[-3:])
        if code != -signal.SIGKILL and not any(it in words for it in _NO_SERVER):
            self.surprises.append(f"{name} ended by itself ({code}): {words}")
        await asyncio.sleep(self._random.uniform(0.0, _LONGEST_PAUSE_SECONDS))
        if name in self._held or self._lives(name):
            # A fault has started it meanwhile.
            return
        if name in self.servers:
            await self._start_server(name)
        else:
            self.part(name).start()

    def _lives(self, name: str) -> bool:
        if name in self.servers:
            return self.servers[name].poll() is None
        return self.part(name).ended() is None

    async def _start_server(self, name: str) -> None:
        start = self.postgres.start if name == POSTGRES else self.node(name).start
        self.servers[name] = await self._in_starter(start)

    async def _in_starter(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._starter, work)

    def _log(self, name: str) -> Path:
        return self.data / "logs" / f"{name}.log"

    def _prepare(self) -> None:
        provision(
            self.data,
            postgres_url=self.postgres.admin_url,
            nats_url=self.operator_url,
            nats_nodes=len(self.nodes),
        )
        migrate(self.data)

    def node(self, name: str) -> EmbeddedNats:
        """One NATS server."""
        return next(it for it in self.nodes if it.name == name)

    async def _environment(self, service: str) -> dict[str, str]:
        own = Credentials(self.data).addresses(service)["ENTENTE_POSTGRES_URL"]
        postgres = await self.lane(service, POSTGRES)
        login = urlsplit(own).netloc.rpartition("@")[0]
        return {
            "ENTENTE_POSTGRES_URL": f"postgresql://{login}@127.0.0.1:{postgres.port}/{service}?sslmode=disable",
            "ENTENTE_NATS_URL": await self.nats_url(service, through=service),
            "ENTENTE_NATS_SYNC": self._sync,
            "ENTENTE_NATS_NODES": str(len(self.nodes)),
            "ENTENTE_HTTP_PORT": str(free_ports(1)[0]),
            "ENTENTE_PUBLIC_URL": "http://127.0.0.1",
        }

    async def _to_postgres(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        folder = parse_qs(urlsplit(self.postgres.admin_url).query).get("host")
        if folder:
            return await asyncio.open_unix_connection(f"{folder[0]}/.s.PGSQL.5432")
        parts = urlsplit(self.postgres.admin_url)
        return await asyncio.open_connection(parts.hostname, parts.port)

    async def _to_nats(self, name: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        parts = urlsplit(self.node(name).operator_url)
        return await asyncio.open_connection(parts.hostname, parts.port)
