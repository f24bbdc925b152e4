"""The whole system for chaos: the real servers and services, each behind lanes that can fail, all kept alive.

Whatever ends is started again after a moment, as a supervisor would; only a fault that says so keeps a part down.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from deploy.credentials import Credentials
from deploy.embedded.cluster import SUPERUSER
from deploy.embedded.nats import EmbeddedNats
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
NATS = "nats"

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

    def __init__(self, data: Path, random: Random, *, sync: str = "1s", replicas: int = 1) -> None:
        self.data = data
        self._random = random
        self._replicas = replicas
        self.postgres = EmbeddedPostgres(data, settings={"max_connections": "150"})
        self.nats = EmbeddedNats(data, sync=sync)
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
        for name in (POSTGRES, NATS):
            await self._start_server(name)
        await asyncio.to_thread(self._prepare)
        for service in DOMAIN_SERVICES:
            await witness.install(self.admin_url(service))
        for service in SERVICES:
            for number in range(1, self._replicas + 1):
                part = ServicePart(service, number, self._folder(number), await self._environment(service))
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
        for stop in (self.nats.stop, self.postgres.stop):
            await self._in_starter(stop)
        self._starter.shutdown()

    def admin_url(self, service: str) -> str:
        """The superuser's address of one service's database, past the lanes."""
        return self.postgres.url(SUPERUSER, self.postgres.password, service)

    async def lane(self, user: str, server: str) -> Lane:
        """The lane between a user and a server, made when first asked for."""
        if (user, server) not in self.lanes:
            lane = Lane(self._to_postgres if server == POSTGRES else self._to_nats)
            await lane.listen()
            self.lanes[user, server] = lane
        return self.lanes[user, server]

    async def nats_url(self, user: str, *, through: str) -> str:
        """A NATS user's address through a lane of its own."""
        lane = await self.lane(through, NATS)
        own = Credentials(self.data).addresses(user)["ENTENTE_NATS_URL"]
        return f"{own.rpartition(':')[0]}:{lane.port}"

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
    async def nats_down(self) -> AsyncGenerator[Path]:
        """Kill NATS, give its store to the block, and start it again on what the block left."""
        async with self.held(NATS):
            self.kill(NATS)
            await eventually(lambda: self.servers[NATS].poll() is not None)
            try:
                yield self.store
            finally:
                await self._start_server(NATS)

    @property
    def store(self) -> Path:
        """Where JetStream keeps its files."""
        return self.data / "nats" / "store"

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
        words = last_lines(self._log(name), 3)
        if code != -signal.SIGKILL and not any(it in words for it in _NO_SERVER):
            self.surprises.append(f"{name} ended by itself ({code}): {words}")
        await asyncio.sleep(self._random.uniform(0.0, _LONGEST_PAUSE_SECONDS))
        if name in self._held:
            return
        if name in self.servers:
            await self._start_server(name)
        else:
            self.part(name).start()

    async def _start_server(self, name: str) -> None:
        start = self.postgres.start if name == POSTGRES else self.nats.start
        self.servers[name] = await self._in_starter(start)

    async def _in_starter(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._starter, work)

    def _log(self, name: str) -> Path:
        return self.data / "logs" / f"{name}.log"

    def _prepare(self) -> None:
        provision(self.data, postgres_url=self.postgres.admin_url, nats_url=self.nats.operator_url)
        migrate(self.data)

    def _folder(self, number: int) -> Path:
        """A replica says where it runs in a folder of its own."""
        if number == 1:
            return self.data
        folder = self.data / f"replica-{number}"
        (folder / "run").mkdir(parents=True, exist_ok=True)
        return folder

    async def _environment(self, service: str) -> dict[str, str]:
        own = Credentials(self.data).addresses(service)["ENTENTE_POSTGRES_URL"]
        postgres = await self.lane(service, POSTGRES)
        login = urlsplit(own).netloc.rpartition("@")[0]
        return {
            "ENTENTE_POSTGRES_URL": f"postgresql://{login}@127.0.0.1:{postgres.port}/{service}?sslmode=disable",
            "ENTENTE_NATS_URL": await self.nats_url(service, through=service),
            "ENTENTE_HTTP_PORT": str(free_ports(1)[0]),
            "ENTENTE_PUBLIC_URL": "http://127.0.0.1",
        }

    async def _to_postgres(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        folder = parse_qs(urlsplit(self.postgres.admin_url).query).get("host")
        if folder:
            return await asyncio.open_unix_connection(f"{folder[0]}/.s.PGSQL.5432")
        parts = urlsplit(self.postgres.admin_url)
        return await asyncio.open_connection(parts.hostname, parts.port)

    async def _to_nats(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        parts = urlsplit(self.nats.operator_url)
        return await asyncio.open_connection(parts.hostname, parts.port)
