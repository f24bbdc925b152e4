"""Where the parts of web meet: the order below is the order of the start; stopping runs it backwards."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from services.web import routes, server
from services.web.accounts import invitations, operators, requests, reset_links, sessions, throttle
from services.web.api.throttle import Throttle
from services.web.documents import certificates
from services.web.documents.checking import Checker
from services.web.documents.printing import Printer
from services.web.documents.seal_key import SealKey
from services.web.failures import answer_failure
from services.web.gateway import Gateway
from services.web.live import Live
from services.web.reception import Reception
from services.web.rendering import Rendering
from services.web.security import origin_of
from services.web.settings import WebSettings
from services.web.sweeping import sweep_files
from services.web.visits import Web
from shared.kit import database, health, logging, service
from shared.kit.asking import Asker
from shared.kit.clock import now
from shared.kit.database import Database, transaction
from shared.kit.requests import answering

_CLEANED_EVERY_SECONDS = 3600


@asynccontextmanager
async def running(settings: WebSettings) -> AsyncGenerator[None]:
    """The service, started."""
    name = settings.service
    seal = SealKey.load(settings.seal)
    with server.listen(settings.http_host, settings.http_port, shared=settings.share_port) as listener:
        local = server.local_address(listener)
        public = settings.public_url or local
        files = settings.files
        async with (
            database.connected(settings.postgres_url) as db,
            service.connected_client(settings.nats_url, service=name) as client,
            service.in_background(
                _forget_what_expired(db), sweep_files(files, db, Asker(client), settings.unused_files)
            ),
            answering(settings.nats_url, db, [requests.router_for(public), operators.router], service=name),
        ):
            async with transaction(db, actor=None) as tx:
                await certificates.remember(tx, seal.certificate)
            live = Live()
            await live.listen(client)
            web = Web(
                settings=settings,
                public_url=public,
                own_origins=frozenset({origin_of(public), origin_of(local)}),
                database=db,
                gateway=Gateway(Asker(client)),
                rendering=Rendering(),
                live=live,
                throttle=Throttle(settings.api_requests_per_second),
                printer=Printer(seal),
                checker=Checker(db),
                files=files,
            )
            application = Reception(routes.application(web), web, answer_failure)
            async with (
                server.serving(
                    application, listener, trusted_proxies=settings.trusted_proxies, before_stop=live.stop
                ),
                health.serving(
                    service.ready_checks(db, client) | {"files": files.answers},
                    port=settings.ops_port,
                    run_file=settings.run_file,
                    http=local,
                ),
            ):
                yield


async def _forget_what_expired(db: Database) -> None:
    """Drop what no longer opens anything; the lookups ignore it already."""
    while True:
        async with transaction(db, actor=None) as tx:
            await sessions.forget_expired(tx, now())
            await invitations.forget_expired(tx, now())
            await reset_links.forget_expired(tx, now())
            await throttle.forget_old(tx, now())
        await asyncio.sleep(_CLEANED_EVERY_SECONDS)


def main() -> None:
    """Run until told to stop."""
    settings = WebSettings.load()
    logging.configure(settings.service, settings.log_level)
    service.run(running(settings))
