"""Bring a service's database to the schema that its code expects: the kit's own tables, then the service's.

SQL files, run in order by yoyo, once each, under a lock; a file that has run is never edited.
"""

from pathlib import Path

from yoyo import get_backend, read_migrations

KIT = Path(__file__).parent / "migrations"

# Any number that nobody else uses on the same database.
_LOCK = 0x456E7465


def folder_of(service: str) -> Path:
    """Where a service keeps the history of its schema."""
    return Path(__file__).parents[2] / "services" / service / "migrations"


def apply(service: str, owner_url: str) -> int:
    """Apply what is missing, as the owner of the schema; returns how many files ran."""
    scheme, rest = owner_url.split("://", 1)
    backend = get_backend(f"postgresql+psycopg://{rest}" if scheme.startswith("postgres") else owner_url)
    with backend.connection:
        migrations = read_migrations(str(KIT), str(folder_of(service)))
        # Held by the session, so a run that is killed lets go at once. Yoyo's own lock is a row that would stay.
        backend.execute("SELECT pg_advisory_lock(:key)", {"key": _LOCK})
        backend.break_lock()
        waiting = backend.to_apply(migrations)
        for migration in waiting:
            # A file and the note that it ran, in one transaction: yoyo commits them apart, and after a crash in between
            # it would run the file again and fail for ever.
            with backend.transaction():
                migration.process_steps(backend, "apply")
                backend.mark_one(migration, log=False)
        return len(waiting)
