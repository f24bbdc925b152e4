"""An answer of the API that is not JSON: what a newcomer takes over, as a PDF."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from services.web.api.endpoint import PREFIX
from services.web.pages.pack import pack_document_of
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId

PATH = PREFIX + "/conventions/{convention_id}/handover-pack"

# What the description says of it; the rest is made from the endpoints.
OPERATION: dict[str, Any] = {
    "operationId": "GetHandoverPack",
    "summary": "What a newcomer takes over, as a tagged PDF",
    "description": "What is in force, what is due, who is who and what was decided, as the reader may see it now.",
    "tags": ["conventions"],
    "parameters": [
        {
            "name": "convention_id",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"},
        }
    ],
    "responses": {"200": {"description": "The pack.", "content": {"application/pdf": {}}}},
}


@get(PATH.replace("convention_id", "convention_id:uuid"), include_in_schema=False)
async def handover_pack(request: Visit, convention_id: FromPath[UUID]) -> Response[bytes]:
    """The pack, for whoever may read the convention."""
    if token := request.visitor.token:
        request.web.throttle.take(token.token_id)
    return await pack_document_of(request, ConventionId(convention_id))
