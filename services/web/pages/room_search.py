"""Look for words in the rooms of a convention. Each result says in which room it is."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, show
from services.web.pages.names import Names, Person, names_of
from services.web.pages.rooms import NAV
from services.web.pages.rooms_view import Tab, tabs_of
from services.web.visits import Visit
from services.web.wording.rooms import NAMES, file_url, room_url, task_url
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.queries import NameSubjects
from shared.contracts.projects.rooms import Hit, HitKind, ListRooms, SearchRooms

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A message, a task or a file that holds the words."""

    kind: HitKind
    room: str
    url: str
    text: str
    author: Person
    at: datetime


@get("/conventions/{convention_id:uuid}/salles/recherche")
async def show_room_search(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The form, and what was found."""
    request.must_be_signed_in()
    begin_page(request)
    convention, text = ConventionId(convention_id), request.query_params.get("texte", "").strip()[:_LONGEST]
    gateway, actor = request.web.gateway, request.actor
    rooms, titles = await asyncio.gather(
        gateway.ask(ListRooms(convention_id=convention), actor),
        gateway.ask(NameSubjects(ids=(convention,)), actor),
    )
    hits = await _hits(request, convention, text)
    names = await names_of(
        request,
        people=(it.person_id for it in hits),
        organizations=(it.organization_id for it in hits),
    )
    tabs: list[Tab] = tabs_of(convention, rooms.rooms)
    return await show(
        request,
        "salles_recherche.html",
        nav=NAV,
        convention={"id": convention, "title": titles.titles.get(convention, "")},
        observes=any(actor.organization_id in it.observers for it in rooms.rooms),
        tabs=tabs,
        valeurs={"texte": text},
        asked=bool(text),
        found=[_found(it, names) for it in hits],
    )


async def _hits(request: Visit, convention_id: ConventionId, text: str) -> tuple[Hit, ...]:
    if not text:
        return ()
    try:
        query = SearchRooms.model_validate({"text": text, "convention_id": convention_id, "limit": 50})
    except ValueError:
        # Characters that no text of ours holds: they are nowhere to be found.
        return ()
    return (await request.web.gateway.ask(query, request.actor)).hits


def _found(hit: Hit, names: Names) -> Found:
    return Found(
        kind=hit.kind,
        room=NAMES[hit.room],
        url=_url(hit),
        text=hit.text,
        author=names.who(hit.person_id, hit.organization_id),
        at=hit.at,
    )


def _url(hit: Hit) -> str:
    if hit.task_id:
        return task_url(hit.convention_id, hit.room, hit.task_id)
    if hit.file_id:
        return file_url(hit.convention_id, hit.room, hit.file_id)
    return room_url(hit.convention_id, hit.room)
