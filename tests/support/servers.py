"""Real servers for tests: one PostgreSQL and one NATS per test process, on private folders and free ports.

They are started by the same code as in production and prepared by the same provisioning, so a test that passes here
has met the real permissions. Only the waits for the disk are left out.
"""

import itertools
import shutil
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from deploy.credentials import Credentials
from deploy.databases import grant_connection, provision_databases, role_names
from deploy.embedded.nats import EmbeddedNats
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.provision import url_as
from deploy.streams import connect, provision_streams
from deploy.topology import DATABASES, STREAMS, Database
from shared.kit import migrations


@contextmanager
def data_folder() -> Generator[Path]:
    """Make a data folder that the account of PostgreSQL can enter, with a path short enough for its socket."""
    folder = Path(tempfile.mkdtemp(prefix="entente-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@dataclass(frozen=True)
class FreshDatabase:
    """A database of one test: the schema of its service, no row."""

    name: str
    # As the service: owns nothing, row-level security applies.
    url: str
    # As the owner: what migrations use; handy to look at everything.
    owner_url: str
    # As the superuser.
    admin_url: str


class PostgresForTests:
    """One embedded PostgreSQL, with a migrated template per service, made when first asked for."""

    def __init__(self, data: Path, *, sync: bool = False, settings: Mapping[str, str] | None = None) -> None:
        self._server = EmbeddedPostgres(
            data, sync=sync, settings={"max_connections": "100", **(settings or {})}
        )
        self._passwords = Credentials(data).passwords("postgres", role_names())
        self._migrated: set[str] = set()
        self._numbers = itertools.count(1)

    def start(self) -> None:
        self._server.start()
        self.provision()

    def provision(self) -> None:
        """Create the roles and databases, with the passwords of this test process."""
        provision_databases(self.admin_url, self._passwords)

    def stop(self) -> None:
        self._server.stop()

    @property
    def admin_url(self) -> str:
        return self._server.admin_url

    def create(self, service: str) -> FreshDatabase:
        """Clone the migrated template of a service."""
        database = next(it for it in DATABASES if it.service == service)
        self._migrate_template(database)
        return self._create(database, template=database.name)

    def create_empty(self, service: str) -> FreshDatabase:
        """Make a database without any schema, as a first start finds it."""
        return self._create(next(it for it in DATABASES if it.service == service), template="template0")

    def _create(self, database: Database, *, template: str) -> FreshDatabase:
        name = f"{database.service}_{next(self._numbers)}"
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(database.owner), sql.Identifier(template)
                )
            )
            grant_connection(admin, name, database)
        return FreshDatabase(
            name=name,
            url=self._url(database.role, name),
            owner_url=self._url(database.owner, name),
            admin_url=url_as(self.admin_url, "postgres", self._server.password, path=name),
        )

    def drop(self, database: FreshDatabase) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database.name)))

    def _migrate_template(self, database: Database) -> None:
        if database.service not in self._migrated:
            migrations.apply(database.service, self._url(database.owner, database.name))
            self._migrated.add(database.service)

    def _url(self, role: str, name: str) -> str:
        return url_as(self.admin_url, role, self._passwords[role], path=name)


class NatsForTests:
    """One embedded NATS server with the users, permissions and streams of production."""

    def __init__(self, data: Path, *, sync: str = "1s") -> None:
        self._server = EmbeddedNats(data, sync=sync)

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def url(self, service: str) -> str:
        """The address of one service's user, as the service reads it from ENTENTE_NATS_URL."""
        return self._server.url(service)

    @property
    def operator_url(self) -> str:
        """The address of the user that may do everything: to play another service, or to break things."""
        return self._server.operator_url

    @property
    def monitoring_url(self) -> str:
        return self._server.monitoring_url

    async def recreate_streams(self) -> None:
        """Forget every event and every consumer's position."""
        client = await connect(self.operator_url, name="tests")
        manager = client.jsm()
        existing = {info.config.name for info in await manager.streams_info()}
        for stream in STREAMS:
            if stream.name in existing:
                await manager.delete_stream(stream.name)
        await client.close()
        await provision_streams(self.operator_url)
