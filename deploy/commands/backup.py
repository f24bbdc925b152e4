"""`entente backup`: the whole system into one file."""

import argparse
import sys
from pathlib import Path

HELP = "copy the whole system into one file, while it runs"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, help="a new file; it will hold personal data, so keep it well")


def run(options: argparse.Namespace) -> int:
    """0 once the file is complete; 1 when an event log in it is broken too, or a file is damaged."""
    from deploy.backups.backup import back_up
    from deploy.commands.verify import describe, describe_files
    from deploy.settings import SystemSettings

    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    target = options.file.absolute()
    found, files = back_up(SystemSettings.load(), target, say)
    say(f"{target}: complete, {target.stat().st_size / 1e6:.1f} MB")
    broken = [it for it in found if it.breaks]
    for it in broken:
        sys.stderr.write(describe(it))
    if files.damaged:
        sys.stderr.write(describe_files(files))
    return 1 if broken or files.damaged else 0
