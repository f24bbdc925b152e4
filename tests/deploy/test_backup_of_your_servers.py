"""Backup and restore where the servers are yours: nothing is moved but databases, and epochs only ever rise."""

import argparse
import asyncio
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from nats.js.errors import NotFoundError

from deploy import home as folders
from deploy.backups.backup import at_database, back_up
from deploy.backups.restore import restore
from deploy.commands import kept as kept_command
from deploy.commands import verify as command
from deploy.embedded.nats import EmbeddedNats
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.errors import CommandFailure
from deploy.provision import migrate, provision
from deploy.reach import database_urls
from deploy.settings import SystemSettings
from deploy.streams import connect
from deploy.verification import Verified, verify
from shared.kit.database import connected
from tests.backbone.conftest import Counted, log


@dataclass
class Yours:
    """Two servers that are prepared, and a data folder that holds only credentials."""

    settings: SystemSettings
    said: list[str]

    def write(self, events: int) -> None:
        """Somebody acts in contacts."""

        async def act() -> None:
            async with connected(self.url) as database:
                await log(database, Counted(), events)
                await database.pool.execute("UPDATE event_log SET published_at = now(), stream_seq = seq")

        asyncio.run(act())

    @property
    def url(self) -> str:
        return database_urls(self.settings.data, ["contacts"])["contacts"]

    def ask(self, question: str) -> object:
        with psycopg.connect(self.url) as service:
            row = service.execute(question.encode()).fetchone()
        assert row
        return row[0]

    def epochs(self) -> dict[int, int]:
        """How many of contacts' events were written in each epoch."""
        with psycopg.connect(self.url) as service:
            return dict(service.execute("SELECT epoch, count(*) FROM event_log GROUP BY epoch").fetchall())

    def restore(self, backup: Path, service: str | None = None, *, replace: bool = False) -> list[Verified]:
        return restore(self.settings, backup, service=service, replace=replace, say=self.said.append)

    def databases(self) -> set[str]:
        assert self.settings.postgres_url
        with psycopg.connect(self.settings.postgres_url) as admin:
            return {str(name) for (name,) in admin.execute("SELECT datname FROM pg_database")}


@pytest.fixture
def yours(data: Path, home: Path) -> Generator[Yours]:
    postgres, nats = EmbeddedPostgres(data / "yours", sync=False), EmbeddedNats(data / "yours")
    try:
        postgres.start()
        nats.start()
        settings = SystemSettings(data=home, postgres_url=postgres.admin_url, nats_url=nats.operator_url)
        folders.make_folders(home)
        provision(home, postgres_url=postgres.admin_url, nats_url=nats.operator_url)
        migrate(home)
        yield Yours(settings, [])
    finally:
        nats.stop()
        postgres.stop()


