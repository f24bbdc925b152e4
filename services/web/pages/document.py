"""The PDF of a convention: the sealed text with its hash and signatures, or a draft that says so."""

import re
import unicodedata
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from services.web.documents.evidence import Attached, Evidence, SignatureEvidence
from services.web.documents.printing import (
    Fact,
    PrintedClause,
    PrintedConvention,
    PrintedParty,
    PrintedSignature,
)
from services.web.documents.sealed_text import SealedText
from services.web.pages.amendments_document import amendment_facts
from services.web.pages.checking import PATH as CHECKING
from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.terms_view import terms_lines
from services.web.visits import Visit
from services.web.wording.clauses import listed
from services.web.wording.dates import heure, plain_date
from services.web.wording.document import STATUS, typeset
from services.web.wording.evidence import means_in_words, signatory_of
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.party_views import PartyView
from shared.contracts.projects.queries import GetSealedText
from shared.contracts.projects.refusals import SealedTextChanged
from shared.kit.clock import now
from shared.texts.showing import isolated


@get("/conventions/{convention_id:uuid}/convention.pdf")
async def show_document(request: Visit, convention_id: FromPath[UUID]) -> Response[bytes]:
    """The document, to read or keep."""
    return await document_of(request, ConventionId(convention_id))


async def document_of(request: Visit, convention_id: ConventionId) -> Response[bytes]:
    """The PDF of what the reader may see."""
    shown = await ask_convention(request, convention_id)
    pdf = await pdf_of(request, shown)
    name = file_name(shown.view.title)
    return Response(
        pdf, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}.pdf"'}
    )


async def pdf_of(request: Visit, shown: Shown) -> bytes:
    """The document, set and, when its text is, sealed."""
    view = shown.view
    dated = view.activated_at or view.sealed_at or now()
    sealed = await _sealed(request, shown) if view.sealed_hash else None
    attached = (
        Attached(sealed_text=sealed, evidence=evidence_of(shown, view.sealed_hash))
        if sealed and view.sealed_hash
        else None
    )
    printed = _printed(
        shown,
        f"{request.web.public_url}{CHECKING}",
        SealedText.read(sealed) if sealed else None,
        await amendment_facts(request, shown),
    )
    return await request.web.printer.print_convention(printed, dated, attached)


async def _sealed(request: Visit, shown: Shown) -> str:
    sealed = await request.web.gateway.ask(
        GetSealedText(convention_id=shown.view.convention_id), request.actor
    )
    if sealed.sealed_hash != shown.view.sealed_hash:
        # Opened and sealed again between both answers.
        raise SealedTextChanged
    return sealed.text


def evidence_of(shown: Shown, sealed_hash: str) -> Evidence:
    """Who has signed the text that is sealed now, for programs to read."""
    view = shown.view
    assert view.sealed_at is not None  # it has a hash
    return Evidence(
        convention=view.convention_id,
        title=view.title,
        sealed_hash=sealed_hash,
        sealed_at=view.sealed_at,
        made_at=now(),
        signatures=tuple(
            SignatureEvidence(
                organization=it.organization_id,
                organization_name=shown.names.plain(it.organization_id),
                side=it.side,
                person=it.signature.person_id,
                person_name=shown.names.plain_person(it.signature.person_id),
                capacity=it.signature.capacity,
                means=it.signature.means,
                signed_at=it.signature.signed_at,
                sealed_hash=it.signature.sealed_hash,
                mandated_since=it.signature.mandated_since,
                signatory=it.signature.signatory,
                signed_on=it.signature.signed_on,
                scan=it.signature.scan,
            )
            for it in view.parties
            if it.signature
        ),
    )


def _printed(
    shown: Shown, check_at: str, sealed: SealedText | None, of_amendments: list[Fact]
) -> PrintedConvention:
    """What was sealed, once it is: the convention may say something else since, by an amendment."""
    view = shown.view
    clauses = sealed.clauses if sealed else [it for it in view.clauses if not it.withdrawn]
    annexes = (
        [(it.number, it.title, it.sha256) for it in sealed.annexes]
        if sealed
        else [(it.number, it.title, it.file.sha256) for it in view.annexes if it.file]
    )
    terms = sealed.terms if sealed else view.terms.terms
    return PrintedConvention(
        title=view.title,
        aim=typeset(sealed.aim if sealed else view.aim),
        is_draft=sealed is None,
        status=STATUS[view.state],
        hash=view.sealed_hash,
        check_at=check_at,
        facts=[
            Fact("Parties", listed(it.name for it in shown.all_parties)),
            *(Fact(it.label, typeset(it.value)) for it in terms_lines(shown, terms)),
            Fact("Cadre légal", view.regime),
            *(
                Fact(f"Annexe {number}", f"{isolated(title)} (SHA-256 {sha256})")
                for number, title, sha256 in annexes
            ),
            *of_amendments,
            Fact("État", STATUS[view.state]),
        ],
        parties=[PrintedParty(it.name) for it in shown.all_parties],
        clauses=[PrintedClause(it.number, typeset(it.title), typeset(it.text)) for it in clauses],
        signatures=[_signature(it, shown) for it in view.parties if it.signature],
    )


def _signature(party: PartyView, shown: Shown) -> PrintedSignature:
    given = party.signature
    assert given is not None  # the caller keeps parties that have signed
    person = shown.names.person(given.person_id)
    return PrintedSignature(
        party=shown.names.organization(party.organization_id),
        person=signatory_of(given, person),
        capacity=given.capacity,
        proof=f"{plain_date(given.signed_at)} à {heure(given.signed_at)}. {means_in_words(given, person)}",
    )


def file_name(title: str) -> str:
    """What its file is called, without an ending."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "convention-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "partenariat")
