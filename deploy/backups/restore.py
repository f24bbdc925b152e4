"""Restore a backup: the whole system onto a fresh machine or in place of the present one, or one service of it."""

import asyncio
import contextlib
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nats.errors
from nats.js.errors import APIError, NotFoundError

from deploy import home
from deploy.backups import archive
from deploy.backups.archive import Archive, Dump
from deploy.backups.databases import Server, holds_data, restore_databases
from deploy.credentials import Credentials
from deploy.databases import role_names
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.errors import CommandFailure
from deploy.kept_files import restore_files
from deploy.settings import SystemSettings
from deploy.streams import connect
from deploy.topology import SERVICES, STREAMS
from shared.kit import migrations

Say = Callable[[str], None]


def restore(settings: SystemSettings, source: Path, *, service: str | None, replace: bool, say: Say) -> None:
    """Restore everything, or one service's database.

    Raises:
        CommandFailure: the backup is damaged or newer than this program, the system runs, or there is data already.
    """
    backup = archive.opened(source)
    dumps = _chosen(backup, service)
    _require_known_schema(dumps)
    say(f"{source}: whole, made {backup.manifest.made_at:%Y-%m-%d %H:%M} UTC")
    home.make_folders(settings.data)
    lock = home.occupy(settings.data, restores=True)
    try:
        if service is None:
            _restore_all(settings, backup, dumps, replace=replace, say=say)
        else:
            _restore_one(settings, backup, dumps, say=say)
    finally:
        lock.release()


def _chosen(backup: Archive, service: str | None) -> Sequence[Dump]:
    dumps = backup.manifest.databases
    if {it.service for it in dumps} != set(SERVICES):
        held = ", ".join(it.service for it in dumps)
        raise CommandFailure(f"{backup.path} holds other services than this version has: {held}.")
    return [it for it in dumps if service in {None, it.service}]


def _require_known_schema(dumps: Sequence[Dump]) -> None:
    for dump in dumps:
        folders = (migrations.KIT, migrations.folder_of(dump.service))
        unknown = set(dump.migrations) - {file.stem for folder in folders for file in folder.glob("*.sql")}
        if unknown:
            raise CommandFailure(
                f"The backup was made by a newer version of Entente: {dump.service} had the migrations "
                f"{', '.join(sorted(unknown))}. Restore it with that version."
            )


def _restore_all(
    settings: SystemSettings, backup: Archive, dumps: Sequence[Dump], *, replace: bool, say: Say
) -> None:
    data = settings.data
    present, interrupted = _present(settings), home.is_half_restored(data)
    if present and not replace and not interrupted:
        raise CommandFailure(
            f"There is a system already: {present}. With --replace it is kept under another name, and the backup takes its place."
        )
    embedded = settings.postgres_url is None
    if embedded:
        # On a server of yours nothing is half done: its databases are exchanged at once.
        home.begin_restore(data, backup.path)
    # JetStream is a cache of what is replaced; what it holds never happened in the restored system.
    pattern = "*" if embedded else "nats*"
    if (present or interrupted) and (aside := home.move_aside(data, pattern)):
        say(f"What was in {data} is kept in {aside}")
    if settings.nats_url is not None:
        asyncio.run(_empty_jetstream(settings.nats_url))
    _restore_into_server(settings, backup, dumps, say=say)
    if backup.manifest.sample is not None:
        backup.extract(backup.manifest.sample, data / backup.manifest.sample.file)
    else:
        home.refuse_sample(data)
    if embedded:
        home.end_restore(data)


def _restore_one(settings: SystemSettings, backup: Archive, dumps: Sequence[Dump], *, say: Say) -> None:
    home.require_whole(settings.data)
    if not _present(settings):
        raise CommandFailure(
            "There is no system to restore one service of. Without --service, all are restored."
        )
    _restore_into_server(settings, backup, dumps, say=say)


def _restore_into_server(
    settings: SystemSettings, backup: Archive, dumps: Sequence[Dump], *, say: Say
) -> None:
    with (
        _server(settings) as server,
        tempfile.TemporaryDirectory(dir=settings.data, prefix=".restore-") as work,
    ):
        # Before the databases that name them. What is there already stays: a file is known by its content.
        say(f"files: {restore_files(settings.files, backup)}")
        for kept in restore_databases(server, backup, dumps, Path(work), say):
            say(f"The database that was replaced is kept as {kept}")


def _present(settings: SystemSettings) -> str:
    """What a whole restore would replace, in words; empty when there is nothing."""
    if settings.postgres_url is None:
        return f"the databases in {settings.data}" if (settings.data / "postgres").exists() else ""
    databases = holds_data(settings.postgres_url)
    return f"the databases {', '.join(databases)} of your server" if databases else ""


@contextmanager
def _server(settings: SystemSettings) -> Generator[Server]:
    """Your server, or the embedded one, which runs for as long as the restore does."""
    passwords = Credentials(settings.data).passwords("postgres", role_names())
    if settings.postgres_url is not None:
        yield Server(settings.postgres_url, passwords)
        return
    postgres = EmbeddedPostgres(settings.data)
    try:
        postgres.start()
        yield Server(postgres.admin_url, passwords)
    finally:
        postgres.stop()


async def _empty_jetstream(operator_url: str) -> None:
    client = await connect(operator_url, name="entente-restore")
    try:
        for stream in STREAMS:
            with contextlib.suppress(NotFoundError):
                await client.jsm().delete_stream(stream.name)
    except (APIError, nats.errors.Error) as error:
        raise CommandFailure(f"NATS refused to forget the streams: {error}") from error
    finally:
        await client.close()
