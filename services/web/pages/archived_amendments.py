"""The amendments of a convention in its archive: each in a folder of its own, in the order in which they were begun."""

from services.web.archives import as_json
from services.web.pages.convention_view import ask_convention
from services.web.pages.document import pdf_of
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.amendments import AmendmentLine, ListAmendments
from shared.contracts.projects.queries import GetSealedText

_OF_READER = {"may", "read_version", "read_at"}


async def amendments_of(visit: Visit, convention_id: ConventionId) -> dict[str, bytes]:
    """Their files by name; none where the text never changed."""
    found = await visit.web.gateway.ask(ListAmendments(convention_id=convention_id), visit.actor)
    files: dict[str, bytes] = {}
    for place, it in enumerate(reversed(found.amendments), start=1):
        folder = f"avenants/{place:02}-avenant-{it.number}"
        files |= {f"{folder}/{name}": content for name, content in (await _files_of(visit, it)).items()}
    return files


async def _files_of(visit: Visit, amendment: AmendmentLine) -> dict[str, bytes]:
    shown = await ask_convention(visit, amendment.amendment_id)
    said = shown.view.model_dump(mode="json", exclude=_OF_READER)
    files = {
        "avenant.json": as_json(said | {"line": amendment.model_dump(mode="json")}),
        "avenant.pdf": await pdf_of(visit, shown),
    }
    if shown.view.sealed_hash:
        query = GetSealedText(convention_id=amendment.amendment_id)
        files["texte-scelle.json"] = (await visit.web.gateway.ask(query, visit.actor)).text.encode()
    return files
