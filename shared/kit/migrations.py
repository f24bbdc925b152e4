"""Bring a service's database to the schema that its code expects: the kit's own tables, then the service's.

SQL files, run in order by yoyo, once each, under a lock; a file that has run is never edited.
"""

from pathlib import Path

from yoyo import get_backend, read_migrations

KIT = Path(__file__).parent / "migrations"


def folder_of(service: str) -> Path:
    """Where a service keeps the history of its schema."""
    return Path(__file__).parents[2] / "services" / service / "migrations"


def apply(service: str, owner_url: str) -> int:
    """Apply what is missing, as the owner of the schema; returns how many files ran."""
    scheme, rest = owner_url.split("://", 1)
    backend = get_backend(f"postgresql+psycopg://{rest}" if scheme.startswith("postgres") else owner_url)
    with backend.connection:
        migrations = read_migrations(str(KIT), str(folder_of(service)))
        with backend.lock():
            waiting = backend.to_apply(migrations)
            backend.apply_migrations(waiting)
            return len(waiting)
