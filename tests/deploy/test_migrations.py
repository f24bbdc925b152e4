"""Migrations run once each, and a run that was killed never blocks or confuses the next one."""

import signal
import subprocess
import sys
from collections.abc import Generator

import psycopg
import pytest

from shared.kit import migrations
from tests.support.servers import PostgresForTests

_APPLY = "import sys; from shared.kit import migrations; migrations.apply(sys.argv[1], sys.argv[2])"


@pytest.fixture
def empty(postgres: PostgresForTests) -> Generator[str]:
    """The owner's address of a database without any schema."""
    made = postgres.create_empty("projects")
    yield made.owner_url
    postgres.drop(made)


def test_each_file_runs_once(empty: str) -> None:
    files = [*migrations.KIT.glob("*.sql"), *migrations.folder_of("projects").glob("*.sql")]
    assert migrations.apply("projects", empty) == len(
        [it for it in files if not it.name.endswith(".rollback.sql")]
    )
    assert migrations.apply("projects", empty) == 0


def test_the_lock_row_of_a_killed_run_does_not_block(empty: str) -> None:
    migrations.apply("projects", empty)
    with psycopg.connect(empty) as connection:
        connection.execute("INSERT INTO yoyo_lock (locked, ctime, pid) VALUES (1, now(), 1)")
    assert migrations.apply("projects", empty) == 0


@pytest.mark.parametrize("lived_seconds", [0.3, 0.35, 0.4, 0.45, 0.5])
def test_a_run_killed_at_any_moment_can_be_repeated(empty: str, lived_seconds: float) -> None:
    run = subprocess.Popen([sys.executable, "-c", _APPLY, "projects", empty])
    try:
        run.wait(lived_seconds)
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        run.wait()
    migrations.apply("projects", empty)
    assert migrations.apply("projects", empty) == 0
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT to_regclass('event_log') IS NOT NULL").fetchone() == (True,)


def test_two_runs_at_once_take_turns(empty: str) -> None:
    runs = [subprocess.Popen([sys.executable, "-c", _APPLY, "projects", empty]) for _ in range(3)]
    assert [run.wait(timeout=60) for run in runs] == [0, 0, 0]
    assert migrations.apply("projects", empty) == 0
