"""The answers of the API that are not JSON: a convention as a PDF, a file of an annex, and one of a room."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from services.web.api.endpoint import PREFIX
from services.web.pages.annexes import annex_file
from services.web.pages.document import document_of
from services.web.pages.room_files import room_file
from services.web.visits import Visit
from shared.contracts.identifiers import AnnexId, ConventionId, FileId
from shared.contracts.projects.rooms import RoomKind
from shared.contracts.refusals import InvalidRequest

PATH = PREFIX + "/conventions/{convention_id}/document"

ANNEX_PATH = PREFIX + "/conventions/{convention_id}/annexes/{annex_id}/file"

ROOM_FILE_PATH = PREFIX + "/conventions/{convention_id}/files/{file_id}/content"

# What the description says of them; the rest is made from the endpoints.
OPERATION: dict[str, Any] = {
    "operationId": "GetConventionDocument",
    "summary": "The convention as a tagged PDF",
    "description": "Carries the hash and the signatures once the text is sealed; before that, it says that it is a draft.",
    "tags": ["conventions"],
    "parameters": [
        {
            "name": "convention_id",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"},
        }
    ],
    "responses": {"200": {"description": "The document.", "content": {"application/pdf": {}}}},
}


ANNEX_OPERATION: dict[str, Any] = {
    "operationId": "GetAnnexFile",
    "summary": "The file of an annex",
    "description": "The last one that was given, or that of `version`, a revision of its history. Its SHA-256 is there too.",
    "tags": ["conventions"],
    "parameters": [
        *(
            {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
            for name in ("convention_id", "annex_id")
        ),
        {"name": "version", "in": "query", "required": False, "schema": {"type": "integer"}},
    ],
    "responses": {"200": {"description": "The file.", "content": {"application/octet-stream": {}}}},
}


ROOM_FILE_OPERATION: dict[str, Any] = {
    "operationId": "GetRoomFileContent",
    "summary": "A file of a room",
    "description": "Its bytes, to be saved.",
    "tags": ["conventions"],
    "parameters": [
        *(
            {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
            for name in ("convention_id", "file_id")
        ),
        {
            "name": "room",
            "in": "query",
            "required": False,
            "schema": {"type": "string", "enum": [str(it) for it in RoomKind], "default": RoomKind.SHARED},
        },
    ],
    "responses": {"200": {"description": "The file.", "content": {"application/octet-stream": {}}}},
}


@get(
    ROOM_FILE_PATH.replace("convention_id", "convention_id:uuid").replace("file_id", "file_id:uuid"),
    include_in_schema=False,
)
async def room_file_content(request: Visit, convention_id: FromPath[UUID], file_id: FromPath[UUID]) -> Stream:
    """The file, for whoever enters the room."""
    if token := request.visitor.token:
        request.web.throttle.take(token.token_id)
    try:
        room = RoomKind(request.query_params.get("room", RoomKind.SHARED))
    except ValueError:
        raise InvalidRequest([{"field": "room", "reason": "enum"}]) from None
    return await room_file(request, ConventionId(convention_id), room, FileId(file_id))


@get(
    ANNEX_PATH.replace("convention_id", "convention_id:uuid").replace("annex_id", "annex_id:uuid"),
    include_in_schema=False,
)
async def annex_document(request: Visit, convention_id: FromPath[UUID], annex_id: FromPath[UUID]) -> Stream:
    """The file, for whoever may read the convention."""
    if token := request.visitor.token:
        request.web.throttle.take(token.token_id)
    return await annex_file(request, ConventionId(convention_id), AnnexId(annex_id))


@get(PATH.replace("convention_id", "convention_id:uuid"), include_in_schema=False)
async def convention_document(request: Visit, convention_id: FromPath[UUID]) -> Response[bytes]:
    """The document, for whoever may read the convention."""
    if token := request.visitor.token:
        request.web.throttle.take(token.token_id)
    return await document_of(request, ConventionId(convention_id))
