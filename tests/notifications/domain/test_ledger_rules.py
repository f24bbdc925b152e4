"""When a notice is settled, when its e-mail leaves, and how long one insists."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.notifications.notices.domain.rules import (
    FOLD_WINDOW,
    LONGEST_RETRY_DELAY,
    Settled,
    Subject,
    attested_by,
    first_state,
    leaves_at,
    retry_delay,
    settled_by,
)
from shared.contracts.contacts.events import MandateAccepted, MandateDeclined
from shared.contracts.identifiers import (
    ClauseId,
    ConventionId,
    IndicatorId,
    MandateId,
    OrganizationId,
    PersonId,
    ProjectId,
    new_id,
)
from shared.contracts.notifications.queries import NoticeKind, NoticeState
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseProposed,
    ClauseWithdrawn,
    ClosingStep,
    ClosingStepDone,
    ConventionActivated,
    ConventionClosed,
    ConventionSealed,
    ConventionSigned,
    IndicatorAgreed,
    NegotiationOpened,
    SignatureRefused,
    SignaturesVoided,
    TermsAccepted,
    TermsProposed,
    VoidReason,
)

CONVENTION, CLAUSE, MANDATE = ConventionId(new_id()), ClauseId(new_id()), MandateId(new_id())
SIDE, PERSON = OrganizationId(new_id()), PersonId(new_id())
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 27)
HASH = "a" * 64


def test_an_answered_mandate_asks_for_nothing_any_more() -> None:
    answer = {
        "mandate_id": MANDATE,
        "convention_id": CONVENTION,
        "organization_id": SIDE,
        "person_id": PERSON,
    }
    expected = Settled(NoticeKind.MANDATE_PROPOSED, MANDATE)
    assert settled_by(MandateAccepted.model_validate(answer)) == expected
    assert settled_by(MandateDeclined.model_validate(answer)) == expected


def accepted(*, agreed: bool) -> ClauseAccepted:
    return ClauseAccepted(
        convention_id=CONVENTION, clause_id=CLAUSE, revision=3, organization_id=SIDE, agreed=agreed
    )


def test_a_clause_settles_for_the_side_that_accepts_and_for_all_once_agreed() -> None:
    assert settled_by(accepted(agreed=False)) == Settled(NoticeKind.CLAUSE_PROPOSED, CLAUSE, SIDE)
    assert settled_by(accepted(agreed=True)) == Settled(NoticeKind.CLAUSE_PROPOSED, CLAUSE)


def test_a_newer_text_settles_the_older_one() -> None:
    event = ClauseProposed(convention_id=CONVENTION, clause_id=CLAUSE, revision=3, organization_id=SIDE)
    assert settled_by(event) == Settled(NoticeKind.CLAUSE_PROPOSED, CLAUSE)


def test_an_article_that_is_taken_back_asks_for_nothing_any_more() -> None:
    event = ClauseWithdrawn(convention_id=CONVENTION, clause_id=CLAUSE, organization_id=SIDE)
    assert settled_by(event) == Settled(NoticeKind.CLAUSE_PROPOSED, CLAUSE)


def test_terms_settle_like_a_clause() -> None:
    proposed = TermsProposed(convention_id=CONVENTION, revision=3, organization_id=SIDE)
    assert settled_by(proposed) == Settled(NoticeKind.TERMS_PROPOSED)
    for agreed, side in ((False, SIDE), (True, None)):
        event = TermsAccepted(convention_id=CONVENTION, revision=3, organization_id=SIDE, agreed=agreed)
        assert settled_by(event) == Settled(NoticeKind.TERMS_PROPOSED, organization_id=side)


def test_sealing_settles_every_clause() -> None:
    event = ConventionSealed(
        convention_id=CONVENTION, sealed_hash=HASH, sign_before=DAY, organization_id=SIDE
    )
    assert settled_by(event) == Settled(NoticeKind.CLAUSE_PROPOSED)


def test_a_signature_settles_its_own_side_only() -> None:
    event = ConventionSigned(
        convention_id=CONVENTION, organization_id=SIDE, person_id=PERSON, sealed_hash=HASH
    )
    assert settled_by(event) == Settled(NoticeKind.SIGNATURE_AWAITED, organization_id=SIDE)
    assert attested_by(event) == Settled(NoticeKind.PAPER_SCAN_GIVEN, organization_id=SIDE)


def test_a_refusal_a_voiding_and_an_activation_settle_every_signature() -> None:
    everywhere = Settled(NoticeKind.SIGNATURE_AWAITED)
    voided = SignaturesVoided(
        convention_id=CONVENTION, reason=VoidReason.EDIT, organization_id=SIDE, voided=()
    )
    assert settled_by(SignatureRefused(convention_id=CONVENTION, organization_id=SIDE)) == everywhere
    assert settled_by(voided) == everywhere
    active = ConventionActivated(convention_id=CONVENTION, starts_on=DAY, ends_on=DAY)
    assert settled_by(active) == everywhere
    refused = SignatureRefused(convention_id=CONVENTION, organization_id=SIDE)
    for event in (refused, voided, active):
        assert attested_by(event) == Settled(NoticeKind.PAPER_SCAN_GIVEN)


def test_a_side_that_has_done_its_last_duty_is_asked_no_more() -> None:
    step = ClosingStepDone(convention_id=CONVENTION, organization_id=SIDE, step=ClosingStep.RETURN_ACCESS)
    assert settled_by(step) is None
    last = step.model_copy(update={"last": True})
    assert settled_by(last) == Settled(NoticeKind.CONVENTION_ENDED, organization_id=SIDE)
    assert settled_by(ConventionClosed(convention_id=CONVENTION)) == Settled(NoticeKind.CONVENTION_ENDED)


def test_an_agreed_indicator_asks_for_nothing_any_more() -> None:
    indicator = IndicatorId(new_id())
    event = IndicatorAgreed(
        indicator_id=indicator,
        project_id=ProjectId(new_id()),
        convention_id=CONVENTION,
        organization_id=SIDE,
    )
    assert settled_by(event) == Settled(NoticeKind.INDICATOR_PROPOSED, indicator)


def test_what_only_informs_settles_nothing() -> None:
    assert settled_by(NegotiationOpened(convention_id=CONVENTION)) is None
    assert attested_by(NegotiationOpened(convention_id=CONVENTION)) is None


def test_a_notice_knows_what_it_is_about_and_asks_about() -> None:
    subject = Subject.of(accepted(agreed=True))
    assert subject == Subject(convention_id=CONVENTION, clause_id=CLAUSE)
    assert subject.asked_about(NoticeKind.CLAUSE_PROPOSED) == CLAUSE
    assert subject.asked_about(NoticeKind.SIGNATURE_AWAITED) is None


def test_only_what_asks_for_an_act_waits_in_the_first_drawer() -> None:
    to_do = {kind for kind in NoticeKind if first_state(kind) is NoticeState.TO_DO}
    assert to_do == {
        NoticeKind.MANDATE_PROPOSED,
        NoticeKind.REFERENT_MISSING,
        NoticeKind.CLAUSE_PROPOSED,
        NoticeKind.TERMS_PROPOSED,
        NoticeKind.ANNEX_PROPOSED,
        NoticeKind.ADMISSION_PROPOSED,
        NoticeKind.SIGNATURE_AWAITED,
        NoticeKind.PAPER_SCAN_GIVEN,
        NoticeKind.RENEWAL_AWAITED,
        NoticeKind.CONVENTION_ENDED,
        NoticeKind.OBLIGATION_DUE,
        NoticeKind.OBLIGATION_MISSED,
        NoticeKind.MEDIATION_AWAITED,
        NoticeKind.INDICATOR_PROPOSED,
        NoticeKind.TASK_ASSIGNED,
        NoticeKind.PRIVATE_TASK_ASSIGNED,
    }


@given(st.lists(st.timedeltas(min_value=timedelta(0), max_value=timedelta(minutes=5)), max_size=40))
def test_a_burst_leaves_at_once_then_every_two_minutes_at_most(pauses: list[timedelta]) -> None:
    now, last = NOON, None
    departures: set[datetime] = set()
    for pause in pauses:
        now += pause
        leaves = last if last is not None and last > now else leaves_at(now, last)
        assert now <= leaves <= now + FOLD_WINDOW
        last = leaves
        departures.add(leaves)
    ordered = sorted(departures)
    assert all(later - earlier >= FOLD_WINDOW for earlier, later in pairwise(ordered))


@given(st.integers(min_value=1, max_value=10_000))
def test_retries_grow_to_an_hour(attempts: int) -> None:
    assert retry_delay(attempts) <= retry_delay(attempts + 1) <= LONGEST_RETRY_DELAY
    assert retry_delay(1) <= timedelta(seconds=5)
