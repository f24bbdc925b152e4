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


# As a shell tells it.
_INTERRUPTED = 130


def main() -> int:
    """Run one command; the result is the exit code."""
    parser = argparse.ArgumentParser(prog="entente", description="Start and look after an Entente system.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parsers = {
        name: commands.add_parser(name, help=it.HELP, description=it.HELP) for name, it in COMMANDS.items()
    }
    for name, command in COMMANDS.items():
        command.arguments(parsers[name])
    options, unknown = parser.parse_known_args()
    if unknown:
        # Of itself it would print the usage of `entente`.
        parsers[options.command].error(f"unrecognized arguments: {' '.join(unknown)}")
    try:
        return COMMANDS[options.command].run(options)
    except CommandFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
