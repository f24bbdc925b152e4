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
from deploy.backups.databases import Server, holds_data, require_unused, restore_databases
from deploy.credentials import Credentials
from deploy.databases import role_names
from deploy.embedded.nats_config import USERS_FILE
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.errors import CommandFailure
from deploy.files import private_folder, write_private
from deploy.kept_files import restore_files
from deploy.settings import SystemSettings
from deploy.streams import connect
from deploy.topology import SERVICES, STREAMS
from deploy.verification import Verified
from shared.kit import migrations

Say = Callable[[str], None]


def restore(
    settings: SystemSettings, source: Path, *, service: str | None, replace: bool, say: Say
) -> list[Verified]:
    """Restore everything, or one service's database; returns what was found in each event log. A broken one is restored
    as it was.

    Raises:
        CommandFailure: the backup is damaged or newer than this program, the system runs, or there is data already.
    """
    backup = archive.opened(source)
    dumps = _chosen(backup, service)
    _require_known_schema(dumps)
    say(f"{source}: complete, made {backup.manifest.made_at:%Y-%m-%d %H:%M} UTC")
    home.make_folders(settings.data)
    lock = home.occupy(settings.data, restores=True)
    try:
        if service is None:
            return _restore_all(settings, backup, dumps, replace=replace, say=say)
        return _restore_one(settings, backup, dumps, say=say)
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
) -> list[Verified]:
    data = settings.data
    present = _present(settings)
    if present and not replace and not home.is_half_restored(data):
        raise CommandFailure(
            f"There is a system already: {present}. With --replace it is kept under another name, and the backup takes its place."
        )
    if settings.nats_url is not None:
        # Before anything is touched: without its server, the streams could not be emptied at the end.
        asyncio.run(_reach(settings.nats_url))
    if settings.postgres_url is None:
        found = _replace_folder(settings, backup, dumps, move=bool(present), say=say)
    else:
        found = _replace_databases(settings, settings.postgres_url, backup, dumps, say=say)
    # JetStream is a cache of what was replaced; what it holds never happened in the restored system.
    if settings.nats_url is not None:
        asyncio.run(_empty_jetstream(settings.nats_url))
    if backup.manifest.sample is not None:
        backup.extract(backup.manifest.sample, data / backup.manifest.sample.file)
    else:
        home.refuse_sample(data)
    if settings.postgres_url is None:
        home.end_restore(data)
    return found


def _replace_folder(
    settings: SystemSettings, backup: Archive, dumps: Sequence[Dump], *, move: bool, say: Say
) -> list[Verified]:
    if aside := home.begin_restore(settings.data, backup.path, move=move):
        if aside.is_system:
            say(f"What was in {settings.data} is kept in {aside.folder}")
        else:
            say(f"What the interrupted restore had begun is in {aside.folder}: remove it")
        if settings.nats_url is not None:
            _keep_users(aside.folder, settings.data)
    return _restore_into_server(settings, backup, dumps, say=say)


def _replace_databases(
    settings: SystemSettings, postgres_url: str, backup: Archive, dumps: Sequence[Dump], *, say: Say
) -> list[Verified]:
    """Nothing is half done: the databases of a server are exchanged at once, and nothing else is touched before."""
    require_unused(postgres_url)
    found = _restore_into_server(settings, backup, dumps, say=say)
    if settings.nats_url is None and (aside := home.move_aside(settings.data, "nats*")):
        say(f"The streams, which are filled again, are kept in {aside}")
    return found


def _keep_users(aside: Path, data: Path) -> None:
    """Your NATS server reads its users in this folder, and knows the services by these passwords."""
    for name in (Path("nats") / USERS_FILE, Path("credentials") / "nats.passwords.json"):
        if (aside / name).exists():
            private_folder((data / name).parent)
            write_private(data / name, (aside / name).read_text())


def _restore_one(
    settings: SystemSettings, backup: Archive, dumps: Sequence[Dump], *, say: Say
) -> list[Verified]:
    home.require_whole(settings.data)
    if not _present(settings):
        raise CommandFailure(
            "There is no system to restore one service of. Without --service, all are restored."
        )
    if settings.postgres_url is not None:
        require_unused(settings.postgres_url, [it.service for it in dumps])
    return _restore_into_server(settings, backup, dumps, say=say)


def _restore_into_server(
    settings: SystemSettings, backup: Archive, dumps: Sequence[Dump], *, say: Say
) -> list[Verified]:
    with (
        _server(settings) as server,
        tempfile.TemporaryDirectory(dir=settings.data, prefix=".restore-") as work,
    ):
        # Before the databases that name them. What is there already stays: a file is known by its content.
        say(f"files: {restore_files(settings.files, backup)}")
        found, kept = restore_databases(server, backup, dumps, Path(work), say)
        for name in kept:
            say(f"The database that was replaced is kept as {name}")
    return found


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


async def _reach(operator_url: str) -> None:
    await (await connect(operator_url, name="entente-restore")).close()


async def _empty_jetstream(operator_url: str) -> None:
    client = await connect(operator_url, name="entente-restore")
    try:
        for stream in STREAMS:
            with contextlib.suppress(NotFoundError):
                await client.jsm().delete_stream(stream.name)
    except (APIError, nats.errors.Error) as error:
        names = ", ".join(it.name for it in STREAMS)
        raise CommandFailure(
            f"The databases are restored, but NATS refused to forget the streams: {error}. Delete them ({names}) before "
            "you start: they are filled again."
        ) from error
    finally:
        await client.close()
