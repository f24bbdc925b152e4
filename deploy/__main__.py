"""The command line: `python -m deploy <command>`, also installed as `entente`."""

import argparse
import sys
from collections.abc import Mapping

from deploy.commands import (
    Command,
    backup,
    events,
    kept,
    operators,
    organizations,
    people,
    provision,
    quarantine,
    replay,
    restore,
    up,
    verify,
)
from deploy.errors import CommandFailure

COMMANDS: Mapping[str, Command] = {
    "up": up,
    "provision": provision,
    "quarantine": quarantine,
    "organizations": organizations,
    "people": people,
    "operators": operators,
    "replay": replay,
    "verify": verify,
    "backup": backup,
    "restore": restore,
    "kept": kept,
    "events": events,
}


def main() -> int:
    """Run one command; the result is the exit code."""
    parser = argparse.ArgumentParser(prog="entente", description="Start and look after an Entente system.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        command.arguments(commands.add_parser(name, help=command.HELP, description=command.HELP))
    options = parser.parse_args()
    try:
        return COMMANDS[options.command].run(options)
    except CommandFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
