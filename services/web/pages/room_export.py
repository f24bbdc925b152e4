"""A room as one JSON file, to keep: every message, every task, what is known of each file, and the names of whoever wrote
and gave them.

It is written while it is read, so that a long room takes no more memory than a short one.
"""

import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Stream

from services.web.pages.names import names_of
from services.web.pages.rooms_view import Entered, enter, room_paths
from services.web.visits import Visit
from services.web.wording.rooms import SLUGS
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.room_files import ListRoomFiles, RoomFileView
from shared.contracts.projects.rooms import ListMessages, ListTasks, MessageView, TaskView
from shared.kit import clock

FORM = "entente-room/1"
_PAGE = 50
# As many ids as names are asked for at once.
_NAMES_AT_ONCE = 200


@get(room_paths("/export.json"))
async def export_room(request: Visit, convention_id: FromPath[UUID]) -> Stream:
    """The file."""
    entered = await enter(request, ConventionId(convention_id))
    name = f"salle-{SLUGS[entered.room.room]}-{clock.today_in_paris().isoformat()}.json"
    return Stream(
        room_as_json(request, entered),
        media_type="application/json",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


async def room_as_json(visit: Visit, entered: Entered) -> AsyncIterator[str]:
    """The pieces of the file."""
    people: set[UUID] = set()
    organizations: set[UUID] = set(entered.room.readers)
    head = {
        "form": FORM,
        "convention_id": entered.convention_id,
        "convention": entered.title,
        "room": entered.room.room,
        "read_by": list(entered.room.readers),
        "exported_at": clock.now(),
    }
    yield _json(head)[:-1] + ',"messages":['
    first = True
    async for message in _messages(visit, entered):
        people.add(message.person_id)
        organizations.add(message.organization_id)
        yield ("" if first else ",") + _json(message.model_dump(exclude={"is_new"}))
        first = False
    yield '],"tasks":['
    first = True
    async for task in _tasks(visit, entered):
        people |= {it for it in (task.owner, task.added_by_person, task.finished_by_person) if it}
        organizations |= {it for it in (task.organization_id, task.added_by, task.finished_by) if it}
        yield ("" if first else ",") + _json(task.model_dump())
        first = False
    yield '],"files":['
    first = True
    async for file in files_in(visit, entered):
        people.add(file.person_id)
        organizations.add(file.organization_id)
        yield ("" if first else ",") + _json(file.model_dump(exclude={"is_new", "may_remove"}))
        first = False
    yield "]," + _json(await _names(visit, people, organizations))[1:]


async def _messages(visit: Visit, entered: Entered) -> AsyncIterator[MessageView]:
    query = ListMessages(convention_id=entered.convention_id, room=entered.room.room, limit=_PAGE)
    while True:
        page = await visit.web.gateway.ask(query, visit.actor)
        for message in page.messages:
            yield message
        if page.next_before is None:
            return
        query = query.model_copy(update={"before": page.next_before})


async def _tasks(visit: Visit, entered: Entered) -> AsyncIterator[TaskView]:
    query = ListTasks(convention_id=entered.convention_id, room=entered.room.room)
    for task in (await visit.web.gateway.ask(query, visit.actor)).tasks:
        yield task
    query = query.model_copy(update={"done": True})
    while True:
        page = await visit.web.gateway.ask(query, visit.actor)
        for task in page.tasks:
            yield task
        if page.next_before is None:
            return
        query = query.model_copy(update={"before": page.next_before})


async def files_in(visit: Visit, entered: Entered) -> AsyncIterator[RoomFileView]:
    """Every file of the room, newest first."""
    query = ListRoomFiles(convention_id=entered.convention_id, room=entered.room.room, limit=_PAGE)
    while True:
        page = await visit.web.gateway.ask(query, visit.actor)
        for file in page.files:
            yield file
        if page.next_before is None:
            return
        query = query.model_copy(update={"before": page.next_before})


async def _names(visit: Visit, people: set[UUID], organizations: set[UUID]) -> dict[str, Any]:
    named: dict[str, dict[str, str]] = {"people": {}, "organizations": {}}
    wanted = sorted(people)
    # At least once, for the organisations of a room where nobody has written.
    for start in range(0, max(len(wanted), 1), _NAMES_AT_ONCE):
        some = wanted[start : start + _NAMES_AT_ONCE]
        names = await names_of(visit, people=some, organizations=organizations if start == 0 else ())
        named["people"] |= {str(it): names.person(it) for it in some}
        named["organizations"] |= {str(it): name for it, name in names.organizations.items()}
    return named


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
