"""The whole system: two servers and four services, in the order of their start."""

import asyncio
import contextlib
import gc
import importlib
import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from deploy.embedded.nats import EmbeddedNats
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
    for service in SERVICES:
        (settings.data / "run" / f"{service}.json").unlink(missing_ok=True)
        launch = _launcher(settings, service, port)
        supervisor.start(service, ServiceProcess(launch, _log(settings, service)))
    supervisor.wait_until(lambda: _not_ready(supervisor, settings.data), within_seconds=_READY_WITHIN_SECONDS)
    return str(run_file(settings.data, "web").get("http", f"http://127.0.0.1:{port}"))


def load_sample(settings: SystemSettings) -> None:
    """Fill a new system with the sample; one that has it stays as it is."""
    loading = Apart(lambda: _load(settings.data), name="sample-data", log=_log(settings, "sample-data"))
    try:
        loading.result()
    except BaseException:
        loading.abandon()
        raise


def run_file(data: Path, service: str) -> dict[str, object]:
    """Read what a service says about itself once it listens; empty before."""
    with contextlib.suppress(FileNotFoundError, ValueError):
        content = json.loads((data / "run" / f"{service}.json").read_text())
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
        postgres = EmbeddedPostgres(settings.data)
        supervisor.start("PostgreSQL", postgres)
        postgres_url = postgres.admin_url
    if nats_url is None:
        nats = EmbeddedNats(settings.data, sync=settings.nats_sync)
        supervisor.start("NATS", nats)
        nats_url = nats.operator_url
    return postgres_url, nats_url


def _prepare(settings: SystemSettings, postgres_url: str, nats_url: str) -> None:
    """Provision and migrate. Runs apart, so its imports (drivers, yoyo) never weigh on the services."""
    from deploy.provision import migrate, provision, require_users

    if settings.nats_url is not None:
        require_users(settings.data, nats_url)
    provision(settings.data, postgres_url=postgres_url, nats_url=nats_url)
    migrate(settings.data)


def _load(data: Path) -> None:
    from deploy.sample.load import load

    asyncio.run(load(data))


def _keep_pages_shared() -> None:
    # The collector writes into every object that it looks at, which would copy the pages in each child.
    gc.collect()
    gc.freeze()


def _launcher(settings: SystemSettings, service: str, port: int) -> Callable[[], Child]:
    environment: dict[str, str | None] = {
        "ENTENTE_DATA": str(settings.data),
        # An administrator's addresses and a port that only one process could take: not for the services, which read
        # their own addresses from their credentials file.
        "ENTENTE_POSTGRES_URL": None,
        "ENTENTE_NATS_URL": None,
        "ENTENTE_OPS_PORT": None,
        "ENTENTE_HTTP_PORT": str(port),
    }

    def main() -> None:
        importlib.import_module(f"services.{service}.app").main()

    def launch() -> Forked:
        return fork(
            main,
            name=f"e-{service}",
            log=_log(settings, service),
            death_signal=signal.SIGTERM,
            environment=environment,
        )

    return launch


def _not_ready(supervisor: Supervisor, data: Path) -> Iterator[str]:
    for service in SERVICES:
        said = run_file(data, service)
        if said.get("pid") != supervisor.pid_of(service) or get(f"{said.get('ops')}/readyz")[0] != 200:
            yield service
