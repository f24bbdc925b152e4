"""A room: what was written, what is to be done, the last files, and the forms to add to the first two."""

import asyncio
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.room_files_view import given_files, givers
from services.web.pages.rooms_view import (
    NOBODY,
    doers,
    enter,
    given_in,
    names_in,
    readers_of,
    room_in,
    room_paths,
    task_of,
    written,
)
from services.web.visits import Visit
from services.web.wording.rooms import room_url
from shared.contracts.identifiers import ConventionId, MessageId, TaskId
from shared.contracts.projects.room_files import ListRoomFiles
from shared.contracts.projects.rooms import AddTask, ListMessages, ListTasks, PostMessage, ReadRoom

NAV = "conventions"
# The newest: the others are on their own page.
_FILES = 5
TASK_FIELDS = {"task_owner_not_of_side": "doer", "task_for_no_party": "doer"}


@get(room_paths())
async def show_room(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The page. What it shows is marked as read: what comes later is new."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post(room_paths("/messages"))
async def handle_post_message(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Write in the room."""
    request.must_be_signed_in()
    form, room = await read_form(request), room_in(request)
    command = form.build(
        PostMessage,
        convention_id=convention_id,
        room=room,
        message_id=MessageId(form.made_id),
        text=form.text("text"),
    )
    if await form.send(request, command):
        return await done(request, room_url(convention_id, room), "Votre message est publié.")
    return await _page(request, ConventionId(convention_id), form)


@post(room_paths("/taches"))
async def handle_add_task(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Add a task to the room."""
    request.must_be_signed_in()
    form, room = await read_form(request), room_in(request)
    organization, person = given_in(form)
    command = form.build(
        AddTask,
        convention_id=convention_id,
        room=room,
        task_id=TaskId(form.made_id),
        title=form.text("title"),
        organization_id=organization,
        owner=person,
        due_on=form.optional("due_on"),
    )
    if await form.send(request, command, at=TASK_FIELDS):
        return await done(request, room_url(convention_id, room), "La tâche est ajoutée.")
    return await _page(request, ConventionId(convention_id), form)


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    gateway, actor, kind = request.web.gateway, request.actor, room_in(request)
    before = _before(request)
    entered, messages, tasks, files = await asyncio.gather(
        enter(request, convention_id),
        gateway.ask(ListMessages(convention_id=convention_id, room=kind, before=before), actor),
        gateway.ask(ListTasks(convention_id=convention_id, room=kind), actor),
        gateway.ask(ListRoomFiles(convention_id=convention_id, room=kind, limit=_FILES), actor),
    )
    room = entered.room
    names = await names_in(
        request, room, messages=messages.messages, tasks=tasks.tasks, others=givers(files.files)
    )
    if before is None and room.unread:
        read = ReadRoom(convention_id=convention_id, room=kind, version=messages.room.version)
        await gateway.ask_if_there(read, actor)
    older = messages.next_before
    return await show(
        request,
        "salle.html",
        nav=NAV,
        status=form.status,
        live_url=entered.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        room=entered.facts,
        tabs=entered.tabs,
        readers=readers_of(room, names, actor.organization_id),
        messages=[written(it, names) for it in messages.messages],
        tasks=[task_of(it, names, convention_id, kind) for it in tasks.tasks],
        files=given_files(files.files, names, convention_id, kind),
        doers=await doers(request, room, names) if room.may_write else [],
        nobody=NOBODY,
        next_url=f"{entered.url}?avant={older}" if older else None,
    )


def _before(request: Visit) -> MessageId | None:
    try:
        return MessageId(UUID(request.query_params.get("avant", "")))
    except ValueError:
        return None
