"""What a side keeps of a convention: its documents, what is sealed, its rooms and all that happened, in one file."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from uuid import UUID

import structlog
from litestar import get
from litestar.params import FromPath
from litestar.response import Stream

from services.web.archives import as_json, names_in, projects_of, timeline_of
from services.web.pages.archived_amendments import amendments_of
from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.document import file_name, pdf_of
from services.web.pages.room_export import files_in, room_as_json
from services.web.pages.rooms_view import Entered, enter_all
from services.web.visits import Visit
from services.web.wording.archive import lost_files, read_me
from services.web.wording.rooms import SLUGS
from services.web.zipping import zipped
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.life import GetConventionLife
from shared.contracts.projects.mediation import ListMediations
from shared.contracts.projects.promises import GetPromises
from shared.contracts.projects.queries import GetSealedText
from shared.contracts.projects.rooms import RoomKind
from shared.contracts.refusals import Defect
from shared.kit.clock import PARIS, now
from shared.kit.files import KeptFile

_log = structlog.get_logger()

# What concerns the reader alone, not the convention.
_OF_READER = {"may", "may_act", "may_ask", "may_say", "read_version", "read_at"}

Pieces = AsyncIterator[bytes]


@get("/conventions/{convention_id:uuid}/archive.zip")
async def show_archive(request: Visit, convention_id: FromPath[UUID]) -> Stream:
    """The file, to keep."""
    request.must_be_signed_in()
    return await archive_of(request, ConventionId(convention_id))


async def archive_of(request: Visit, convention_id: ConventionId) -> Stream:
    """All that the reader may see of a convention, today."""
    ask = request.web.gateway.ask
    shown, life, promises, entries, rooms = await asyncio.gather(
        ask_convention(request, convention_id),
        ask(GetConventionLife(convention_id=convention_id), request.actor),
        ask(GetPromises(convention_id=convention_id), request.actor),
        timeline_of(request, convention_id),
        enter_all(request, convention_id),
    )
    projects = await projects_of(request, entries)
    mediations = await ask(ListMediations(convention_id=convention_id), request.actor)
    made_at = now().astimezone(PARIS)
    files = {
        "LISEZ-MOI.txt": read_me(shown.view.title, made_at).encode(),
        "convention.pdf": await pdf_of(request, shown),
        "convention.json": as_json(shown.view.model_dump(mode="json", exclude=_OF_READER)),
        "vie.json": as_json(life.model_dump(mode="json", exclude=_OF_READER)),
        "engagements.json": as_json(promises.model_dump(mode="json", exclude=_OF_READER)),
        "mediations.json": as_json(mediations.model_dump(mode="json", exclude=_OF_READER)),
        "projets.json": as_json([it.model_dump(mode="json", exclude=_OF_READER) for it in projects]),
        "evenements.json": as_json([it.model_dump(mode="json") for it in entries]),
        "noms.json": as_json(await names_in(request, entries)),
    }
    files |= await amendments_of(request, convention_id)
    if shown.view.sealed_hash:
        sealed = await ask(GetSealedText(convention_id=convention_id), request.actor)
        # As it was sealed, to the byte: its SHA-256 is the seal.
        files["texte-scelle.json"] = sealed.text.encode()
    name = file_name(shown.view.title).replace("convention-", "archive-", 1)
    return Stream(
        zipped(_all(request, files, shown, rooms), made_at),
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{name}.zip"', "cache-control": "no-store"},
    )


async def _all(
    visit: Visit, files: Mapping[str, bytes], shown: Shown, rooms: list[Entered]
) -> AsyncIterator[tuple[str, Pieces]]:
    """Every file of the archive, by its name in there."""
    lost: list[str] = []
    for name, content in files.items():
        yield name, _whole(content)
    for annex in shown.view.annexes:
        if annex.file:
            name = f"annexes/{annex.number:02} {annex.file.name}"
            yield name, _kept(visit, annex.file, name, lost)
    if scan := shown.view.scan:
        name = f"signatures-sur-papier/{scan.file.name}"
        yield name, _kept(visit, scan.file, name, lost)
    for entered in rooms:
        folder = f"salle-{SLUGS[entered.room.room]}"
        yield f"{folder}/salle.json", _encoded(room_as_json(visit, entered))
        if entered.room.room is RoomKind.PRIVATE:
            happened = await timeline_of(visit, entered.convention_id, RoomKind.PRIVATE)
            yield (
                f"{folder}/evenements.json",
                _whole(as_json([it.model_dump(mode="json") for it in happened])),
            )
        number = 0
        async for it in files_in(visit, entered):
            number += 1
            # Two files of one name, and systems that tell no capitals: the number keeps them apart.
            name = f"{folder}/fichiers/{number:03} {it.file.name}"
            yield name, _kept(visit, it.file, name, lost)
    if lost:
        yield "FICHIERS-ABIMES.txt", _whole(lost_files(lost).encode())


async def _whole(content: bytes) -> Pieces:
    yield content


async def _encoded(texts: AsyncIterator[str]) -> Pieces:
    async for text in texts:
        yield text.encode()


async def _kept(visit: Visit, file: GivenFile, name: str, lost: list[str]) -> Pieces:
    """The bytes of a kept file. One that is damaged is named in the archive, and does not keep the rest from its reader."""
    try:
        async for piece in visit.web.files.read(KeptFile(file.sha256, file.size)):
            yield piece
    except Defect:
        _log.exception("archived_file_damaged", sha256=file.sha256)
        lost.append(name)
