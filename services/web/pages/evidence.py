"""The evidence record: every text that was sealed, who signed or refused it, by which authority, when and how."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, show
from services.web.pages.names import Names, Person, names_of
from services.web.visits import Visit
from services.web.wording.evidence import means_in_words, signatory_of
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.party_views import SignatureView
from shared.contracts.projects.seals import EvidenceRecord, GetEvidence, SealEvidence
from shared.contracts.values import Side


@dataclass(frozen=True, slots=True)
class Given:
    """A signature, with all that proves it."""

    organization: str
    side: Side
    person_name: str
    capacity: str
    mandated_since: datetime | None
    signed_at: datetime
    means: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal to sign."""

    person: Person
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """One text that was sealed."""

    hash: str
    at: datetime
    by: Person
    sign_before: date
    order: tuple[str, ...]
    in_force: bool
    signatures: list[Given]
    refusal: Refused | None


@get("/conventions/{convention_id:uuid}/preuves")
async def show_evidence(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """All of it, the text in force first."""
    request.must_be_signed_in()
    begin_page(request)
    shown = await ask_convention(request, ConventionId(convention_id))
    record = await request.web.gateway.ask(
        GetEvidence(convention_id=ConventionId(convention_id)), request.actor
    )
    names = await _names(request, record, shown)
    return await show(
        request,
        "preuves.html",
        nav="conventions",
        live_url=shown.live_url,
        convention=shown.facts,
        seals=[_sealed(it, names) for it in record.seals],
    )


async def _names(request: Visit, record: EvidenceRecord, shown: Shown) -> Names:
    people = [it.person_id for it in record.seals]
    people += [it.person_id for seal in record.seals for it in seal.signatures]
    people += [it.refusal.person_id for it in record.seals if it.refusal]
    return await names_of(
        request, people=people, organizations=[it.organization_id for it in shown.view.parties]
    )


def _sealed(seal: SealEvidence, names: Names) -> Sealed:
    refusal = seal.refusal
    return Sealed(
        hash=seal.sealed_hash,
        at=seal.sealed_at,
        by=names.who(seal.person_id, seal.organization_id),
        sign_before=seal.sign_before,
        order=tuple(names.organization(it) for it in seal.sign_order),
        in_force=seal.in_force,
        signatures=[_given(it, names) for it in seal.signatures],
        refusal=refusal
        and Refused(
            names.who(refusal.person_id, refusal.organization_id), refusal.refused_at, refusal.reason
        ),
    )


def _given(it: SignatureView, names: Names) -> Given:
    return Given(
        organization=names.organization(it.organization_id),
        side=names.side(it.organization_id),
        person_name=signatory_of(it, names.person(it.person_id)),
        capacity=it.capacity,
        mandated_since=it.mandated_since,
        signed_at=it.signed_at,
        means=means_in_words(it, names.person(it.person_id)),
    )
