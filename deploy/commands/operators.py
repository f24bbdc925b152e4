"""`entente operators`: whose accounts see the pages of operation."""

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from shared.contracts.web.commands import AddOperator, RemoveOperator
from shared.contracts.web.queries import ListOperators

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
    from deploy.reach import operator, told_in_words
    from deploy.settings import SystemSettings

    async def act() -> None:
        async with operator(SystemSettings.load().data) as asker:
            await _act(asker, options)

    with told_in_words():
        asyncio.run(act())
    return 0


async def _act(asker: "Asker", options: argparse.Namespace) -> None:
    match options.action:
        case "add":
            await asker.ask(AddOperator(email=options.email))
            _say(f"{options.email} sees the pages of operation from now on.")
        case "remove":
            before = (await asker.ask(ListOperators())).operators
            command = RemoveOperator(email=options.email)
            await asker.ask(command)
            saw_them = command.email in {it.email for it in before}
            _say(f"{options.email} {'no longer sees' if saw_them else 'did not see'} them.")
        case _:
            found = (await asker.ask(ListOperators())).operators
            for it in found:
                _say(it.email)
            if not found:
                _say("No account sees them.")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
