"""What a reader may keep of a partnership, as data.

Names are those that the reader may know on the day she takes it. Nothing of another side's own room is in it: it holds
what services answer to her, and nothing else.
"""

import asyncio
import json
from collections.abc import Iterable

from services.web.pages.names import names_of
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId, ProjectId
from shared.contracts.projects.queries import (
    GetProject,
    GetTimeline,
    ProjectView,
    TimelineEntry,
)
from shared.contracts.projects.rooms import RoomKind

_PAGE = 200
# A partnership that acts thirty times a day fills this in nine years; more than that is asked of the API, page by page.
MOST_ENTRIES = 100_000
_PROJECTS_AT_ONCE = 8


async def timeline_of(
    visit: Visit, convention_id: ConventionId, room: RoomKind = RoomKind.SHARED
) -> list[TimelineEntry]:
    """All that happened, oldest first: to both sides, or in the reader's private room."""
    entries: list[TimelineEntry] = []
    before = None
    while len(entries) < MOST_ENTRIES:
        query = GetTimeline(convention_id=convention_id, room=room, before=before, limit=_PAGE)
        page = await visit.web.gateway.ask(query, visit.actor)
        entries += page.entries
        before = page.next_before
        if before is None:
            break
    return entries[::-1]


async def projects_of(visit: Visit, entries: Iterable[TimelineEntry]) -> list[ProjectView]:
    """Every project of which the timeline tells, with its milestones, indicators and measures."""
    turn = asyncio.Semaphore(_PROJECTS_AT_ONCE)

    async def one(project_id: ProjectId) -> ProjectView:
        async with turn:
            return await visit.web.gateway.ask(GetProject(project_id=project_id), visit.actor)

    return list(await asyncio.gather(*(one(it) for it in projects_in(entries))))


def projects_in(entries: Iterable[TimelineEntry]) -> list[ProjectId]:
    """The projects that something happened to, the oldest first, each once: however many there are, none is left out."""
    return list(dict.fromkeys(it.project_id for it in entries if it.project_id))


async def names_in(visit: Visit, entries: list[TimelineEntry]) -> dict[str, str]:
    """The names behind the ids of what happened, as far as the reader may know them."""
    names = await names_of(
        visit,
        people=(it.person_id for it in entries),
        organizations=(it.organization_id for it in entries),
    )
    known = {**names.people, **names.organizations}
    return {str(identifier): name for identifier, name in known.items()}


def as_json(content: object) -> bytes:
    """Indented, for people too."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()
