"""`entente restore`: a system, or one service of it, as it was when it was backed up."""

import argparse
import sys
from pathlib import Path

from deploy.topology import SERVICES

HELP = "put back what `entente backup` copied, while the system is stopped"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file; one service or all; whether to replace what is there."""
    parser.add_argument("file", type=Path, help="made by `entente backup`")
    parser.add_argument(
        "--service",
        choices=SERVICES,
        help="only this service's database, in a system that is there: the others follow it back",
    )
    parser.add_argument(
        "--replace", action="store_true", help="the system that is there, which is kept under another name"
    )


def run(options: argparse.Namespace) -> int:
    """0 once everything is restored and verified; 1 when an event log is broken in the backup already."""
    from deploy.backups.restore import restore
    from deploy.commands.verify import describe
    from deploy.settings import SystemSettings

    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    source = options.file.absolute()
    found = restore(SystemSettings.load(), source, service=options.service, replace=options.replace, say=say)
    broken = [it for it in found if it.breaks]
    for it in broken:
        sys.stderr.write(describe(it))
    if broken:
        say("Restored as it was backed up: with an event log that is BROKEN. An earlier backup may be whole.")
        return 1
    say("Restored. Start it with `make up`, then look with `entente verify`.")
    return 0
