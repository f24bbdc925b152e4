"""Put dumped databases back onto a server: filled and prepared beside the present ones, then exchanged at once.

A restored owner begins a new epoch and announces everything that it has kept: its readers take back what came after, and
catch up with what they miss. Nothing is thrown away: a database that is replaced stays under another name.
"""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from deploy.backups import dumping
from deploy.backups.archive import Archive, Dump
from deploy.backups.backup import at_database
from deploy.databases import grant_connection, provision_databases
from deploy.errors import CommandFailure
from deploy.home import stamp
from deploy.provision import url_as
from deploy.topology import DATABASES, SERVICES, Database
from deploy.verification import Verified, check, snapshot
from shared.kit import migrations

Say = Callable[[str], None]

# PostgreSQL's own workers, which have no name, give way.
_CONNECTED = """
SELECT DISTINCT usename, datname FROM pg_stat_activity
WHERE datname = ANY(%s) AND usename IS NOT NULL AND pid <> pg_backend_pid() ORDER BY datname
"""

_KEPT_NAME = re.compile(rf"^({'|'.join(it.name for it in DATABASES)})_until_[0-9]{{20}}$")
_KEPT = "SELECT datname, pg_database_size(oid) FROM pg_database WHERE datname ~ %s ORDER BY 1"

_NEW_EPOCH = "UPDATE relay_state SET epoch = %s, stream_created = NULL"

# Published again under the new epoch: that is how readers learn what was kept.
_UNMARK = """
UPDATE event_log SET published_at = NULL, stream_seq = NULL WHERE published_at IS NOT NULL OR stream_seq IS NOT NULL
"""


