"""Fill a new system with the sample, once: the directory, a few people, and their partnerships.

Operators' commands enter the directory and the people; everything else is done by those people through the API.
"""

import asyncio
import csv
import json
import secrets
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from deploy.credentials import Credentials
from deploy.files import write_private
from deploy.sample.api import Voice
from deploy.sample.people import ORGANIZATIONS, PASSWORD, PEOPLE, SamplePerson
from deploy.sample.story import tell
from shared.contracts.contacts.commands import (
    Address,
    EnrollPerson,
    OrganizationEntry,
    RegisterOrganizations,
)
from shared.contracts.web.commands import CreateAccount
from shared.kit.asking import Asker
from shared.kit.service import connected_client

REGISTERS = Path(__file__).parent / "organizations.csv"

# Two of these keep both the directory and its relay busy; one registration takes up to 200.
_BATCH = 80

# On a loaded machine the first request waits for everything else that starts.
_PATIENCE_SECONDS = 15.0


async def load(data: Path) -> None:
    """Load what is missing; `sample.json` tells scripts where the system is and who they can be."""
    path = data / "sample.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    base = json.loads((data / "run" / "web.json").read_text(encoding="utf-8"))["http"]
    tokens = {it["email"]: it["token"] for it in before.get("people", ())}
    # Written before anything else: a load that is interrupted goes on with the tokens that it gave out.
    sample = _sample(base, tokens, loaded=before.get("loaded", False))
    write_private(path, _json(sample))
    if sample["loaded"]:
        return
    await _enter(data, sample)
    async with AsyncExitStack() as stack:
        voices = {
            person.key: await stack.enter_async_context(Voice(base, entry["token"]))
            for person, entry in zip(PEOPLE, sample["people"], strict=True)
        }
        await tell(voices)
    write_private(path, _json(sample | {"loaded": True}))


def _sample(base: str, tokens: dict[str, str], *, loaded: bool) -> dict[str, Any]:
    return {
        "base": base,
        "people": [
            {
                "name": person.name,
                "side": person.organization.side,
                "organization": person.organization.name,
                "email": person.email,
                "password": PASSWORD,
                "token": tokens.get(person.email) or f"ent_{secrets.token_urlsafe(32)}",
            }
            for person in PEOPLE
        ],
        "loaded": loaded,
    }


async def _enter(data: Path, sample: dict[str, Any]) -> None:
    url = Credentials(data).addresses("operator")["ENTENTE_NATS_URL"]
    async with connected_client(url, service="operator") as client:
        asker = Asker(client)
        await _register(asker, tuple(it.entry for it in ORGANIZATIONS))
        # The real organisations have no part in what the people do: both at once.
        await asyncio.gather(
            *(_register(asker, entries) for entries in _batches()),
            *(
                _enroll(asker, person, entry["token"])
                for person, entry in zip(PEOPLE, sample["people"], strict=True)
            ),
        )


async def _register(asker: Asker, entries: tuple[OrganizationEntry, ...]) -> None:
    report = await asker.ask(RegisterOrganizations(entries=entries), timeout_seconds=_PATIENCE_SECONDS)
    if report.refused:
        raise RuntimeError(f"the directory refuses lines of the sample: {report.refused}")


async def _enroll(asker: Asker, person: SamplePerson, token: str) -> None:
    await asker.ask(
        EnrollPerson(
            person_id=person.person_id,
            given_name=person.given_name,
            family_name=person.family_name,
            email=person.email,
            organization_id=person.organization.organization_id,
            function=person.function,
            administrator=person.administrator,
            signatory=person.signatory,
        ),
        timeout_seconds=_PATIENCE_SECONDS,
    )
    await asker.ask(
        CreateAccount(
            person_id=person.person_id,
            email=person.email,
            password=PASSWORD,
            organization_id=person.organization.organization_id,
            api_token=token,
        ),
        timeout_seconds=_PATIENCE_SECONDS,
    )


def _batches() -> Iterator[tuple[OrganizationEntry, ...]]:
    with REGISTERS.open(encoding="utf-8", newline="") as file:
        entries = [_entry(row) for row in csv.DictReader(file)]
    for start in range(0, len(entries), _BATCH):
        yield tuple(entries[start : start + _BATCH])


def _entry(row: dict[str, str]) -> OrganizationEntry:
    return OrganizationEntry.model_validate(
        {
            **{name: row[name] for name in ("organization_id", "side", "name", "kind", "purpose")},
            **{name: row[name] or None for name in ("finess", "siren", "rna")},
            "address": Address(street=row["street"], postal_code=row["postal_code"], city=row["city"]),
        }
    )


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
