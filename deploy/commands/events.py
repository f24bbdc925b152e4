"""`entente events`: print the catalogue."""

import argparse
import sys

HELP = "print the catalogue: who announces what, and who listens"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Print it."""
    from deploy.reference.catalogue import collect
    from deploy.reference.pages import events_table

    for subject, _name, readers, told in events_table(collect()):
        sys.stdout.write(f"{subject}\n    {told}\n    read by {readers}\n")
    return 0
