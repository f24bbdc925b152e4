"""The files of a room: the list with a form to add one, each file to save, and taking one out."""

import asyncio
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Stream

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.names import names_of
from services.web.pages.room_files_view import given_files, givers
from services.web.pages.rooms import NAV
from services.web.pages.rooms_view import enter, room_in, room_paths
from services.web.uploads.kinds import ACCEPT
from services.web.uploads.permission import require_may_write
from services.web.uploads.receiving import MOST_BYTES, receive_form
from services.web.uploads.sending import send_file
from services.web.visits import Visit
from services.web.wording.rooms import files_url
from shared.contracts.identifiers import ConventionId, FileId
from shared.contracts.projects.room_files import (
    GetRoomFile,
    GiveRoomFile,
    ListRoomFiles,
    RemoveRoomFile,
    RoomFileOfOtherSide,
)
from shared.contracts.projects.rooms import RoomKind

_PATH = "/fichiers"
_ONE = f"{_PATH}/{{file_id:uuid}}"


@get(room_paths(_PATH))
async def show_room_files(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The list."""
    request.must_be_signed_in()
    return await _list_page(request, ConventionId(convention_id), Form())


@post(room_paths(_PATH), request_max_body_size=MOST_BYTES)
async def handle_give_room_file(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Put a file into the room."""
    request.must_be_signed_in()
    convention, room = ConventionId(convention_id), room_in(request)
    await require_may_write(request, convention, room)
    form, file = await receive_form(request, "file")
    if file is None:
        form.errors.setdefault("file", "Choisissez un fichier.")
        return await _list_page(request, convention, form)
    command = form.build(
        GiveRoomFile, convention_id=convention, room=room, file_id=FileId(form.made_id), file=file
    )
    if await form.send(request, command):
        return await done(request, files_url(convention, room), "Le fichier est dans la salle.")
    return await _list_page(request, convention, form)


@get(room_paths(_ONE))
async def show_room_file(request: Visit, convention_id: FromPath[UUID], file_id: FromPath[UUID]) -> Stream:
    """The file itself."""
    request.must_be_signed_in()
    return await room_file(request, ConventionId(convention_id), room_in(request), FileId(file_id))


@get(room_paths(f"{_ONE}/retirer"))
async def show_removing(request: Visit, convention_id: FromPath[UUID], file_id: FromPath[UUID]) -> Page:
    """Before it is taken out: what it is, and what follows."""
    request.must_be_signed_in()
    return await _removing_page(request, ConventionId(convention_id), FileId(file_id), Form())


@post(room_paths(f"{_ONE}/retirer"))
async def handle_remove_room_file(
    request: Visit, convention_id: FromPath[UUID], file_id: FromPath[UUID]
) -> Page:
    """Take it out."""
    request.must_be_signed_in()
    form, room = await read_form(request), room_in(request)
    command = form.build(RemoveRoomFile, convention_id=convention_id, room=room, file_id=file_id)
    if await form.send(request, command):
        return await done(request, files_url(convention_id, room), "Le fichier est retiré.")
    return await _removing_page(request, ConventionId(convention_id), FileId(file_id), form)


async def room_file(visit: Visit, convention_id: ConventionId, room: RoomKind, file_id: FileId) -> Stream:
    """The file, once projects has said that the reader enters its room."""
    view = await visit.web.gateway.ask(
        GetRoomFile(convention_id=convention_id, room=room, file_id=file_id), visit.actor
    )
    return await send_file(visit, view.file)


async def _list_page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    gateway, actor, kind = request.web.gateway, request.actor, room_in(request)
    before = _before(request)
    entered, page = await asyncio.gather(
        enter(request, convention_id),
        gateway.ask(ListRoomFiles(convention_id=convention_id, room=kind, before=before), actor),
    )
    people, organizations = givers(page.files)
    names = await names_of(request, people=people, organizations=organizations)
    older = page.next_before
    return await show(
        request,
        "fichiers.html",
        nav=NAV,
        status=form.status,
        live_url=entered.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        room=entered.facts,
        files=given_files(page.files, names, convention_id, kind),
        count=entered.room.files,
        accept=ACCEPT,
        megabytes=request.web.settings.upload_megabytes,
        next_url=f"{files_url(convention_id, kind)}?avant={older}" if older else None,
    )


async def _removing_page(request: Visit, convention_id: ConventionId, file_id: FileId, form: Form) -> Page:
    begin_page(request)
    room = room_in(request)
    entered, view = await asyncio.gather(
        enter(request, convention_id),
        request.web.gateway.ask(
            GetRoomFile(convention_id=convention_id, room=room, file_id=file_id), request.actor
        ),
    )
    if not view.may_remove:
        raise RoomFileOfOtherSide
    names = await names_of(request, people=[view.person_id], organizations=[view.organization_id])
    return await show(
        request,
        "fichier_retirer.html",
        nav=NAV,
        status=form.status,
        live_url=entered.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        room=entered.facts,
        file=given_files([view], names, convention_id, room)[0],
    )


def _before(request: Visit) -> FileId | None:
    try:
        return FileId(UUID(request.query_params.get("avant", "")))
    except ValueError:
        return None
