"""Back up the whole system into one file, while it runs.

Each database is dumped in a snapshot of its own, in which its event log is verified too. That the snapshots are not of
one moment does no harm: after a restore every owner announces what it has kept in a new epoch, and its readers follow.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from deploy.backups import archive, dumping
from deploy.backups.archive import Dump, Manifest, Part
from deploy.embedded.cluster import SUPERUSER
from deploy.errors import CommandFailure
from deploy.kept_files import CheckedFiles, check_files
from deploy.provision import url_as
from deploy.reach import address
from deploy.settings import SystemSettings
from deploy.topology import DATABASES, Database
from deploy.verification import UNREADABLE, Verified, check, in_words, snapshot

Say = Callable[[str], None]

# Whoever reads others' events first: then few of them have something that its owner is to take back.
_ORDER = ("web", "notifications", "projects", "contacts")


def back_up(settings: SystemSettings, target: Path, say: Say) -> tuple[list[Verified], CheckedFiles]:
    """Write the backup; returns what was found in each event log and among the files. Damaged files are left out.

    Raises:
        CommandFailure: there is such a file already, or a database cannot be read.
    """
    if target.exists():
        raise CommandFailure(
            f"{target} exists already. Choose another name: a backup never replaces another one."
        )
    if not target.parent.is_dir():
        raise CommandFailure(f"There is no folder {target.parent}.")
    admin_url = administrators_url(settings)
    made_at = datetime.now(UTC)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".entente-backup-") as name:
            folder = Path(name)
            dumps = asyncio.run(_dump_all(admin_url, folder, say))
            # After the databases: a file is kept before a database names it, so none that is named is missed.
            store = settings.files
            files = check_files(store)
            say(f"files: {len(files.whole)}, {files.size / 1e6:.1f} MB")
            manifest = Manifest(
                made_at=made_at,
                postgresql=dumping.version(),
                databases=tuple(dumped for dumped, _ in dumps),
                sample=_sample(settings.data, folder),
                files=tuple(archive.part_of_store(it) for it in files.whole),
            )
            archive.write(target, manifest, folder, store)
    except OSError as error:
        raise CommandFailure(f"{target} could not be written: {error.strerror}") from error
    return [verified for _, verified in dumps], files


def administrators_url(settings: SystemSettings) -> str:
    """Row-level security hides rows from everybody else, so only an administrator can dump them all."""
    if settings.postgres_url is not None:
        return settings.postgres_url
    owner = address(settings.data, "contacts-owner", "ENTENTE_POSTGRES_URL")
    kept = settings.data / "credentials" / "postgres.password"
    if not kept.exists():
        raise CommandFailure(
            "The databases are on a server of yours: set ENTENTE_POSTGRES_URL to an administrator's address, as for "
            "`entente provision`."
        )
    password = kept.read_text().strip()
    return url_as(owner, SUPERUSER, password, path="postgres")


async def _dump_all(admin_url: str, folder: Path, say: Say) -> list[tuple[Dump, Verified]]:
    dumps: list[tuple[Dump, Verified]] = []
    for service in _ORDER:
        database = next(it for it in DATABASES if it.service == service)
        dumped, verified = await _dump(admin_url, database, folder)
        say(f"{service}: {verified.events} events, {dumped.size / 1e6:.1f} MB")
        say(f"  fingerprint {verified.fingerprint}")
        dumps.append((dumped, verified))
    return dumps


async def _dump(admin_url: str, database: Database, folder: Path) -> tuple[Dump, Verified]:
    file = f"{database.service}.dump"
    url = at_database(admin_url, database.name)
    try:
        async with snapshot(url) as connection:
            exported = await connection.fetchval("SELECT pg_export_snapshot()")
            applied = await connection.fetch("SELECT migration_id FROM _yoyo_migration ORDER BY migration_id")
            dumping_it = asyncio.create_task(dumping.dump(url, folder / file, snapshot=exported))
            try:
                verified = await check(database.service, connection)
            finally:
                await dumping_it
    except UNREADABLE as error:
        told = in_words(error)
        raise CommandFailure(f"The database of {database.service} could not be read: {told}") from error
    size, sha256 = archive.part_of(folder / file)
    return Dump(
        file=file,
        size=size,
        sha256=sha256,
        service=database.service,
        migrations=tuple(row["migration_id"] for row in applied),
        events=verified.events,
        chains=verified.chains,
        fingerprint=verified.fingerprint,
    ), verified


def _sample(data: Path, folder: Path) -> Part | None:
    """What a start looks at to know that the sample is loaded already."""
    file = "sample.json"
    if not (data / file).exists():
        return None
    shutil.copyfile(data / file, folder / file)
    size, sha256 = archive.part_of(folder / file)
    return Part(file=file, size=size, sha256=sha256)


def at_database(url: str, name: str) -> str:
    """The same server and user, another database."""
    head, mark, query = url.partition("?")
    scheme, _, rest = head.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/{name}{mark}{query}"
