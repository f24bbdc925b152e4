"""Provisioning makes the topology true on any server, however often it runs, and heals what drifted."""

import asyncio
import os
import re
import signal
from pathlib import Path

import nats
import psycopg
import pytest
from nats.js.api import ConsumerConfig, StreamConfig
from psycopg import sql

from deploy.credentials import Credentials
from deploy.databases import provision_databases, role_names
from deploy.embedded.nats import EmbeddedNats
from deploy.embedded.ports import free_ports
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.errors import StartFailure
from deploy.provision import migrate, owner_urls, provision, require_users, url_as
from deploy.streams import provision_streams
from deploy.topology import DATABASES, FOLLOWERS, READERS, SERVICES, Database
from tests.support.eventually import eventually_sync
from tests.support.servers import NatsForTests, PostgresForTests


def test_provisioning_twice_changes_nothing_and_every_address_works(data: Path) -> None:
    postgres, server = EmbeddedPostgres(data, sync=False), EmbeddedNats(data)
    try:
        postgres.start()
        server.start()
        provision(data, postgres_url=postgres.admin_url, nats_url=server.operator_url)
        written = {path.name: path.read_bytes() for path in (data / "credentials").iterdir()}
        provision(data, postgres_url=postgres.admin_url, nats_url=server.operator_url)
        assert {path.name: path.read_bytes() for path in (data / "credentials").iterdir()} == written
        assert all(path.stat().st_mode & 0o077 == 0 for path in (data / "credentials").iterdir())
        migrate(data)
        migrate(data)
        for service in SERVICES:
            with psycopg.connect(Credentials(data).addresses(service)["ENTENTE_POSTGRES_URL"]) as connection:
                assert connection.execute("SELECT current_user, current_database()").fetchone() == (
                    f"entente_{service}",
                    service,
                )
        require_users(data, server.operator_url)
    finally:
        server.stop()
        postgres.stop()


async def test_what_drifted_is_put_right(nats_server: NatsForTests) -> None:
    client = await nats.connect(nats_server.operator_url)
    manager = client.jetstream()
    await manager.update_stream(
        StreamConfig(name="CONTACTS", subjects=["entente.contacts.*.*.v1"], max_age=60)
    )
    await manager.delete_stream("PROJECTS")
    await manager.delete_consumer("CONTACTS", "notifications")
    await manager.add_consumer(
        "CONTACTS", ConsumerConfig(durable_name="projects", max_ack_pending=7, ack_wait=30)
    )
    await provision_streams(nats_server.operator_url)
    assert (await manager.stream_info("CONTACTS")).config.max_age == 30 * 24 * 3600
    for producer, readers in READERS.items():
        for reader in readers:
            config = (await manager.consumer_info(producer.upper(), reader)).config
            assert (config.max_deliver, config.ack_wait, config.max_ack_pending) == (-1, 30, 2048)
    await client.close()


@pytest.mark.parametrize("database", DATABASES, ids=lambda it: it.name)
def test_a_service_role_owns_nothing_and_stays_at_home(
    postgres: PostgresForTests, database: Database
) -> None:
    service = database.service
    fresh = postgres.create(service)
    try:
        with psycopg.connect(fresh.url, autocommit=True) as connection:
            rights = connection.execute(
                "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles "
                "WHERE rolname = current_user"
            ).fetchone()
            assert rights == (False, False, False, False, False)
            owned = "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"
            assert connection.execute(owned).fetchone() == (0,)
            forbidden_here = ["CREATE TABLE mine ()", "CREATE SCHEMA mine"]
            if service not in FOLLOWERS:
                forbidden_here.append("CREATE TEMPORARY TABLE mine ()")
            for forbidden in forbidden_here:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(forbidden.encode())
            assert connection.execute("SHOW statement_timeout").fetchone() == ("30s",)
        for other in (*(it.name for it in DATABASES if it.service != service), "postgres", "template1"):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                psycopg.connect(re.sub(rf"/{fresh.name}\b", f"/{other}", fresh.url))
    finally:
        postgres.drop(fresh)


