"""Where the parts of notifications meet: the order below is the order of the start; stopping runs it backwards."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from services.notifications.delivery.address import PublicAddress
from services.notifications.delivery.composing import Composer
from services.notifications.delivery.maildir import MaildirTransport
from services.notifications.delivery.smtp import SmtpServer, SmtpTransport
from services.notifications.delivery.transport import Transport
from services.notifications.delivery.worker import Worker
from services.notifications.notices import api as inbox
from services.notifications.notices import subscribers as notices
from services.notifications.projections import PROJECTIONS
from services.notifications.recipients import subscribers as recipients
from services.notifications.settings import NotificationsSettings
from shared.backbone.assembly import Backbone
from shared.backbone.subscribers import Subscribers
from shared.kit import database, health, logging, requests, service
from shared.kit.asking import Asker


@asynccontextmanager
async def running(settings: NotificationsSettings) -> AsyncGenerator[None]:
    """The service, started."""
    name = settings.service
    subscribers = Subscribers()
    # In this order: who is concerned is learned before anybody is told of the same event.
    subscribers.include(recipients.subscribers)
    subscribers.include(notices.subscribers)
    composer = Composer(settings.mail_from)
    address = PublicAddress(settings.public_url, settings.http_port, settings.data / "run" / "web.json")
    async with (
        database.connected(settings.postgres_url) as db,
        service.connected_client(settings.nats_url, service=name) as client,
    ):
        backbone = Backbone(db, client, subscribers, PROJECTIONS, settings)
        await backbone.require_usable()
        worker = Worker(db, Asker(client), transport(settings, composer.domain), composer, address)
        async with (
            service.in_background(*backbone.parts(), worker.run(), worker.measure()),
            requests.answering(settings.nats_url, db, [inbox.router, *backbone.routers], service=name),
            health.serving(
                service.ready_checks(db, client) | backbone.checks(),
                port=settings.ops_port,
                run_file=settings.run_file,
            ),
        ):
            yield


def transport(settings: NotificationsSettings, domain: str) -> Transport:
    """The mail server that is set or, without one, a folder."""
    if settings.smtp_url is None:
        return MaildirTransport(settings.data / "mail")
    return SmtpTransport(SmtpServer.parse(settings.smtp_url.get_secret_value()), name=domain)


def main() -> None:
    """Run until told to stop."""
    settings = NotificationsSettings.load()
    logging.configure(settings.service, settings.log_level)
    service.run(running(settings))
