"""Where the parts of projects meet: the order below is the order of the start; stopping runs it backwards."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from services.projects.authority import subscribers as authority
from services.projects.conventions import api as conventions
from services.projects.conventions import api_of_amendments as amendments
from services.projects.conventions import api_of_parties as parties
from services.projects.conventions import subscribers as conventions_subscribers
from services.projects.evidence import api as evidence
from services.projects.life import api as life
from services.projects.life.calendar import keep_calendar
from services.projects.mediation import api as mediation
from services.projects.overview import api as overview
from services.projects.overview import subscribers as overview_subscribers
from services.projects.projections import PROJECTIONS
from services.projects.promises import api as promises
from services.projects.promises.calendar import keep_promises
from services.projects.rooms import api as rooms
from services.projects.settings import ProjectsSettings
from services.projects.templates import api as templates
from services.projects.work import api as work
from shared.backbone.assembly import Backbone
from shared.backbone.subscribers import Subscribers
from shared.kit import database, health, logging, requests, service


@asynccontextmanager
async def running(settings: ProjectsSettings) -> AsyncGenerator[None]:
    """The service, started."""
    name = settings.service
    subscribers = Subscribers()
    # Authority first: the other modules react to a mandate that is known.
    subscribers.include(authority.subscribers)
    subscribers.include(conventions_subscribers.subscribers)
    subscribers.include(overview_subscribers.subscribers)
    routers = [
        conventions.router,
        amendments.router,
        parties.router,
        templates.router,
        rooms.router,
        work.router,
        evidence.router,
        mediation.router,
        life.router,
        promises.router,
        overview.router,
    ]
    async with (
        database.connected(settings.postgres_url) as db,
        service.connected_client(settings.nats_url, service=name) as client,
    ):
        backbone = Backbone(db, client, subscribers, PROJECTIONS, settings)
        await backbone.require_usable()
        async with (
            service.in_background(*backbone.parts(), keep_calendar(db), keep_promises(db)),
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
    settings = ProjectsSettings.load()
    logging.configure(settings.service, settings.log_level)
    service.run(running(settings))
