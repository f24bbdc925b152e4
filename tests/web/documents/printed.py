"""A convention to print, and its attachments; invented."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from services.web.documents.evidence import Attached, Evidence, SignatureEvidence
from services.web.documents.printing import (
    Fact,
    PrintedClause,
    PrintedConvention,
    PrintedParty,
    PrintedSignature,
)
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId
from shared.contracts.values import Side

CONVENTION = ConventionId(UUID("01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"))
SEALED_AT = datetime(2026, 11, 17, 15, 10, tzinfo=UTC)
SIGNED_AT = datetime(2026, 11, 20, 8, 4, tzinfo=UTC)
TEXT = '{"clauses":[{"number":1,"text":"Les bénévoles viennent le mardi.","title":"Objet"}]}'
HASH = sha256(TEXT.encode()).hexdigest()


def attached(text: str = TEXT) -> Attached:
    return Attached(
        sealed_text=text,
        evidence=Evidence(
            convention=CONVENTION,
            title="Écoute en oncologie",
            sealed_hash=HASH,
            sealed_at=SEALED_AT,
            made_at=SIGNED_AT,
            signatures=(
                SignatureEvidence(
                    organization=OrganizationId(UUID("01935b5e-9d2b-7a10-8e66-1b5c2d3e4f50")),
                    organization_name="Main tendue",
                    side=Side.ASSOCIATION,
                    person=PersonId(UUID("01935b5e-9d2b-7a10-8e66-1b5c2d3e4f51")),
                    person_name="Odile Marchand",
                    capacity="présidente",
                    means="password",
                    signed_at=SIGNED_AT,
                    sealed_hash=HASH,
                ),
            ),
        ),
    )


def convention(**values: object) -> PrintedConvention:
    given: dict[str, object] = {
        "title": "Écoute en oncologie",
        "aim": "Tenir une permanence d’écoute.",
        "is_draft": False,
        "status": "Texte scellé, signé par une partie",
        "hash": HASH,
        "check_at": "https://entente.example/verifier",
        "facts": [Fact("Parties", "Centre hospitalier de Bellerive et Main tendue")],
        "parties": [PrintedParty("Centre hospitalier de Bellerive"), PrintedParty("Main tendue")],
        "clauses": [
            PrintedClause(0, "Entre les soussignés", "Les parties."),
            PrintedClause(1, "Objet", "Les bénévoles viennent le mardi.\n\n#strong[rien] $x$ <étiquette>"),
        ],
        "signatures": [PrintedSignature("Main tendue", "Odile Marchand", "présidente", "20 novembre 2026")],
        **values,
    }
    return PrintedConvention(**given)  # pyright: ignore[reportArgumentType] - the fields of a test
