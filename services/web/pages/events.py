"""The event stream of an open page: fresh counters, and one line when something happened in what it shows."""

from collections.abc import AsyncIterator
from uuid import UUID

from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Stream

from services.web.accounts.sessions import still_lives
from services.web.live import Watcher
from services.web.visits import Visit
from services.web.wording.live import news_line, unread_counter
from services.web.wording.rooms import SLUGS, room_url
from shared.contracts.identifiers import ConventionId, ProjectId
from shared.contracts.notifications.queries import CountUnread
from shared.contracts.projects.queries import GetConvention, GetProject
from shared.contracts.projects.refusals import RoomNotFound
from shared.contracts.projects.rooms import ListRooms, RoomView
from shared.kit.clock import now
from shared.kit.database import transaction

PATH = "/evenements"
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


@get(PATH, include_in_schema=False)
async def events(
    request: Visit,
    convention: FromQuery[UUID | None] = None,
    projet: FromQuery[UUID | None] = None,
    salle: FromQuery[str] = "",
    version: FromQuery[int] = 0,
) -> Response[bytes] | Stream:
    """Open the stream. `version` is what the page shows: news between its making and this moment count too."""
    actor = request.actor
    about, current, url = None, version, "/"
    if convention is not None and salle:
        room = await _room(request, ConventionId(convention), salle)
        about, current, url = room.room_id, room.version, room_url(convention, room.room)
    elif convention is not None:
        seen = await request.web.gateway.ask(GetConvention(convention_id=ConventionId(convention)), actor)
        about, current, url = seen.convention_id, seen.version, f"/conventions/{convention}"
    elif projet is not None:
        shown = await request.web.gateway.ask(GetProject(project_id=ProjectId(projet)), actor)
        about, current, url = shown.convention_id, shown.version, f"/projets/{projet}"
    watcher = request.web.live.watch(actor.person_id, about)
    if watcher is None:
        return Response(b"", status_code=429, headers={"retry-after": "60"})
    # A browser that comes back after a pause has missed what passed: both are told at once.
    watcher.change_counters()
    if version and current > version:
        watcher.count_news(current - version)
    return Stream(_messages(request, watcher, url), media_type="text/event-stream", headers=_HEADERS)


async def _room(request: Visit, convention_id: ConventionId, slug: str) -> RoomView:
    """The room, if the reader may enter it; what she may not enter is not there to be watched."""
    rooms = await request.web.gateway.ask(ListRooms(convention_id=convention_id), request.actor)
    for room in rooms.rooms:
        if SLUGS[room.room] == slug:
            return room
    raise RoomNotFound


async def _messages(request: Visit, watcher: Watcher, url: str) -> AsyncIterator[str]:
    try:
        yield "retry: 3000\n\n"
        async for counters, news in watcher.changes():
            if not await _still_signed_in(request):
                # Ended elsewhere: it does not open again.
                return
            fragment = ""
            if counters:
                count = await request.web.gateway.ask_if_there(CountUnread(), request.actor)
                fragment += unread_counter(count.unread) if count else ""
            if news:
                fragment += news_line(watcher.news, url)
            yield f"data: {fragment}\n\n" if fragment else ": \n\n"
    finally:
        # Nothing is awaited here: the task is being cancelled when the browser has left.
        request.web.live.leave(watcher)


async def _still_signed_in(request: Visit) -> bool:
    session = request.visitor.session
    if session is None:
        # A token is asked for with every request of its own; nothing that lasts is open to it.
        return False
    async with transaction(request.web.database, actor=None) as tx:
        return await still_lives(tx, session.session_id, now())
