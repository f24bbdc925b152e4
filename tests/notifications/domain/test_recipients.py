"""Who hears of what, without any server."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.recipients.circle import PERHAPS_GONE, SURE_TO_COME, Circle, Hearing, Party
from services.notifications.recipients.domain import RULES, who_should_hear
from shared.contracts.contacts.events import (
    MandateDeclined,
    MandateEnd,
    MandateEnded,
    MandateProposed,
    SideLeftVacant,
)
from shared.contracts.identifiers import MilestoneId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.contracts.projects.events import (
    ConventionSealed,
    ConventionSigned,
    MilestonePlanned,
    NegotiationOpened,
    PaperScanGiven,
    SignatureDue,
    SignaturesVoided,
    VoidReason,
)
from tests.notifications.domain.circle import (
    ASSOCIATION,
    CLAIRE,
    CONVENTION,
    DAY,
    HASH,
    HOSPITAL,
    KARIM,
    LISE,
    MANDATE,
    NORA,
    ODILE,
    PAUL,
    PROJECT,
    SAMPLES,
    circle,
)
from tests.notifications.domain.circle_of_amendments import AMENDMENT_SAMPLES
from tests.notifications.domain.circle_of_annexes import ANNEX_SAMPLES
from tests.notifications.domain.circle_of_life import LIFE_SAMPLES
from tests.notifications.domain.circle_of_mediation import KEPT_OR_MEDIATED_SAMPLES
from tests.notifications.domain.circle_of_parties import PARTIES_SAMPLES
from tests.notifications.domain.circle_rooms import PRIVATE, ROOM_SAMPLES, assigned, posted
from tests.notifications.domain.departures import DEPARTURES
from tests.notifications.domain.work_samples import WORK_SAMPLES

ALL_SAMPLES = [
    *SAMPLES,
    *DEPARTURES,
    *WORK_SAMPLES,
    *LIFE_SAMPLES,
    *KEPT_OR_MEDIATED_SAMPLES,
    *ROOM_SAMPLES,
    *ANNEX_SAMPLES,
    *PARTIES_SAMPLES,
    *AMENDMENT_SAMPLES,
]


def told(
    event: Event, around: Circle, *, by: PersonId | None = None, acting: OrganizationId | None = None
) -> dict[PersonId, NoticeKind]:
    hearings = who_should_hear(event, around, actor_person=by, actor_organization=acting)
    return {it.person_id: it.kind for it in hearings}


@pytest.mark.parametrize(("event", "by", "acting", "expected"), ALL_SAMPLES)
def test_each_event_is_told_to_the_people_it_concerns(
    event: Event,
    by: PersonId | None,
    acting: OrganizationId | None,
    expected: dict[PersonId, NoticeKind],
) -> None:
    assert told(event, circle(), by=by, acting=acting) == expected


def test_every_rule_has_a_sample() -> None:
    assert {type(event) for event, *_ in ALL_SAMPLES} | {
        ConventionSigned,
        PaperScanGiven,
        SignatureDue,
    } == set(RULES)


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
    attested = event.model_copy(update={"on_paper": True})
    assert told(attested, around, by=KARIM, acting=HOSPITAL) == {ODILE: NoticeKind.SIGNATURE_ATTESTED}


def test_the_last_signature_is_told_by_the_activation_alone() -> None:
    event = signature(HOSPITAL, KARIM)
    assert told(event, circle(signed=(HOSPITAL, ASSOCIATION)), by=KARIM, acting=HOSPITAL) == {}


def test_where_the_order_is_fixed_each_is_asked_when_her_turn_comes() -> None:
    sealed = ConventionSealed(
        convention_id=CONVENTION,
        sealed_hash=HASH,
        sign_before=DAY,
        organization_id=HOSPITAL,
        sign_order=(HOSPITAL, ASSOCIATION),
    )
    asked = told(sealed, circle(), by=ODILE, acting=HOSPITAL)
    assert {person for person, kind in asked.items() if kind is NoticeKind.SIGNATURE_AWAITED} == {
        CLAIRE,
        KARIM,
    }
    event = signature(HOSPITAL, KARIM).model_copy(update={"next_to_sign": ASSOCIATION})
    asked = told(event, circle(signed=(HOSPITAL,)), by=KARIM, acting=HOSPITAL)
    assert asked == {PAUL: NoticeKind.SIGNATURE_AWAITED, ODILE: NoticeKind.CONVENTION_SIGNED}


def test_those_who_can_sign_now_are_told_that_the_last_day_comes() -> None:
    event = SignatureDue(convention_id=CONVENTION, sign_before=DAY, awaited=(HOSPITAL,))
    assert told(event, circle()) == dict.fromkeys((CLAIRE, KARIM), NoticeKind.SIGNATURE_DUE)


def test_a_last_day_that_passed_is_told_to_all_who_sign_or_answer() -> None:
    event = SignaturesVoided(
        convention_id=CONVENTION, reason=VoidReason.DEADLINE, organization_id=HOSPITAL, voided=(KARIM,)
    )
    heard = told(event, circle(), acting=None)
    assert heard == dict.fromkeys((CLAIRE, KARIM, ODILE, PAUL), NoticeKind.SIGNING_LAPSED)


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
    sample=st.sampled_from(ALL_SAMPLES),
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
    alone = (Party(HOSPITAL, referents=frozenset({CLAIRE})), Party(ASSOCIATION))
    sealed = ConventionSealed(
        convention_id=CONVENTION, sealed_hash=HASH, sign_before=DAY, organization_id=HOSPITAL
    )
    unsigned = tuple(Party(it.organization_id, it.referents) for it in circle().parties)
    assert Circle().patience_for(opened) == SURE_TO_COME
    assert Circle(alone, drafted=True, negotiating=True).patience_for(opened) == SURE_TO_COME
    assert Circle(alone, drafted=True).patience_for(opened) is None
    assert Circle(unsigned, drafted=True, negotiating=True).patience_for(sealed) == PERHAPS_GONE
    assert circle().patience_for(sealed) is None


def test_a_deputy_hears_what_the_absent_referent_hears() -> None:
    hospital, association = circle().parties
    absent = replace(circle(), parties=(hospital, replace(association, deputies=frozenset({NORA}))))
    hearings = who_should_hear(
        NegotiationOpened(convention_id=CONVENTION), absent, actor_person=None, actor_organization=None
    )
    assert Hearing(NORA, ASSOCIATION, NoticeKind.NEGOTIATION_OPENED, NoticeReason.DEPUTY) in hearings
    assert Hearing(ODILE, ASSOCIATION, NoticeKind.NEGOTIATION_OPENED, NoticeReason.REFERENT) in hearings


def vacant(*, administrators: frozenset[PersonId] = frozenset()) -> Circle:
    """The association has lost Odile; Paul signs for it."""
    hospital, association = circle().parties
    gone = replace(association, referents=frozenset(), administrators=administrators, vacant=True)
    return replace(circle(), parties=(hospital, gone))


def test_on_a_vacant_side_the_signatories_hear_what_the_referent_would() -> None:
    event = NegotiationOpened(convention_id=CONVENTION)
    assert told(event, vacant()) == {
        CLAIRE: NoticeKind.NEGOTIATION_OPENED,
        PAUL: NoticeKind.NEGOTIATION_OPENED,
    }
    assert vacant().patience_for(event) is None


def test_a_vacancy_is_told_to_both_sides_and_asks_its_own_for_a_successor() -> None:
    event = SideLeftVacant(mandate_id=MANDATE, convention_id=CONVENTION, organization_id=ASSOCIATION)
    heard = told(event, vacant(administrators=frozenset({NORA})), by=ODILE, acting=ASSOCIATION)
    assert heard == {
        CLAIRE: NoticeKind.SIDE_LEFT_VACANT,
        PAUL: NoticeKind.REFERENT_MISSING,
        NORA: NoticeKind.REFERENT_MISSING,
    }


def test_the_end_of_a_last_mandate_is_told_by_the_vacancy() -> None:
    event = MandateEnded(
        mandate_id=MANDATE,
        convention_id=CONVENTION,
        organization_id=ASSOCIATION,
        person_id=ODILE,
        reason=MandateEnd.LEFT,
    )
    assert told(event, vacant(), by=NORA, acting=ASSOCIATION) == {ODILE: NoticeKind.MANDATE_ENDED}


def test_what_contacts_tells_waits_for_nothing_that_projects_tells() -> None:
    asked, accepted, declined = (event for event, *_ in SAMPLES[:3])
    for event in (asked, accepted, declined):
        assert Circle().patience_for(event) is None


@given(
    hospital=st.tuples(SOME, SOME),
    association=st.tuples(SOME, SOME),
    to=st.sampled_from([HOSPITAL, ASSOCIATION, None]),
    owner=st.sampled_from([None, *PEOPLE]),
)
def test_nobody_hears_of_the_private_room_of_another_side(
    hospital: tuple[frozenset[PersonId], frozenset[PersonId]],
    association: tuple[frozenset[PersonId], frozenset[PersonId]],
    to: OrganizationId | None,
    owner: PersonId | None,
) -> None:
    around = Circle(parties=(Party(HOSPITAL, *hospital), Party(ASSOCIATION, *association)))
    for event in (posted(PRIVATE, HOSPITAL), assigned(PRIVATE, HOSPITAL, to, owner)):
        hearings = who_should_hear(event, around, actor_person=None, actor_organization=HOSPITAL)
        assert {it.organization_id for it in hearings} <= {HOSPITAL}
