"""How operators' commands reach a system: its databases and its NATS server, by the addresses in its credentials."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.credentials import Credentials
from deploy.errors import CommandFailure
from deploy.streams import connect
from deploy.topology import OPERATOR
from shared.kit.asking import Asker


def address(data: Path, name: str, key: str) -> str:
    """One address that provisioning wrote for a service or for operators.

    Raises:
        CommandFailure: nothing was provisioned here.
    """
    try:
        # Looked at before it is opened as a folder of ours, which would create it.
        if (data / "credentials" / f"{name}.env").exists():
            return Credentials(data).addresses(name)[key]
    except (OSError, KeyError) as error:
        raise CommandFailure(f"The addresses in {data / 'credentials'} cannot be read: {error}") from error
    raise CommandFailure(
        f"There is no system in {data}: {name}.env is not among its credentials. Set ENTENTE_DATA to the folder of "
        "yours, or start it once."
    )


def database_urls(data: Path, services: Sequence[str]) -> dict[str, str]:
    """For each service, its own database as the service itself sees it."""
    return {service: address(data, service, "ENTENTE_POSTGRES_URL") for service in services}


@asynccontextmanager
async def operator(data: Path) -> AsyncGenerator[Asker]:
    """Ask the running services as an operator.

    Raises:
        CommandFailure: NATS does not answer.
    """
    url = address(data, OPERATOR, "ENTENTE_NATS_URL")
    try:
        client = await connect(url, name="entente-operator")
    except CommandFailure as failure:
        raise CommandFailure(f"{failure} Is the system running?") from failure
    try:
        yield Asker(client)
    finally:
        await client.close()
