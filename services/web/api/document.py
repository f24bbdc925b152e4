"""The one answer of the API that is not JSON: a convention as a PDF."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from services.web.api.endpoint import PREFIX
from services.web.pages.document import document_of
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId

PATH = PREFIX + "/conventions/{convention_id}/document"

# What the description says of it; the rest is made from the endpoints.
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


@get(PATH.replace("convention_id", "convention_id:uuid"), include_in_schema=False)
async def convention_document(request: Visit, convention_id: FromPath[UUID]) -> Response[bytes]:
    """The document, for whoever may read the convention."""
    if token := request.visitor.token:
        request.web.throttle.take(token.token_id)
    return await document_of(request, ConventionId(convention_id))
