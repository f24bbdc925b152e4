"""Where the parts of contacts meet: the order below is the order of the start; stopping runs it backwards."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from services.contacts.directory import api as directory
from services.contacts.mandates import api as mandates
from services.contacts.mandates import subscribers as mandates_subscribers
from services.contacts.partnerships import subscribers as partnerships
from services.contacts.people import api as people
from services.contacts.projections import PROJECTIONS
from services.contacts.settings import ContactsSettings
from shared.backbone.assembly import Backbone
from shared.backbone.subscribers import Subscribers
from shared.kit import database, health, logging, requests, service


@asynccontextmanager
async def running(settings: ContactsSettings) -> AsyncGenerator[None]:
    """The service, started."""
    name = settings.service
    subscribers = Subscribers()
    # Partnerships first: mandates react to a party that is gone here too.
    subscribers.include(partnerships.subscribers)
    subscribers.include(mandates_subscribers.subscribers)
    routers = [directory.router, people.router, mandates.router]
    async with (
        database.connected(settings.postgres_url) as db,
        service.connected_client(settings.nats_url, service=name) as client,
    ):
        backbone = Backbone(db, client, subscribers, PROJECTIONS, settings)
        await backbone.require_usable()
        async with (
            service.in_background(*backbone.parts()),
            requests.answering(settings.nats_url, db, [*routers, *backbone.routers], service=name),
            health.serving(
                service.ready_checks(db, client) | backbone.checks(),
                port=settings.ops_port,
                run_file=settings.run_file,
            ),
        ):
            yield


def main() -> None:
    """Run until told to stop."""
    settings = ContactsSettings.load()
    logging.configure(settings.service, settings.log_level)
    service.run(running(settings))