# Written neither by the database that is replaced nor before it: no reader can have applied exactly this.
_STAMP_UNKNOWN = """
UPDATE event_log SET epoch = %s WHERE NOT EXISTS (SELECT FROM known WHERE known.event_id = event_log.event_id)
"""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server, its administrator, and the passwords of the roles of the topology."""

    admin_url: str
    passwords: Mapping[str, str]

    def owner_url(self, database: Database, name: str) -> str:
        """As the owner of one database, into one that may have another name for now."""
        return url_as(self.admin_url, database.owner, self.passwords[database.owner], path=name)


def holds_data(admin_url: str) -> list[str]:
    """Which of the topology's databases are there and were ever migrated.

    Raises:
        CommandFailure: the server does not answer.
    """
    try:
        with psycopg.connect(admin_url, autocommit=True, connect_timeout=10) as admin:
            there = {str(row[0]) for row in admin.execute("SELECT datname FROM pg_database")}
    except psycopg.Error as error:
        raise CommandFailure(f"PostgreSQL does not answer: {str(error).strip()}") from error
    return [it.name for it in DATABASES if it.name in there and _is_migrated(admin_url, it.name)]


def kept_databases(admin_url: str) -> list[tuple[str, int]]:
    """The databases that restores have replaced and kept, with their sizes in bytes.

    Raises:
        CommandFailure: the server does not answer.
    """
    try:
        with psycopg.connect(admin_url, autocommit=True, connect_timeout=10) as admin:
            found = admin.execute(_KEPT, (_KEPT_NAME.pattern,)).fetchall()
    except psycopg.Error as error:
        raise CommandFailure(
            f"PostgreSQL does not answer: {str(error).strip()}. Is the system running?"
        ) from error
    return [(str(name), int(size)) for name, size in found]


def remove_kept(admin_url: str, name: str) -> None:
    """Drop one of them.

    Raises:
        CommandFailure: no restore has kept a database of this name.
    """
    if name not in {it for it, _ in kept_databases(admin_url)}:
        raise CommandFailure(f"No restore has kept a database {name}: `entente kept` lists them.")
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _drop(admin, name)


def require_unused(admin_url: str, names: Sequence[str] = SERVICES) -> None:
    """Look before anything is done whether somebody is connected to these databases: they could not be exchanged.

    Raises:
        CommandFailure: somebody is; the message says who.
    """
    with psycopg.connect(admin_url, autocommit=True) as admin:
        rows = admin.execute(_CONNECTED, (list(names),)).fetchall()
    if rows:
        users = ", ".join(f"{role} to {database}" for role, database in rows)
        raise CommandFailure(
            f"The databases are being used: connected are {users}. Stop the services first. Nothing was changed."
        )


def restore_databases(
    server: Server, backup: Archive, dumps: Sequence[Dump], work: Path, say: Say
) -> tuple[list[Verified], list[str]]:
    """Restore these dumps; returns what was found in each log, and under which names the databases are kept that they
    replace.

    Raises:
        CommandFailure: a dump cannot be restored, or somebody still uses a database; what was there stays as it was.
    """
    provision_databases(server.admin_url, server.passwords)
    known = _known_epochs(server.admin_url)
    chosen = {it.service: next(one for one in DATABASES if one.service == it.service) for it in dumps}
    found: list[Verified] = []
    try:
        for dump in dumps:
            file = work / dump.file
            backup.extract(dump, file)
            verified = _fill(server, chosen[dump.service], dump, file)
            file.unlink()
            epoch = _begin_epoch(server, chosen[dump.service], after=known.get(dump.service))
            state = "BROKEN as in the backup" if verified.breaks else "verified"
            say(f"{dump.service}: {dump.events} events restored, {state}, epoch {epoch}")
            found.append(verified)
        return found, _exchange(server.admin_url, [*chosen.values()])
    except psycopg.Error as error:
        raise CommandFailure(f"PostgreSQL refused the restore: {str(error).strip()}") from error
    finally:
        _drop_drafts(server.admin_url, [*chosen.values()])


def _draft(database: Database) -> str:
    return f"{database.name}_restoring"


def _fill(server: Server, database: Database, dump: Dump, file: Path) -> Verified:
    draft = _draft(database)
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        _drop(admin, draft)
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(draft), sql.Identifier(database.owner)
            )
        )
        grant_connection(admin, draft, database)
    url = at_database(server.admin_url, draft)
    asyncio.run(dumping.restore(url, file))
    verified = asyncio.run(_require_same_log(url, dump))
    try:
        migrations.apply(dump.service, server.owner_url(database, draft))
    except Exception as error:
        raise CommandFailure(f"The database of {dump.service} could not be migrated: {error}") from error
    return verified


async def _require_same_log(url: str, dump: Dump) -> Verified:
    """Check the log: it may be broken, but as it was when it was backed up."""
    async with snapshot(url) as connection:
        verified = await check(dump.service, connection)
    if (verified.events, verified.fingerprint) != (dump.events, dump.fingerprint):
        raise CommandFailure(
            f"The restored log of {dump.service} is not the one of the backup: {verified.events} events instead of "
            f"{dump.events}, fingerprint {verified.fingerprint}."
        )
    return verified


def _known_epochs(admin_url: str) -> dict[str, int]:
    """The latest epoch of each owner that anybody on this server has heard of: the new one must be later."""
    known: dict[str, int] = {}
    for name in holds_data(admin_url):
        with psycopg.connect(at_database(admin_url, name), autocommit=True) as admin:
            found = admin.execute("SELECT %s, epoch FROM relay_state", (name,)).fetchall()
            if admin.execute("SELECT to_regclass('inbox_source') IS NOT NULL").fetchone() == (True,):
                found += admin.execute("SELECT source, epoch FROM inbox_source").fetchall()
        for source, epoch in found:
            known[source] = max(known.get(source, 0), epoch)
    return known


def _begin_epoch(server: Server, database: Database, *, after: int | None) -> int:
    with psycopg.connect(server.owner_url(database, _draft(database))) as owner:
        row = owner.execute("SELECT epoch FROM relay_state").fetchone()
        epoch = max(after or 0, row[0] if row else 0) + 1
        owner.execute(_NEW_EPOCH, (epoch,))
        owner.execute(_UNMARK)
        if after is not None:
            _copy_known_ids(server, database, owner)
            owner.execute(_STAMP_UNKNOWN, (epoch,))
    return epoch


def _copy_known_ids(server: Server, database: Database, draft: Connection[TupleRow]) -> None:
    """Tell the draft which events the database that it replaces has: none, when that one is lost.

    What the draft has beyond them was undone by an earlier restore, and other events may have taken its versions since.
    """
    draft.execute("CREATE TEMPORARY TABLE known (event_id uuid PRIMARY KEY)")
    if database.name not in holds_data(server.admin_url):
        return
    with (
        psycopg.connect(at_database(server.admin_url, database.name)) as replaced,
        replaced.cursor().copy("COPY event_log (event_id) TO STDOUT (FORMAT BINARY)") as ids,
        draft.cursor().copy("COPY known FROM STDIN (FORMAT BINARY)") as rows,
    ):
        for block in ids:
            rows.write(block)


def _exchange(admin_url: str, databases: Sequence[Database]) -> list[str]:
    replaced = [it for it in databases if _is_migrated(admin_url, it.name)]
    moment = stamp()
    kept: list[str] = []
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for database in databases:
            if database not in replaced:
                _drop(admin, database.name)
        with admin.transaction():
            for database in databases:
                if database in replaced:
                    kept.append(f"{database.name}_until_{moment}")
                    _rename(admin, database.name, kept[-1])
                _rename(admin, _draft(database), database.name)
    return kept


def _drop_drafts(admin_url: str, databases: Sequence[Database]) -> None:
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for database in databases:
            _drop(admin, _draft(database))


def _is_migrated(admin_url: str, name: str) -> bool:
    with psycopg.connect(at_database(admin_url, name), autocommit=True) as admin:
        return admin.execute("SELECT to_regclass('event_log') IS NOT NULL").fetchone() == (True,)


def _rename(admin: Connection[TupleRow], name: str, to: str) -> None:
    admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))


def _drop(admin: Connection[TupleRow], name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
