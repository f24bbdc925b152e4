"""An answer of the API that is not JSON: all that the reader may keep of a convention, in one file."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Stream

from services.web.api.endpoint import PREFIX
from services.web.pages.archive import archive_of
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId

PATH = PREFIX + "/conventions/{convention_id}/archive"

# What the description says of it; the rest is made from the endpoints.
OPERATION: dict[str, Any] = {
    "operationId": "GetConventionArchive",
    "summary": "All that I may keep of a convention, in one ZIP file",
    "description": "The document, the sealed text, the annexes, the rooms that I enter with their files, and as JSON the "
    "convention, its life, its projects and its events.",
    "tags": ["conventions"],
    "parameters": [
        {
            "name": "convention_id",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"},
        }
    ],
    "responses": {"200": {"description": "The archive.", "content": {"application/zip": {}}}},
}


@get(PATH.replace("convention_id", "convention_id:uuid"), include_in_schema=False)
async def convention_archive(request: Visit, convention_id: FromPath[UUID]) -> Stream:
    """The file, for whoever may read the convention."""
    if token := request.visitor.token:
        request.web.throttle.take(token.token_id)
    return await archive_of(request, ConventionId(convention_id))
