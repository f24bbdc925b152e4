"""The whole system: its servers and four services, in the order of their start."""

import asyncio
import contextlib
import gc
import importlib
import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from deploy.embedded.nats import EmbeddedNats
from deploy.embedded.nats_cluster import EmbeddedNatsCluster
from deploy.embedded.ports import free_ports, is_free
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.errors import StartFailure
from deploy.forked import Apart, Forked, fork
from deploy.http_get import get
from deploy.processes import Child
from deploy.settings import SystemSettings
from deploy.supervisor import ServiceProcess, Supervisor
from deploy.topology import DOMAIN_SERVICES, SERVICES

_READY_WITHIN_SECONDS = 60.0
_CONNECTIONS = 60


def start_system(supervisor: Supervisor, settings: SystemSettings) -> str:
    """Start everything until it is ready, and return the address of the pages."""
    port = _http_port(settings.http_port)
    postgres_url, nats_url = _start_servers(supervisor, settings)
    preparation = Apart(
        lambda: _prepare(settings, postgres_url, nats_url),
        name="preparation",
        log=_log(settings, "preparation"),
    )
    try:
        # Meanwhile, on the other core: what the services have in common, imported once for all of them. What only web
        # needs (pages, REST) it imports itself, while the others connect.
        for service in DOMAIN_SERVICES:
            importlib.import_module(f"services.{service}.app")
        preparation.result()
    except BaseException:
        preparation.abandon()
        raise
    _keep_pages_shared()
    parts: list[str] = []
    for service in SERVICES:
        for left_over in (settings.data / "run").glob(f"{service}*.json"):
            left_over.unlink()
        for replica in range(1, settings.replicas + 1):
            part = service if replica == 1 else f"{service}-{replica}"
            launch = _launcher(settings, service, replica, part=part, port=port)
            supervisor.start(part, ServiceProcess(launch, _log(settings, part)))
            parts.append(part)
    supervisor.wait_until(
        lambda: _not_ready(supervisor, settings.data, parts), within_seconds=_READY_WITHIN_SECONDS
    )
    return str(run_file(settings.data, "web").get("http", f"http://127.0.0.1:{port}"))


def load_sample(settings: SystemSettings) -> None:
    """Fill a new system with the sample; one that has it stays as it is."""
    loading = Apart(lambda: _load(settings.data), name="sample-data", log=_log(settings, "sample-data"))
    try:
        loading.result()
    except BaseException:
        loading.abandon()
        raise


def run_file(data: Path, part: str) -> dict[str, object]:
    """Read what a service, or a replica of it, says about itself once it listens; empty before."""
    with contextlib.suppress(FileNotFoundError, ValueError):
        content = json.loads((data / "run" / f"{part}.json").read_text())
        return content if isinstance(content, dict) else {}
    return {}


def _log(settings: SystemSettings, name: str) -> Path:
    return settings.data / "logs" / f"{name}.log"


def _http_port(wanted: int) -> int:
    # Chosen here, not by web: the address then survives a restart of web.
    port = wanted or free_ports(1)[0]
    if not is_free(port):
        raise StartFailure(
            f"Port {port} is used by another program. Stop that program, or choose another port: "
            f"ENTENTE_HTTP_PORT={port + 1} make up (0 takes a free one)."
        )
    return port


def _start_servers(supervisor: Supervisor, settings: SystemSettings) -> tuple[str, str]:
    postgres_url, nats_url = settings.postgres_url, settings.nats_url
    if postgres_url is None:
        # As many as one process of each service takes when it is busy, and what looks in besides.
        connections = str(_CONNECTIONS * settings.replicas)
        postgres = EmbeddedPostgres(settings.data, settings={"max_connections": connections})
        supervisor.start("PostgreSQL", postgres)
        postgres_url = postgres.admin_url
    if nats_url is None:
        nats_url = _start_nats(supervisor, settings)
    return postgres_url, nats_url


def _start_nats(supervisor: Supervisor, settings: SystemSettings) -> str:
    if settings.nats_nodes == 1:
        nats = EmbeddedNats(settings.data, sync=settings.nats_sync)
        supervisor.start("NATS", nats, is_stuck=nats.is_stuck)
        return nats.operator_url
    cluster = EmbeddedNatsCluster(settings.data, sync=settings.nats_sync)
    for node in cluster.nodes:
        supervisor.start(node.name, node, is_stuck=node.is_stuck)
    supervisor.wait_until(
        lambda: [node.name for node in cluster.nodes if not node.is_healthy()],
        within_seconds=_READY_WITHIN_SECONDS,
    )
    return cluster.operator_url


def _prepare(settings: SystemSettings, postgres_url: str, nats_url: str) -> None:
    """Provision and migrate. Runs apart, so its imports (drivers, yoyo) never weigh on the services."""
    from deploy.provision import migrate, provision, require_users

    if settings.nats_url is not None:
        require_users(settings.data, nats_url)
    provision(settings.data, postgres_url=postgres_url, nats_url=nats_url, nats_nodes=settings.nats_nodes)
    migrate(settings.data)


def _load(data: Path) -> None:
    from deploy.sample.load import load

    asyncio.run(load(data))


def _keep_pages_shared() -> None:
    # The collector writes into every object that it looks at, which would copy the pages in each child.
    gc.collect()
    gc.freeze()


def _launcher(
    settings: SystemSettings, service: str, replica: int, *, part: str, port: int
) -> Callable[[], Child]:
    environment: dict[str, str | None] = {
        "ENTENTE_DATA": str(settings.data),
        # An administrator's addresses and a port that only one process could take: not for the services, which read
        # their own addresses from their credentials file.
        "ENTENTE_POSTGRES_URL": None,
        "ENTENTE_NATS_URL": None,
        "ENTENTE_OPS_PORT": None,
        "ENTENTE_HTTP_PORT": str(port),
        "ENTENTE_SHARE_PORT": "yes" if settings.replicas > 1 else "no",
        "ENTENTE_REPLICA": str(replica),
        "ENTENTE_NATS_SYNC": settings.nats_sync,
        "ENTENTE_NATS_NODES": str(settings.nats_nodes),
    }

    def main() -> None:
        importlib.import_module(f"services.{service}.app").main()

    def launch() -> Forked:
        return fork(
            main,
            name=f"e-{part}",
            log=_log(settings, part),
            death_signal=signal.SIGTERM,
            environment=environment,
        )

    return launch


def _not_ready(supervisor: Supervisor, data: Path, parts: list[str]) -> Iterator[str]:
    for part in parts:
        said = run_file(data, part)
        if said.get("pid") != supervisor.pid_of(part) or get(f"{said.get('ops')}/readyz")[0] != 200:
            yield part