def test_a_service_goes_back_as_often_as_one_likes_and_its_epoch_rises_each_time(
    yours: Yours, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = data / "backup.entente"
    yours.write(3)
    (contacts,) = [
        it for it in back_up(yours.settings, backup, yours.said.append)[0] if it.service == "contacts"
    ]
    for epoch in (2, 3):
        yours.write(2)
        yours.restore(backup, "contacts")
        assert yours.ask("SELECT epoch FROM relay_state") == epoch
        assert (
            yours.ask("SELECT count(*) FROM event_log WHERE published_at IS NULL AND stream_seq IS NULL") == 3
        )
        assert yours.ask("SELECT count(*) FROM event_log WHERE epoch = 1") == 3
    assert asyncio.run(verify("contacts", yours.url)).fingerprint == contacts.fingerprint
    yours.write(1)
    assert yours.ask("SELECT count(*) FROM event_log WHERE epoch = 3") == 1
    kept = [it for it in yours.databases() if it.startswith("contacts_until_")]
    assert len(kept) == 2
    assert all(f"The database that was replaced is kept as {name}" in yours.said for name in kept)
    assert not [it for it in yours.databases() if it.endswith("_restoring")]

    monkeypatch.setenv("ENTENTE_DATA", str(yours.settings.data))
    with pytest.raises(CommandFailure, match="set ENTENTE_POSTGRES_URL to an administrator"):
        kept_command.run(argparse.Namespace(remove=None))
    assert yours.settings.postgres_url
    monkeypatch.setenv("ENTENTE_POSTGRES_URL", yours.settings.postgres_url)
    capsys.readouterr()
    assert kept_command.run(argparse.Namespace(remove=None)) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == sorted(kept)
    with pytest.raises(CommandFailure, match="has kept a database contacts:"):
        kept_command.run(argparse.Namespace(remove="contacts"))
    assert kept_command.run(argparse.Namespace(remove=kept[0])) == 0
    assert kept[0] not in yours.databases()


def test_what_an_earlier_restore_has_undone_comes_back_as_new(yours: Yours, data: Path) -> None:
    earlier, later = data / "earlier.entente", data / "later.entente"
    yours.write(3)
    back_up(yours.settings, earlier, yours.said.append)
    yours.write(2)
    back_up(yours.settings, later, yours.said.append)
    yours.restore(earlier, "contacts")
    yours.write(2)
    yours.restore(later, "contacts")
    # Readers have what came after the first restore in the place of these two.
    assert yours.epochs() == {1: 3, 3: 2}


def test_a_database_that_was_lost_comes_back_as_new(yours: Yours, data: Path) -> None:
    backup = data / "backup.entente"
    yours.write(3)
    back_up(yours.settings, backup, yours.said.append)
    reader = database_urls(yours.settings.data, ["projects"])["projects"]
    with psycopg.connect(reader) as projects:
        projects.execute("INSERT INTO inbox_source (source, epoch) VALUES ('contacts', 4)")
    assert yours.settings.postgres_url
    with psycopg.connect(yours.settings.postgres_url, autocommit=True) as admin:
        admin.execute("DROP DATABASE contacts")
    yours.restore(backup, "contacts")
    assert yours.epochs() == {5: 3}


def test_everything_goes_back_only_when_that_is_meant_and_jetstream_forgets(yours: Yours, data: Path) -> None:
    backup = data / "backup.entente"
    yours.write(3)
    back_up(yours.settings, backup, yours.said.append)
    credentials = {it.name: it.read_text() for it in (yours.settings.data / "credentials").iterdir()}
    yours.write(2)
    with pytest.raises(CommandFailure, match="There is a system already: the databases contacts, projects"):
        yours.restore(backup)
    assert yours.ask("SELECT count(*) FROM event_log") == 5
    yours.restore(backup, replace=True)
    assert yours.ask("SELECT count(*) FROM event_log") == 3
    # Your NATS server knows the services by these passwords.
    assert {it.name: it.read_text() for it in (yours.settings.data / "credentials").iterdir()} == credentials
    assert not folders.is_half_restored(yours.settings.data)
    assert not folders.has_room_for_sample(yours.settings.data)

    async def stream_is_gone() -> bool:
        assert yours.settings.nats_url
        client = await connect(yours.settings.nats_url, name="tests")
        try:
            await client.jsm().stream_info("CONTACTS")
        except NotFoundError:
            return True
        finally:
            await client.close()
        return False

    assert asyncio.run(stream_is_gone())


def test_a_database_that_is_used_stays_as_it_is(yours: Yours, data: Path) -> None:
    backup = data / "backup.entente"
    yours.write(3)
    back_up(yours.settings, backup, yours.said.append)
    yours.write(2)
    users = yours.settings.data / "nats" / "users.conf"
    users.parent.mkdir()
    users.write_text("as your server includes it")
    with psycopg.connect(yours.url):
        for service in (None, "contacts"):
            with pytest.raises(
                CommandFailure, match=r"entente_contacts to contacts\. Stop the services first"
            ):
                yours.restore(backup, service, replace=True)
    assert yours.ask("SELECT count(*) FROM event_log") == 5
    yours.restore(backup, replace=True)
    assert users.read_text() == "as your server includes it"
    assert not [*data.glob("home.replaced-*")]
    assert not folders.is_half_restored(yours.settings.data)
    assert [it for it in yours.said if "contacts_until_" in it]


def test_a_backup_of_a_newer_version_is_refused(yours: Yours, data: Path) -> None:
    assert yours.settings.postgres_url
    with psycopg.connect(at_database(yours.settings.postgres_url, "contacts")) as admin:
        admin.execute(
            "INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('later', '0099_from_the_future')"
        )
    back_up(yours.settings, data / "backup.entente", yours.said.append)
    with pytest.raises(CommandFailure, match="newer version of Entente: contacts had the migrations 0099"):
        yours.restore(data / "backup.entente", replace=True)


def test_a_broken_log_is_backed_up_and_told(
    yours: Yours, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    yours.write(3)
    assert yours.settings.postgres_url
    with psycopg.connect(at_database(yours.settings.postgres_url, "contacts")) as admin:
        admin.execute("UPDATE event_log SET data = '{}' WHERE seq = 2")
    found, _ = back_up(yours.settings, data / "backup.entente", yours.said.append)
    assert [it.service for it in found if it.breaks] == ["contacts"]
    assert (data / "backup.entente").exists()
    told = yours.restore(data / "backup.entente", "contacts")
    assert [it.service for it in told if it.breaks] == ["contacts"]
    assert "contacts: 3 events restored, BROKEN as in the backup, epoch 2" in yours.said
    monkeypatch.setenv("ENTENTE_DATA", str(yours.settings.data))
    assert command.run(argparse.Namespace(service="projects", file=None)) == 0
    assert command.run(argparse.Namespace(service=None, file=None)) == 1
    assert "contacts: 3 events in 1 chains, BROKEN" in capsys.readouterr().out
    # A log that cannot be read does not keep the others from being read.
    with psycopg.connect(yours.settings.postgres_url, autocommit=True) as admin:
        admin.execute("ALTER DATABASE projects RENAME TO away")
        assert command.run(argparse.Namespace(file=None, service=None)) == 1
        said = capsys.readouterr()
        assert "The log of projects could not be read" in said.err
        assert "contacts: 3 events in 1 chains, BROKEN" in said.out
        assert "web: 0 events in 0 chains, whole\n" in said.out
        assert command.run(argparse.Namespace(file=None, service="projects")) == command.COULD_NOT_CHECK
        admin.execute("ALTER DATABASE away RENAME TO projects")
    capsys.readouterr()
    monkeypatch.setenv("ENTENTE_DATA", str(data / "nowhere"))
    assert command.run(argparse.Namespace(service=None, file=None)) == command.COULD_NOT_CHECK
    assert "There is no system in" in capsys.readouterr().err


def test_a_restore_onto_a_server_that_does_not_answer_is_told_in_words(yours: Yours, data: Path) -> None:
    back_up(yours.settings, data / "backup.entente", yours.said.append)
    away = SystemSettings(data=data / "other", postgres_url="postgresql://a:b@127.0.0.1:1/postgres")
    with pytest.raises(CommandFailure, match="PostgreSQL does not answer"):
        restore(away, data / "backup.entente", service=None, replace=True, say=yours.said.append)
