"""What a side keeps of a convention: its document, what is sealed, and all that happened, in one file."""

import asyncio
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from services.web.archives import as_json, names_in, projects_of, timeline_of, zipped
from services.web.pages.convention_view import ask_convention
from services.web.pages.document import file_name, pdf_of
from services.web.visits import Visit
from services.web.wording.archive import read_me
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.life import GetConventionLife
from shared.contracts.projects.queries import GetSealedText
from shared.kit.clock import PARIS, now

# What concerns the reader alone, not the convention.
_OF_READER = {"may", "read_version", "read_at"}


@get("/conventions/{convention_id:uuid}/archive.zip")
async def show_archive(request: Visit, convention_id: FromPath[UUID]) -> Response[bytes]:
    """The file, to keep."""
    request.must_be_signed_in()
    return await archive_of(request, ConventionId(convention_id))


async def archive_of(request: Visit, convention_id: ConventionId) -> Response[bytes]:
    """All that the reader may see of a convention, today."""
    ask = request.web.gateway.ask
    shown, life, entries, projects = await asyncio.gather(
        ask_convention(request, convention_id),
        ask(GetConventionLife(convention_id=convention_id), request.actor),
        timeline_of(request, convention_id),
        projects_of(request, convention_id),
    )
    made_at = now().astimezone(PARIS)
    files = {
        "LISEZ-MOI.txt": read_me(shown.view.title, made_at).encode(),
        "convention.pdf": await pdf_of(request, shown),
        "convention.json": as_json(shown.view.model_dump(mode="json", exclude=_OF_READER)),
        "vie.json": as_json(life.model_dump(mode="json", exclude=_OF_READER)),
        "projets.json": as_json([it.model_dump(mode="json", exclude=_OF_READER) for it in projects]),
        "evenements.json": as_json([it.model_dump(mode="json") for it in entries]),
        "noms.json": as_json(await names_in(request, entries)),
    }
    if shown.view.sealed_hash:
        sealed = await ask(GetSealedText(convention_id=convention_id), request.actor)
        # As it was sealed, to the byte: its SHA-256 is the seal.
        files["texte-scelle.json"] = sealed.text.encode()
    name = file_name(shown.view.title).replace("convention-", "archive-", 1)
    return Response(
        await zipped(files, made_at),
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{name}.zip"'},
    )
