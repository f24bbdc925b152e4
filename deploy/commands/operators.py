"""`entente operators`: whose accounts see the pages of operation."""

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from pydantic import ValidationError

from deploy.errors import CommandFailure
from shared.contracts.refusals import Defect, Trouble
from shared.contracts.web.commands import AddOperator, RemoveOperator
from shared.contracts.web.queries import ListOperators
from shared.contracts.web.refusals import AccountNotFound

if TYPE_CHECKING:
    from shared.kit.asking import Asker

HELP = "say whose accounts see the pages of operation (/exploitation/quarantaine)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add or remove one account, or list them all."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, told in (("add", "open them to an account"), ("remove", "close them to an account")):
        actions.add_parser(name, help=told, description=told).add_argument(
            "email", help="with which the account signs in"
        )
    actions.add_parser("list", help="all of them", description="all of them")


def run(options: argparse.Namespace) -> int:
    """0 once it is done."""
    from deploy.reach import operator
    from deploy.settings import SystemSettings

    async def act() -> None:
        async with operator(SystemSettings.load().data) as asker:
            await _act(asker, options)

    try:
        asyncio.run(act())
    except AccountNotFound as refusal:
        raise CommandFailure(f"Nobody signs in with {options.email}.") from refusal
    except ValidationError as error:
        raise CommandFailure(f"{options.email} is not an e-mail address.") from error
    except Trouble as trouble:
        raise CommandFailure(f"{trouble}. Is the system running?") from trouble
    except Defect as defect:
        raise CommandFailure(f"{defect}: its log says why.") from defect
    return 0


async def _act(asker: "Asker", options: argparse.Namespace) -> None:
    match options.action:
        case "add":
            await asker.ask(AddOperator(email=options.email))
            _say(f"{options.email} sees the pages of operation from now on.")
        case "remove":
            await asker.ask(RemoveOperator(email=options.email))
            _say(f"{options.email} no longer sees them.")
        case _:
            found = (await asker.ask(ListOperators())).operators
            for it in found:
                _say(it.email)
            if not found:
                _say("No account sees them.")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
