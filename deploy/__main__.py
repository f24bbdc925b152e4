"""The command line: `python -m deploy <command>`, also installed as `entente`."""

import argparse
import sys

from deploy.errors import StartFailure


def main() -> int:
    """Run one command; the result is the exit code."""
    parser = argparse.ArgumentParser(prog="entente", description="Start and look after an Entente system.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("up", help="start the whole system, and stop it on Ctrl-C")
    commands.add_parser("provision", help="prepare your own servers (ENTENTE_POSTGRES_URL, ENTENTE_NATS_URL)")
    commands.add_parser("events", help="print the catalogue: who announces what, and who listens")
    chosen = parser.parse_args()
    match chosen.command:
        case "up":
            from deploy.up import up

            return up()
        case "events":
            return _events()
        case _:
            return _provision()


def _events() -> int:
    from deploy.reference.catalogue import collect
    from deploy.reference.pages import events_table

    for subject, _name, readers, told in events_table(collect()):
        sys.stdout.write(f"{subject}\n    {told}\n    read by {readers}\n")
    return 0


def _provision() -> int:
    from deploy.provision import migrate, provision, require_users
    from deploy.settings import SystemSettings

    settings = SystemSettings.load()
    if settings.postgres_url is None or settings.nats_url is None:
        sys.stderr.write(
            "ENTENTE_POSTGRES_URL and ENTENTE_NATS_URL must name your servers; `entente up` prepares the embedded ones.\n"
        )
        return 2
    try:
        require_users(settings.data, settings.nats_url)
        provision(settings.data, postgres_url=settings.postgres_url, nats_url=settings.nats_url)
        migrate(settings.data)
    except StartFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
