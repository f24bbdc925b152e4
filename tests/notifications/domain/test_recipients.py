"""Who hears of what, without any server."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.recipients.domain import RULES, Circle, Hearing, Party, who_should_hear
from shared.contracts.contacts.events import MandateAccepted, MandateDeclined, MandateProposed
from shared.contracts.identifiers import (
    ClauseId,
    CommentId,
    ConventionId,
    IndicatorId,
    MandateId,
    MeasureId,
    MilestoneId,
    OrganizationId,
    PersonId,
    ProjectId,
    new_id,
)
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseProposed,
    CommentAdded,
    ConventionActivated,
    ConventionSealed,
    ConventionSigned,
    IndicatorAgreed,
    IndicatorProposed,
    MeasureRecorded,
    MilestoneMoved,
    MilestonePlanned,
    MilestoneReached,
    NegotiationOpened,
    ProjectProposed,
    ProjectStarted,
    SignatureRefused,
    SignaturesVoided,
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
        negotiating=True,
        asked_by=asked_by,
    )


def told(
    event: Event, around: Circle, *, by: PersonId | None = None, acting: OrganizationId | None = None
) -> dict[PersonId, NoticeKind]:
    hearings = who_should_hear(event, around, actor_person=by, actor_organization=acting)
    return {it.person_id: it.kind for it in hearings}


SAMPLES: list[tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]] = [
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
        ClauseAccepted(
            convention_id=CONVENTION, clause_id=CLAUSE, revision=2, organization_id=HOSPITAL, agreed=True
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.CLAUSE_ACCEPTED},
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
    (
        ProjectProposed(project_id=PROJECT, convention_id=CONVENTION, organization_id=HOSPITAL),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.PROJECT_PROPOSED, NORA: NoticeKind.PROJECT_PROPOSED},
    ),
    (
        ProjectStarted(project_id=PROJECT, convention_id=CONVENTION),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.PROJECT_STARTED, LISE: NoticeKind.PROJECT_STARTED},
    ),
    (
        MilestoneReached(
            project_id=PROJECT,
            convention_id=CONVENTION,
            milestone_id=MilestoneId(new_id()),
            organization_id=HOSPITAL,
            reached_on=DAY,
        ),
        LISE,
        HOSPITAL,
        {ODILE: NoticeKind.MILESTONE_REACHED, NORA: NoticeKind.MILESTONE_REACHED},
    ),
    (
        MilestoneMoved(
            project_id=PROJECT, convention_id=CONVENTION, milestone_id=MilestoneId(new_id()), due_on=DAY
        ),
        LISE,
        HOSPITAL,
        {ODILE: NoticeKind.MILESTONE_MOVED, NORA: NoticeKind.MILESTONE_MOVED},
    ),
    (
        IndicatorProposed(
            indicator_id=INDICATOR,
            project_id=PROJECT,
            convention_id=CONVENTION,
            organization_id=HOSPITAL,
        ),
        LISE,
        HOSPITAL,
        {ODILE: NoticeKind.INDICATOR_PROPOSED, NORA: NoticeKind.INDICATOR_PROPOSED},
    ),
    (
        IndicatorAgreed(
            indicator_id=INDICATOR,
            project_id=PROJECT,
            convention_id=CONVENTION,
            organization_id=ASSOCIATION,
        ),
        NORA,
        ASSOCIATION,
        {CLAIRE: NoticeKind.INDICATOR_AGREED, LISE: NoticeKind.INDICATOR_AGREED},
    ),
    (
        MeasureRecorded(
            indicator_id=INDICATOR,
            project_id=PROJECT,
            convention_id=CONVENTION,
            measure_id=MeasureId(new_id()),
            measured_on=DAY,
            organization_id=ASSOCIATION,
        ),
        NORA,
        ASSOCIATION,
        {CLAIRE: NoticeKind.MEASURE_RECORDED, LISE: NoticeKind.MEASURE_RECORDED},
    ),
]


@pytest.mark.parametrize(("event", "by", "acting", "expected"), SAMPLES)
def test_each_event_is_told_to_the_people_it_concerns(
    event: Event,
    by: PersonId | None,
    acting: OrganizationId | None,
    expected: dict[PersonId, NoticeKind],
) -> None:
    assert told(event, circle(), by=by, acting=acting) == expected


def test_every_rule_has_a_sample() -> None:
    assert {type(event) for event, *_ in SAMPLES} | {ConventionSigned} == set(RULES)


def signature(organization_id: OrganizationId, person_id: PersonId) -> ConventionSigned:
    return ConventionSigned(
        convention_id=CONVENTION, organization_id=organization_id, person_id=person_id, sealed_hash=HASH
    )


def test_a_signature_asks_the_other_side_s_referent_who_can_sign() -> None:
    event = signature(ASSOCIATION, PAUL)
    around = circle(signed=(ASSOCIATION,))
    assert told(event, around, by=PAUL, acting=ASSOCIATION) == {CLAIRE: NoticeKind.SIGNATURE_AWAITED}


def test_a_signature_informs_the_other_side_s_referent_who_cannot_sign() -> None:
    event = signature(HOSPITAL, KARIM)
    around = circle(signed=(HOSPITAL,))
    assert told(event, around, by=KARIM, acting=HOSPITAL) == {ODILE: NoticeKind.CONVENTION_SIGNED}


def test_the_last_signature_is_told_by_the_activation_alone() -> None:
    event = signature(HOSPITAL, KARIM)
    assert told(event, circle(signed=(HOSPITAL, ASSOCIATION)), by=KARIM, acting=HOSPITAL) == {}


def test_whoever_asked_a_colleague_learns_the_answer() -> None:
    event = MandateDeclined(
        mandate_id=MANDATE, convention_id=CONVENTION, organization_id=HOSPITAL, person_id=KARIM
    )
    heard = told(event, circle(asked_by=HOSPITAL), by=KARIM, acting=HOSPITAL)
    assert heard == {CLAIRE: NoticeKind.MANDATE_DECLINED, ODILE: NoticeKind.MANDATE_DECLINED}


def test_naming_oneself_tells_oneself_nothing() -> None:
    event = MandateProposed(
        mandate_id=MANDATE,
        convention_id=CONVENTION,
        organization_id=HOSPITAL,
        person_id=CLAIRE,
        proposed_by=HOSPITAL,
    )
    assert told(event, Circle(), by=CLAIRE, acting=HOSPITAL) == {}


def test_planning_a_step_is_told_to_nobody() -> None:
    event = MilestonePlanned(
        project_id=PROJECT, convention_id=CONVENTION, milestone_id=MilestoneId(new_id()), due_on=DAY
    )
    assert told(event, circle(), by=LISE, acting=HOSPITAL) == {}


def test_every_hearing_says_as_whom_and_why() -> None:
    event = ConventionSealed(
        convention_id=CONVENTION, sealed_hash=HASH, sign_before=DAY, organization_id=HOSPITAL
    )
    hearings = who_should_hear(event, circle(), actor_person=CLAIRE, actor_organization=HOSPITAL)
    assert Hearing(PAUL, ASSOCIATION, NoticeKind.SIGNATURE_AWAITED, NoticeReason.SIGNATORY) in hearings
    assert Hearing(ODILE, ASSOCIATION, NoticeKind.TEXT_SEALED, NoticeReason.REFERENT) in hearings


PEOPLE = [CLAIRE, KARIM, LISE, ODILE, PAUL, NORA]
SOME = st.frozensets(st.sampled_from(PEOPLE))


@given(
    sample=st.sampled_from(SAMPLES),
    actor=st.sampled_from(PEOPLE),
    hospital=st.tuples(SOME, SOME),
    association=st.tuples(SOME, SOME),
)
def test_nobody_hears_of_her_own_act_nor_twice_of_one_event(
    sample: tuple[Event, object, OrganizationId | None, object],
    actor: PersonId,
    hospital: tuple[frozenset[PersonId], frozenset[PersonId]],
    association: tuple[frozenset[PersonId], frozenset[PersonId]],
) -> None:
    event, _, acting, _ = sample
    around = Circle(parties=(Party(HOSPITAL, *hospital), Party(ASSOCIATION, *association)))
    hearings = who_should_hear(event, around, actor_person=actor, actor_organization=acting)
    people = [it.person_id for it in hearings]
    assert actor not in people
    assert len(people) == len(set(people))


def test_facts_that_are_still_on_their_way_are_noticed() -> None:
    opened = NegotiationOpened(convention_id=CONVENTION)
    lonely = Circle(
        parties=(Party(HOSPITAL, referents=frozenset({CLAIRE})), Party(ASSOCIATION)), negotiating=True
    )
    sealed = ConventionSealed(
        convention_id=CONVENTION, sealed_hash=HASH, sign_before=DAY, organization_id=HOSPITAL
    )
    unsignable = Circle(
        parties=tuple(Party(it.organization_id, it.referents) for it in circle().parties), negotiating=True
    )
    assert Circle().lacks_people_for(opened)
    assert lonely.lacks_people_for(opened)
    assert unsignable.lacks_people_for(sealed)
    assert not circle().lacks_people_for(sealed)


def test_an_invitation_waits_for_nobody() -> None:
    asked = MandateProposed(
        mandate_id=MANDATE,
        convention_id=CONVENTION,
        organization_id=ASSOCIATION,
        person_id=ODILE,
        proposed_by=HOSPITAL,
    )
    assert not Circle().lacks_people_for(asked)
