"""For programs, without a token: where a sealed text stands, and whether a document is ours and untouched."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath
from pydantic import ValidationError

from services.web.api.endpoint import PREFIX
from services.web.documents.checking import LARGEST_BYTES, Integrity
from services.web.documents.evidence import Evidence
from services.web.pages.checking import count_check
from services.web.problems import invalid
from services.web.visits import Visit
from shared.contracts.messages import View
from shared.contracts.projects.seals import FindSeal, SealStanding
from shared.contracts.web.refusals import MediaTypeNotSupported

SEAL_PATH = PREFIX + "/seals/{sealed_hash}"
CHECK_PATH = PREFIX + "/document-checks"
_PDF = "application/pdf"


class DocumentCheck(View):
    """What a file turned out to be. `evidence` is what its sealed part says; `standing` is where its text stands now."""

    integrity: Integrity
    evidence: Evidence | None = None
    standing: SealStanding | None = None


MODELS = (SealStanding, DocumentCheck)


def _answer(model: type[View]) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"200": {"description": "The answer.", "content": {"application/json": {"schema": schema}}}}


# What the description says of them; the rest is made from the endpoints.
OPERATIONS: dict[str, dict[str, Any]] = {
    SEAL_PATH: {
        "get": {
            "operationId": "FindSeal",
            "summary": "Where a sealed text stands, by its hash",
            "description": "No name and no title is told. No token is needed.",
            "tags": ["verification"],
            "security": [],
            "parameters": [
                {
                    "name": "sealed_hash",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                }
            ],
            "responses": _answer(SealStanding),
        }
    },
    CHECK_PATH: {
        "post": {
            "operationId": "CheckDocument",
            "summary": "Whether a PDF was sealed here and is untouched",
            "description": "The file is the body, at most 20 MiB. It is not kept. No token is needed.",
            "tags": ["verification"],
            "security": [],
            "requestBody": {"required": True, "content": {_PDF: {}}},
            "responses": _answer(DocumentCheck),
        }
    },
}


@get(SEAL_PATH.replace("sealed_hash", "sealed_hash:str"), include_in_schema=False)
async def find_seal(request: Visit, sealed_hash: FromPath[str]) -> SealStanding:
    """By its hash."""
    try:
        query = FindSeal(sealed_hash=sealed_hash)
    except ValidationError as error:
        raise invalid(error.errors(include_url=False, include_input=False)) from None
    return await request.web.gateway.ask(query)


@post(CHECK_PATH, request_max_body_size=LARGEST_BYTES, include_in_schema=False, status_code=200)
async def check_document(request: Visit) -> DocumentCheck:
    """By its bytes."""
    if request.content_type[0] != _PDF:
        raise MediaTypeNotSupported(supported=[_PDF])
    await count_check(request)
    checked = await request.web.checker.check(await request.body())
    if checked.attached is None:
        return DocumentCheck(integrity=checked.integrity)
    evidence = checked.attached.evidence
    standing = await request.web.gateway.ask_if_there(FindSeal(sealed_hash=evidence.sealed_hash))
    return DocumentCheck(integrity=checked.integrity, evidence=evidence, standing=standing)
