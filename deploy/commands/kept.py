"""`entente kept`: the databases that restores have replaced, and their end."""

import argparse
import sys

HELP = "list the databases that restores have replaced and kept, or remove one of them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which one to remove, if any."""
    parser.add_argument("--remove", metavar="NAME", help="remove this one for good")


def run(options: argparse.Namespace) -> int:
    """0 once it is done."""
    from deploy.backups.backup import administrators_url
    from deploy.backups.databases import kept_databases, remove_kept
    from deploy.settings import SystemSettings

    url = administrators_url(SystemSettings.load())
    if options.remove:
        remove_kept(url, options.remove)
        sys.stdout.write(f"{options.remove} is removed.\n")
        return 0
    found = kept_databases(url)
    for name, size in found:
        sys.stdout.write(f"{name}  {size / 1e6:.1f} MB\n")
    if not found:
        sys.stdout.write("No restore has kept a database here.\n")
    return 0
