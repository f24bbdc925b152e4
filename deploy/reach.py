"""How operators' commands reach a system: its databases and its NATS server, by the addresses in its credentials."""

import importlib
import inspect
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from pydantic import ValidationError

from deploy.credentials import Credentials
from deploy.errors import CommandFailure
from deploy.streams import connect
from deploy.topology import OPERATOR, SERVICES
from shared.contracts.refusals import Defect, InvalidRequest, Refusal, Trouble
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


def learn_refusals() -> None:
    """Import what services refuse with: a refusal is recognised by its code once its class is there."""
    for service in SERVICES:
        importlib.import_module(f"shared.contracts.{service}.refusals")


@contextmanager
def told_in_words(*, again: str = "") -> Generator[None]:
    """Turn whatever a request to a service may raise into a sentence for the terminal.

    `again` says how to do the same thing again, where it is not known whether it was done.

    Raises:
        CommandFailure: instead of it.
    """
    learn_refusals()
    try:
        yield
    except ValidationError as error:
        wrong = ", ".join(
            f"{'.'.join(map(str, it['loc']))}: {_in_words(it['type'], it['msg'])}"
            for it in error.errors(include_url=False)
        )
        raise CommandFailure(f"Not usable: {wrong}") from error
    except InvalidRequest as refusal:
        wrong = ", ".join(f"{it['field']}: {it['reason']}" for it in refusal.fields["problems"])
        raise CommandFailure(f"Not usable: {wrong}") from refusal
    except Refusal as refusal:
        why = (inspect.getdoc(type(refusal)) or "").split("\n\n")[0]
        raise CommandFailure(f"Refused ({refusal.code}). {why}") from refusal
    except Trouble as trouble:
        raise CommandFailure(
            f"{trouble}. Is the system running, and does it reach its database?{again}"
        ) from trouble
    except Defect as defect:
        raise CommandFailure(f"{defect}: its log says why.{again}") from defect


def _in_words(kind: str, said: str) -> str:
    """A pattern says nothing to whoever does not read patterns."""
    return "it does not have the right form" if kind == "string_pattern_mismatch" else said
