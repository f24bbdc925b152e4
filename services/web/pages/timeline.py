"""Historique: what happened in a partnership, the same for both sides."""

import asyncio
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from services.web.pages.convention_view import ask_convention
from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, show
from services.web.pages.names import names_of
from services.web.pages.news import news_of
from services.web.visits import Visit
from services.web.wording.dates import local_day
from services.web.wording.rooms import room_url
from services.web.wording.timeline import News
from shared.contracts.identifiers import ConventionId, EventId
from shared.contracts.projects.queries import GetTimeline
from shared.contracts.projects.rooms import RoomKind


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day of Paris."""

    date: date
    entries: list[News]


@get("/conventions/{convention_id:uuid}/historique")
async def show_timeline(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """One page of it, newest first."""
    return await _page(request, ConventionId(convention_id), RoomKind.SHARED)


@get("/conventions/{convention_id:uuid}/salles/privee/historique")
async def show_room_timeline(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """What happened in the private room of the reader's side."""
    return await _page(request, ConventionId(convention_id), RoomKind.PRIVATE)


async def _page(request: Visit, convention_id: ConventionId, room: RoomKind) -> Page:
    request.must_be_signed_in()
    begin_page(request)
    query = GetTimeline(convention_id=convention_id, room=room, before=_before(request))
    shown, timeline = await asyncio.gather(
        ask_convention(request, convention_id), request.web.gateway.ask(query, request.actor)
    )
    names = await names_of(
        request,
        people=(it.person_id for it in timeline.entries),
        organizations=(it.organization_id for it in timeline.entries),
    )
    news = news_of(timeline.entries, names)
    days = [Day(day, list(entries)) for day, entries in groupby(news, key=lambda it: local_day(it.at))]
    older = timeline.next_before
    private = room is RoomKind.PRIVATE
    address = room_url(convention_id, room) if private else shown.url
    return await show(
        request,
        "historique.html",
        nav="conventions",
        live_url=shown.live_url,
        convention=shown.facts,
        days=days,
        private=private,
        next_url=f"{address}/historique?avant={older}" if older else None,
    )


def _before(request: Visit) -> EventId | None:
    try:
        return EventId(UUID(request.query_params.get("avant", "")))
    except ValueError:
        return None
