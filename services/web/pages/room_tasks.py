"""A task of a room: who does it, by when, and the acts on it; and the tasks that are done."""

import asyncio
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.rooms import NAV, TASK_FIELDS
from services.web.pages.rooms_view import (
    doers,
    enter,
    given,
    given_in,
    names_in,
    room_in,
    room_paths,
    task_of,
)
from services.web.visits import Visit
from services.web.wording.rooms import room_url, task_url
from shared.contracts.identifiers import ConventionId, TaskId
from shared.contracts.projects.rooms import ChangeTask, FinishTask, GetTask, ListTasks, ReopenTask

_DONE_ON_A_PAGE = 50


@get(room_paths("/taches/{task_id:uuid}"))
async def show_task(request: Visit, convention_id: FromPath[UUID], task_id: FromPath[UUID]) -> Page:
    """The page."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), TaskId(task_id), Form())


@post(room_paths("/taches/{task_id:uuid}/modifier"))
async def handle_change_task(request: Visit, convention_id: FromPath[UUID], task_id: FromPath[UUID]) -> Page:
    """Reword, date or hand it over. When somebody was faster, both versions are shown."""
    request.must_be_signed_in()
    form, room = await read_form(request), room_in(request)
    organization, person = given_in(form)
    command = form.build(
        ChangeTask,
        convention_id=convention_id,
        room=room,
        task_id=task_id,
        revision=form.text("revision"),
        title=form.text("title"),
        organization_id=organization,
        owner=person,
        due_on=form.optional("due_on"),
    )
    if await form.send(request, command, at=TASK_FIELDS):
        return await done(request, task_url(convention_id, room, task_id), "La tâche est modifiée.")
    return await _page(request, ConventionId(convention_id), TaskId(task_id), form)


@post(room_paths("/taches/{task_id:uuid}/faite"))
async def handle_finish_task(request: Visit, convention_id: FromPath[UUID], task_id: FromPath[UUID]) -> Page:
    """Say that it is done."""
    request.must_be_signed_in()
    form, room = await read_form(request), room_in(request)
    command = form.build(FinishTask, convention_id=convention_id, room=room, task_id=task_id)
    if await form.send(request, command):
        task = task_url(convention_id, room, task_id)
        return await done(
            request, room_url(convention_id, room), "La tâche est faite.", url=task, label="La revoir"
        )
    return await _page(request, ConventionId(convention_id), TaskId(task_id), form)


@post(room_paths("/taches/{task_id:uuid}/rouvrir"))
async def handle_reopen_task(request: Visit, convention_id: FromPath[UUID], task_id: FromPath[UUID]) -> Page:
    """Say that it was not done after all."""
    request.must_be_signed_in()
    form, room = await read_form(request), room_in(request)
    command = form.build(ReopenTask, convention_id=convention_id, room=room, task_id=task_id)
    if await form.send(request, command):
        return await done(request, task_url(convention_id, room, task_id), "La tâche est de nouveau à faire.")
    return await _page(request, ConventionId(convention_id), TaskId(task_id), form)


@get(room_paths("/taches-faites"))
async def show_done_tasks(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """What was done in the room, last done first."""
    request.must_be_signed_in()
    begin_page(request)
    convention, room = ConventionId(convention_id), room_in(request)
    query = ListTasks(
        convention_id=convention, room=room, done=True, before=_before(request), limit=_DONE_ON_A_PAGE
    )
    entered, tasks = await asyncio.gather(
        enter(request, convention), request.web.gateway.ask(query, request.actor)
    )
    names = await names_in(request, entered.room, tasks=tasks.tasks)
    older = tasks.next_before
    return await show(
        request,
        "taches_faites.html",
        nav=NAV,
        room=entered.facts,
        tasks=[task_of(it, names, convention, room) for it in tasks.tasks],
        next_url=f"{entered.url}/taches-faites?avant={older}" if older else None,
    )


async def _page(request: Visit, convention_id: ConventionId, task_id: TaskId, form: Form) -> Page:
    begin_page(request)
    room = room_in(request)
    entered, task = await asyncio.gather(
        enter(request, convention_id),
        request.web.gateway.ask(
            GetTask(convention_id=convention_id, room=room, task_id=task_id), request.actor
        ),
    )
    names = await names_in(request, entered.room, tasks=[task])
    return await show(
        request,
        "tache.html",
        nav=NAV,
        status=form.status,
        live_url=entered.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        room=entered.facts,
        task=task_of(task, names, convention_id, room),
        revision=task.revision,
        added_at=task.added_at,
        added_by=names.who(task.added_by_person, task.added_by),
        doers=await doers(request, entered.room, names, task) if entered.room.may_write else [],
        given=given(task),
    )


def _before(request: Visit) -> TaskId | None:
    try:
        return TaskId(UUID(request.query_params.get("avant", "")))
    except ValueError:
        return None
