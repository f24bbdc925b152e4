"""The PDF of a convention: the sealed text with its hash and signatures, or a draft that says so."""

import re
import unicodedata
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from services.web.documents.convention_pdf import (
    Fact,
    PrintedClause,
    PrintedConvention,
    PrintedParty,
    PrintedSignature,
)
from services.web.pages.convention_view import Shown, ask_convention
from services.web.visits import Visit
from services.web.wording.dates import duration, heure, plain_date
from services.web.wording.document import MEANS, STATUS, typeset
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.queries import PartyView
from shared.kit.clock import now


@get("/conventions/{convention_id:uuid}/convention.pdf")
async def show_document(request: Visit, convention_id: FromPath[UUID]) -> Response[bytes]:
    """The document, to read or keep."""
    return await document_of(request, ConventionId(convention_id))


async def document_of(request: Visit, convention_id: ConventionId) -> Response[bytes]:
    """The PDF of what the reader may see."""
    shown = await ask_convention(request, convention_id)
    view = shown.view
    dated = view.activated_at or view.sealed_at or now()
    pdf = await request.web.printer.print_convention(_printed(shown), dated)
    name = _file_name(view.title)
    return Response(
        pdf, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}.pdf"'}
    )


def _printed(shown: Shown) -> PrintedConvention:
    view = shown.view
    sealed = view.sealed_hash
    return PrintedConvention(
        title=view.title,
        aim=typeset(view.aim),
        is_draft=sealed is None,
        status=STATUS[view.state],
        hash=sealed,
        facts=[
            Fact("Parties", " et ".join(it.name for it in shown.parties)),
            Fact(
                "Durée",
                f"{duration(view.starts_on, view.ends_on)}, du {plain_date(view.starts_on)} au {plain_date(view.ends_on)}",
            ),
            Fact("Cadre légal", view.regime),
            Fact("État", STATUS[view.state]),
        ],
        parties=[PrintedParty(it.name) for it in shown.parties],
        clauses=[PrintedClause(it.number, typeset(it.title), typeset(it.text)) for it in view.clauses],
        signatures=[_signature(it, shown) for it in view.parties if it.signature],
    )


def _signature(party: PartyView, shown: Shown) -> PrintedSignature:
    given = party.signature
    assert given is not None  # the caller keeps parties that have signed
    return PrintedSignature(
        party=shown.names.organization(party.organization_id),
        person=shown.names.person(given.person_id),
        capacity=given.capacity,
        proof=f"{plain_date(given.signed_at)} à {heure(given.signed_at)}, {MEANS[given.means]}",
    )


def _file_name(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "convention-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "partenariat")
