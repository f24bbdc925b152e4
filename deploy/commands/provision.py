"""`entente provision`: prepare servers of your own."""

import argparse
import sys

HELP = "prepare your own servers (ENTENTE_POSTGRES_URL, ENTENTE_NATS_URL)"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """None: the servers are settings."""


def run(_options: argparse.Namespace) -> int:
    """Provision and migrate."""
    from deploy.home import make_folders
    from deploy.provision import migrate, provision, require_users
    from deploy.settings import SystemSettings

    settings = SystemSettings.load()
    if settings.postgres_url is None or settings.nats_url is None:
        sys.stderr.write(
            "ENTENTE_POSTGRES_URL and ENTENTE_NATS_URL must name your servers; `entente up` prepares the embedded ones.\n"
        )
        return 2
    make_folders(settings.data)
    require_users(settings.data, settings.nats_url)
    provision(
        settings.data,
        postgres_url=settings.postgres_url,
        nats_url=settings.nats_url,
        nats_nodes=settings.nats_nodes,
    )
    migrate(settings.data)
    sys.stdout.write(
        f"Both servers are prepared. The addresses of each service are in {settings.data / 'credentials'}: start the "
        "services without ENTENTE_POSTGRES_URL and ENTENTE_NATS_URL.\n"
    )
    return 0
