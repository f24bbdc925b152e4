"""`entente up`: start the whole system and keep it running."""

import argparse

HELP = "start the whole system, and stop it on Ctrl-C"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """None: what may be chosen are settings."""


def run(_options: argparse.Namespace) -> int:
    """Run until stopped."""
    from deploy.up import up

    return up()
