"""Two sides and their people, and for each event whom it is told to."""

from datetime import date

from services.notifications.recipients.circle import Circle, Party
from shared.contracts.contacts.events import (
    MandateAccepted,
    MandateDeclined,
    MandateProposed,
)
from shared.contracts.identifiers import (
    ClauseId,
    CommentId,
    ConventionId,
    IndicatorId,
    MandateId,
    OrganizationId,
    PersonId,
    ProjectId,
    new_id,
)
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseAdded,
    ClauseProposed,
    ClauseWithdrawn,
    CommentAdded,
    ConventionActivated,
    ConventionSealed,
    NegotiationOpened,
    SignatureRefused,
    SignaturesVoided,
    TermsAccepted,
    TermsProposed,
    VoidReason,
)

HOSPITAL, ASSOCIATION = OrganizationId(new_id()), OrganizationId(new_id())
# Claire answers and signs for the hospital; Karim only signs; Lise leads its project. Odile answers for the
# association, Paul signs for it, Nora leads its project.
CLAIRE, KARIM, LISE, ODILE, PAUL, NORA = (PersonId(new_id()) for _ in range(6))

CONVENTION, PROJECT, INDICATOR = ConventionId(new_id()), ProjectId(new_id()), IndicatorId(new_id())
MANDATE, CLAUSE = MandateId(new_id()), ClauseId(new_id())
DAY = date(2026, 11, 27)
HASH = "a" * 64


Sample = tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]
"""An event, who acted as whom, and who is told what."""


def circle(*, signed: tuple[OrganizationId, ...] = (), asked_by: OrganizationId | None = None) -> Circle:
    return Circle(
        parties=(
            Party(
                HOSPITAL,
                referents=frozenset({CLAIRE}),
                signatories=frozenset({CLAIRE, KARIM}),
                lead=LISE,
                signed=HOSPITAL in signed,
            ),
            Party(
                ASSOCIATION,
                referents=frozenset({ODILE}),
                signatories=frozenset({PAUL}),
                lead=NORA,
                signed=ASSOCIATION in signed,
            ),
        ),
        drafted=True,
        negotiating=True,
        asked_by=asked_by,
    )


SAMPLES: list[Sample] = [
    (
        MandateProposed(
            mandate_id=MANDATE,
            convention_id=CONVENTION,
            organization_id=ASSOCIATION,
            person_id=ODILE,
            proposed_by=HOSPITAL,
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.MANDATE_PROPOSED},
    ),
    (
        MandateAccepted(
            mandate_id=MANDATE, convention_id=CONVENTION, organization_id=ASSOCIATION, person_id=ODILE
        ),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.MANDATE_ACCEPTED},
    ),
    (
        MandateDeclined(
            mandate_id=MANDATE, convention_id=CONVENTION, organization_id=ASSOCIATION, person_id=NORA
        ),
        NORA,
        ASSOCIATION,
        {CLAIRE: NoticeKind.MANDATE_DECLINED},
    ),
    (
        NegotiationOpened(convention_id=CONVENTION),
        None,
        None,
        {CLAIRE: NoticeKind.NEGOTIATION_OPENED, ODILE: NoticeKind.NEGOTIATION_OPENED},
    ),
    (
        ClauseProposed(convention_id=CONVENTION, clause_id=CLAUSE, revision=2, organization_id=ASSOCIATION),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.CLAUSE_PROPOSED},
    ),
    (
        ClauseAdded(convention_id=CONVENTION, clause_id=CLAUSE, organization_id=ASSOCIATION),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.CLAUSE_PROPOSED},
    ),
    (
        ClauseWithdrawn(convention_id=CONVENTION, clause_id=CLAUSE, organization_id=ASSOCIATION),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.CLAUSE_WITHDRAWN},
    ),
    (
        ClauseAccepted(
            convention_id=CONVENTION, clause_id=CLAUSE, revision=2, organization_id=HOSPITAL, agreed=True
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.CLAUSE_ACCEPTED},
    ),
    (
        TermsProposed(convention_id=CONVENTION, revision=2, organization_id=ASSOCIATION),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.TERMS_PROPOSED},
    ),
    (
        TermsAccepted(convention_id=CONVENTION, revision=2, organization_id=HOSPITAL, agreed=True),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.TERMS_ACCEPTED},
    ),
    (
        CommentAdded(
            convention_id=CONVENTION,
            comment_id=CommentId(new_id()),
            clause_id=None,
            organization_id=HOSPITAL,
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.COMMENT_ADDED},
    ),
    (
        ConventionSealed(
            convention_id=CONVENTION, sealed_hash=HASH, sign_before=DAY, organization_id=ASSOCIATION
        ),
        ODILE,
        ASSOCIATION,
        {
            CLAIRE: NoticeKind.SIGNATURE_AWAITED,
            KARIM: NoticeKind.SIGNATURE_AWAITED,
            PAUL: NoticeKind.SIGNATURE_AWAITED,
        },
    ),
    (
        ConventionSealed(
            convention_id=CONVENTION, sealed_hash=HASH, sign_before=DAY, organization_id=HOSPITAL
        ),
        CLAIRE,
        HOSPITAL,
        {
            KARIM: NoticeKind.SIGNATURE_AWAITED,
            PAUL: NoticeKind.SIGNATURE_AWAITED,
            ODILE: NoticeKind.TEXT_SEALED,
        },
    ),
    (
        SignatureRefused(convention_id=CONVENTION, organization_id=ASSOCIATION),
        PAUL,
        ASSOCIATION,
        {CLAIRE: NoticeKind.SIGNATURE_REFUSED, KARIM: NoticeKind.SIGNATURE_REFUSED},
    ),
    (
        SignaturesVoided(
            convention_id=CONVENTION,
            reason=VoidReason.EDIT,
            organization_id=ASSOCIATION,
            voided=(KARIM, PAUL),
        ),
        ODILE,
        ASSOCIATION,
        {
            KARIM: NoticeKind.SIGNATURES_VOIDED,
            PAUL: NoticeKind.SIGNATURES_VOIDED,
            CLAIRE: NoticeKind.SIGNATURES_VOIDED,
        },
    ),
    (
        SignaturesVoided(
            convention_id=CONVENTION, reason=VoidReason.REFUSAL, organization_id=ASSOCIATION, voided=(KARIM,)
        ),
        PAUL,
        ASSOCIATION,
        {KARIM: NoticeKind.SIGNATURES_VOIDED},
    ),
    (
        ConventionActivated(convention_id=CONVENTION, starts_on=DAY, ends_on=DAY),
        PAUL,
        ASSOCIATION,
        {
            CLAIRE: NoticeKind.CONVENTION_ACTIVE,
            KARIM: NoticeKind.CONVENTION_ACTIVE,
            ODILE: NoticeKind.CONVENTION_ACTIVE,
        },
    ),
]
