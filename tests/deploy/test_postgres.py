"""The embedded PostgreSQL starts safely, and starts again whatever happened before."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from deploy.embedded.place import KEPT_IN
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.errors import StartFailure
from deploy.provision import url_as
from tests.support.eventually import eventually_sync

_START_AND_WAIT = """
import sys, time
from pathlib import Path
from deploy.embedded.place import KEPT_IN
from deploy.embedded.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), sync=False)
print(server.start().pid, flush=True)
sys.stdin.read()
"""


@contextmanager
def running(data: Path) -> Generator[EmbeddedPostgres]:
    server = EmbeddedPostgres(data, sync=False)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def ask(server: EmbeddedPostgres, question: str) -> object:
    with psycopg.connect(server.admin_url) as connection:
        row = connection.execute(question.encode()).fetchone()
        return row and row[0]


def test_it_asks_for_passwords_checks_its_pages_and_is_private(data: Path) -> None:
    with running(data) as server:
        assert ask(server, "SHOW data_checksums") == "on"
        assert ask(server, "SHOW password_encryption") == "scram-sha-256"
        assert (
            ask(server, "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules")
            == "scram-sha-256"
        )
        assert ask(server, "SHOW listen_addresses") == ""
        assert (
            ask(server, "SELECT datcollate || datlocale FROM pg_database WHERE datname = 'template0'")
            == "CC.UTF-8"
        )
        sockets = Path(str(ask(server, "SHOW unix_socket_directories")))
        assert sockets.stat().st_mode & 0o077 == 0
        assert (data / "credentials" / "postgres.password").stat().st_mode & 0o077 == 0
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url_as(server.admin_url, "postgres", "guess"))


def test_it_never_runs_as_root(data: Path) -> None:
    with running(data) as server, psycopg.connect(server.admin_url) as connection:
        # While it is connected: a backend ends with its connection.
        assert psutil.Process(connection.info.backend_pid).uids().real != 0


async def test_its_address_suits_both_drivers(data: Path) -> None:
    with running(data) as server:
        connection = await asyncpg.connect(server.admin_url)
        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()
        assert ask(server, "SELECT 1") == 1


def test_data_survives_a_stop_and_the_death_of_the_server(data: Path) -> None:
    server = EmbeddedPostgres(data)
    program = server.start()
    with psycopg.connect(server.admin_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    server.start()
    assert ask(server, "SELECT one FROM kept") == 1
    server.stop()
    with running(data) as again:
        assert ask(again, "SELECT one FROM kept") == 1


def test_it_ends_with_a_parent_that_was_killed_and_starts_again(data: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _START_AND_WAIT, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdin
    assert parent.stdout
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    with running(data) as server:
        assert ask(server, "SELECT 1") == 1
    assert eventually_sync(lambda: not psutil.pid_exists(pid))


def test_an_orphan_server_is_replaced(data: Path) -> None:
    first = EmbeddedPostgres(data, sync=False)
    orphan = first.start()
    # As a supervisor that was killed lets go of its lock, while the server has not noticed yet.
    first.release_lock()
    with running(data) as server:
        assert orphan.wait(timeout=10) == 0
        assert ask(server, "SELECT 1") == 1


def test_the_pid_of_a_dead_server_may_belong_to_somebody_else(data: Path) -> None:
    with running(data) as server:
        cluster = Path(str(ask(server, "SHOW data_directory")))
    stale = [str(os.getpid()), str(cluster), "1700000000", "5432", str(cluster.parent), "", "", "ready"]
    (cluster / "postmaster.pid").write_text("\n".join(stale))
    (cluster.parent / ".s.PGSQL.5432.lock").write_text("\n".join(stale))
    with running(data) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_half_made_cluster_is_made_again(data: Path) -> None:
    half = data / "postgres" / "creating-abcdef" / "data"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with running(data) as server:
        assert ask(server, "SELECT 1") == 1
    assert not half.exists()


def test_lost_credentials_are_made_again(data: Path) -> None:
    with running(data) as server:
        before = server.admin_url
    shutil.rmtree(data / "credentials")
    with running(data) as server:
        assert server.admin_url != before
        assert ask(server, "SELECT 1") == 1


def test_data_of_another_version_is_refused_in_words(data: Path) -> None:
    with running(data) as server:
        cluster = Path(str(ask(server, "SHOW data_directory")))
    (cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(StartFailure, match="written by PostgreSQL 17"):
        EmbeddedPostgres(data).start()


def test_two_runs_never_share_a_cluster(data: Path) -> None:
    with running(data), pytest.raises(StartFailure, match="Another run"):
        EmbeddedPostgres(data, sync=False).start()


def test_a_path_too_long_for_a_socket_uses_loopback(data: Path) -> None:
    deep = data / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    with running(deep) as server:
        assert "@127.0.0.1:" in server.admin_url
        assert ask(server, "SELECT 1") == 1
        port = conninfo_to_dict(server.admin_url)["port"]
        with socket.create_connection(("127.0.0.1", int(str(port))), timeout=2):
            pass


def test_a_folder_closed_to_others_still_works(data: Path) -> None:
    closed = data / "closed"
    closed.mkdir(mode=0o700)
    try:
        with running(closed) as server:
            assert ask(server, "SELECT 1") == 1
        with running(closed) as server:
            assert ask(server, "SELECT 1") == 1
    finally:
        note = closed / "postgres" / KEPT_IN
        if note.exists():
            shutil.rmtree(note.read_text().strip())


def test_a_failed_start_shows_the_end_of_the_log(data: Path) -> None:
    with pytest.raises(StartFailure, match="no_such_setting"):
        EmbeddedPostgres(data, sync=False, settings={"no_such_setting": "1"}).start()
