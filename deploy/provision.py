"""Prepares the servers, ours or yours, for the services: databases, roles, streams, consumers, address files.

Idempotent: the start runs it every time, and `python -m deploy provision` runs it alone.
"""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from deploy.credentials import Credentials
from deploy.databases import provision_databases, role_names
from deploy.embedded.nats_config import USERS_FILE, users_config
from deploy.errors import StartFailure
from deploy.files import private_folder, write_private
from deploy.streams import connect, provision_streams
from deploy.topology import DATABASES, OPERATOR, SERVICES
from shared.kit import migrations


def provision(data: Path, *, postgres_url: str, nats_url: str, nats_nodes: int = 1) -> None:
    """Prepare both servers through an administrator's and an operator's address, and write the address files."""
    credentials = Credentials(data)
    credentials.make_seal()
    roles = credentials.passwords("postgres", role_names())
    users = credentials.passwords("nats", (OPERATOR, *SERVICES))
    provision_databases(postgres_url, roles)
    asyncio.run(provision_streams(nats_url, nodes=nats_nodes))
    credentials.write_addresses(OPERATOR, {"ENTENTE_NATS_URL": nats_url})
    for database in DATABASES:
        owner = url_as(postgres_url, database.owner, roles[database.owner], path=database.name)
        credentials.write_addresses(f"{database.service}-owner", {"ENTENTE_POSTGRES_URL": owner})
        credentials.write_addresses(
            database.service,
            {
                "ENTENTE_POSTGRES_URL": url_as(
                    postgres_url, database.role, roles[database.role], path=database.name
                ),
                "ENTENTE_NATS_URL": url_as(nats_url, database.service, users[database.service]),
            },
        )


def owner_urls(data: Path) -> dict[str, str]:
    """Return, for each service, the address that its migrations run under."""
    credentials = Credentials(data)
    return {
        database.service: credentials.addresses(f"{database.service}-owner")["ENTENTE_POSTGRES_URL"]
        for database in DATABASES
    }


def url_as(url: str, user: str, password: str, *, path: str | None = None) -> str:
    """Rewrite an address, or several by commas, for another user, and for another database when a path is given."""
    # Before another scheme only: one address of PostgreSQL may name several hosts by commas.
    return ",".join(_url_as(it, user, password, path) for it in re.split(r",(?=\w+://)", url))


def _url_as(url: str, user: str, password: str, path: str | None) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{quote(user, safe='')}:{quote(password, safe='')}@{host}"
    return urlunsplit((parts.scheme, netloc, parts.path if path is None else f"/{path}", parts.query, ""))


def require_users(data: Path, nats_url: str) -> None:
    """Check that a NATS server of yours knows the users of the services; NATS has no request that would create them.

    Raises:
        StartFailure: it does not, or does not answer; the message says what to do.
    """
    users = Credentials(data).passwords("nats", (OPERATOR, *SERVICES))
    listing = private_folder(data / "nats") / USERS_FILE
    write_private(listing, users_config(users, operator=_user_of(nats_url)))

    async def try_all() -> None:
        for service in SERVICES:
            client = await connect(url_as(nats_url, service, users[service]), name="entente-provision")
            await client.close()

    try:
        asyncio.run(try_all())
    except StartFailure as failure:
        if "authorization violation" not in str(failure).lower():
            raise
        raise StartFailure(
            f"{failure}\nYour NATS server does not know the services yet: write `include {json.dumps(str(listing))}` into its "
            "configuration, instead of its `authorization` (the operator of ENTENTE_NATS_URL is in it), reload it "
            "(`nats-server --signal reload`), and do this again."
        ) from failure


def _user_of(nats_url: str) -> tuple[str, str] | None:
    parts = urlsplit(nats_url.partition(",")[0])
    return (unquote(parts.username), unquote(parts.password)) if parts.username and parts.password else None


def migrate(data: Path) -> None:
    """Bring every database to the schema that its service expects, all at the same time."""
    urls = owner_urls(data)
    with ThreadPoolExecutor(len(urls)) as pool:
        for service, result in {
            it: pool.submit(migrations.apply, it, url) for it, url in urls.items()
        }.items():
            try:
                result.result()
            except Exception as error:
                raise StartFailure(f"The database of {service} could not be migrated: {error}") from error