def test_a_password_that_was_changed_is_set_again(data: Path, postgres: PostgresForTests) -> None:
    passwords = Credentials(data).passwords("postgres", role_names())
    other = url_as(postgres.admin_url, "entente_web", passwords["entente_web"], path="web")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(other)
    try:
        provision_databases(postgres.admin_url, passwords)
        psycopg.connect(other).close()
    finally:
        postgres.provision()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(other)


def test_a_managed_server_gives_no_superuser(data: Path) -> None:
    server = EmbeddedPostgres(data, sync=False)
    try:
        server.start()
        with psycopg.connect(server.admin_url, autocommit=True) as root:
            password = sql.Literal("of the customer")
            root.execute(
                sql.SQL("CREATE ROLE customer LOGIN CREATEDB CREATEROLE PASSWORD {}").format(password)
            )
        customer = url_as(server.admin_url, "customer", "of the customer")
        passwords = Credentials(data).passwords("postgres", role_names())
        for _ in range(2):
            provision_databases(customer, passwords)
        for database in DATABASES:
            for role in (database.owner, database.role):
                psycopg.connect(url_as(customer, role, passwords[role], path=database.name)).close()
    finally:
        server.stop()


def test_a_nats_server_of_yours_is_told_the_users_and_keeps_your_operator(data: Path) -> None:
    server, yours = EmbeddedNats(data / "yours"), data / "ours"
    try:
        program = server.start()
        address = url_as(server.operator_url, "root", "chosen %/ by you")
        with pytest.raises(StartFailure, match=r"user 'contacts'.*\n.*include .*users\.conf.*reload") as told:
            require_users(yours, address)
        listing = yours / "nats" / "users.conf"
        assert listing.stat().st_mode & 0o077 == 0
        # Exactly what it says.
        line = re.search(r"include \"(.*)\"", str(told.value))
        assert line
        configuration = data / "yours" / "nats" / "nats.conf"
        ours = configuration.read_text()
        # Of an absolute path NATS makes one below its own folder.
        relative = os.path.relpath(line[1], configuration.parent)
        configuration.write_text(re.sub(r"include .*", f'include "{relative}"', ours))
        program.send_signal(signal.SIGHUP)
        eventually_sync(lambda: _enters(yours, address))
        asyncio.run(provision_streams(address))
    finally:
        server.stop()


def _enters(data: Path, address: str) -> bool:
    try:
        require_users(data, address)
    except StartFailure:
        return False
    return True


def test_a_server_that_does_not_answer_needs_no_users(data: Path) -> None:
    with pytest.raises(StartFailure) as told:
        require_users(data, f"nats://root:x@127.0.0.1:{free_ports(1)[0]}")
    assert "could not be reached" in str(told.value)
    assert "users.conf" not in str(told.value)


async def test_servers_that_do_not_answer_are_named_quickly(data: Path) -> None:
    port = free_ports(1)[0]
    with pytest.raises(
        StartFailure, match=r"NATS could not be reached as user 'operator'.*refused|Connect call failed"
    ):
        await provision_streams(f"nats://operator:x@127.0.0.1:{port}")
    with pytest.raises(StartFailure, match="Connection refused"):
        provision_databases(
            f"postgresql://postgres:x@127.0.0.1:{port}/postgres", dict.fromkeys(role_names(), "x")
        )


def test_owners_have_addresses_of_their_own(data: Path) -> None:
    for service in SERVICES:
        Credentials(data).write_addresses(
            f"{service}-owner", {"ENTENTE_POSTGRES_URL": f"postgresql:///{service}"}
        )
    assert owner_urls(data) == {service: f"postgresql:///{service}" for service in SERVICES}


def test_several_addresses_of_a_cluster_are_rewritten_each() -> None:
    cluster = "nats://operator:x@127.0.0.1:1,tls://operator:x@example.org:2"
    assert url_as(cluster, "web", "p,w") == "nats://web:p%2Cw@127.0.0.1:1,tls://web:p%2Cw@example.org:2"
    # One address with two hosts, as PostgreSQL writes it.
    hosts = url_as("postgresql://postgres:x@one,two:5433/postgres", "web", "y", path="web")
    assert hosts == "postgresql://web:y@one,two:5433/web"
