"""`entente organizations add`: enter an organisation into the directory."""

import argparse
import asyncio
import sys
from uuid import UUID

from deploy.errors import CommandFailure
from shared.contracts.contacts.commands import Address, OrganizationEntry, RegisterOrganizations
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.values import Side

HELP = "enter an organisation into the directory"

_NUMBERS = {"finess": "FINESS number", "siren": "SIREN number", "rna": "RNA number"}

_WHY = {
    "form": "it does not have the form of such a number",
    "check_digit": "its check digit does not fit, so a digit is mistyped",
    "taken": "another organisation has it",
    "empty": "it has no letter and no figure",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the directory holds of it."""
    add = parser.add_subparsers(required=True, metavar="ACTION").add_parser(
        "add", help=HELP, description=HELP
    )
    add.add_argument("name")
    add.add_argument(
        "--side", choices=[str(it) for it in Side], required=True, help="which kind of party it is"
    )
    add.add_argument(
        "--kind", default="", help="as its register calls it: Centre hospitalier, Association déclarée…"
    )
    for name, told in _NUMBERS.items():
        add.add_argument(f"--{name}", help=f"its {told}; the key is checked")
    for name in ("street", "postal-code", "city", "purpose"):
        add.add_argument(f"--{name}", default="")
    add.add_argument(
        "--id", type=UUID, default=None, help="its id, to do the same thing again; made when left out"
    )


def run(options: argparse.Namespace) -> int:
    """0 once it is entered; its id is printed, for `entente people enroll`."""
    from deploy.reach import operator, told_in_words
    from deploy.settings import SystemSettings

    organization_id = OrganizationId(options.id or new_id())

    async def add() -> None:
        entry = OrganizationEntry(
            organization_id=organization_id,
            side=options.side,
            name=options.name,
            kind=options.kind,
            purpose=options.purpose,
            address=Address(street=options.street, postal_code=options.postal_code, city=options.city),
            **{name: getattr(options, name) for name in _NUMBERS},
        )
        async with operator(SystemSettings.load().data) as asker:
            report = await asker.ask(RegisterOrganizations(entries=(entry,)))
        for it in report.refused:
            name = {"organization_id": "id"}.get(it.field, it.field)
            raise CommandFailure(f"Refused: {name}: {_WHY.get(it.reason, it.reason)}.")
        known = "" if report.registered else "  (it was there already)"
        sys.stdout.write(f"{entry.organization_id}  {entry.name}{known}\n")

    with told_in_words(again=f" To do the same thing again, add --id {organization_id}"):
        asyncio.run(add())
    return 0
