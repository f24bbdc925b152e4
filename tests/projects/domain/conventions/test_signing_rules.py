"""The rules of sealing and signing, one sentence each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.deadline import pass_day_of_signing
from services.projects.conventions.domain.party import Authorities
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import ClauseId, OrganizationId, PersonId, new_id
from shared.contracts.projects.events import (
    ClauseProposed,
    ConventionActivated,
    ConventionSigned,
    SignatureRefused,
    SignaturesVoided,
    VoidReason,
)
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import (
    AlreadySigned,
    ConventionIncomplete,
    NegotiationNotOpen,
    NotASignatory,
    NotSealed,
    NotYourTurn,
    SamePersonForTwoParties,
    SealedTextChanged,
    SignBeforeInPast,
    SigningDeadlinePassed,
    SigningOrderIncomplete,
)
from shared.contracts.projects.seals import SignBeforeAfterEnd
from shared.contracts.refusals import Refusal, StaleVersion
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    CLAIRE,
    COMPLETE,
    HOSPITAL,
    HUGO,
    NOW,
    ODILE,
    SIGN_BEFORE,
    TODAY,
    YANN,
    agreed,
    applied,
    as_read,
    hash_of,
    negotiating,
    sealed,
    sealed_in_order,
    signed_by,
)

ACCEPTED_TEXT = "L'association forme ses bénévoles chaque année."


def first(convention: Convention) -> ClauseId:
    return next(it.id for it in convention.clauses.values() if it.number == 1)


def refused_with(convention: Convention, act: Callable[[], object]) -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.type


def test_sealing_tells_everything_that_is_missing_at_once() -> None:
    convention = negotiating()
    nobody = Authorities(with_referent=frozenset({HOSPITAL}), with_signatory=frozenset())
    with pytest.raises(ConventionIncomplete) as caught:
        convention.seal(convention.version, SIGN_BEFORE, nobody, CLAIRE, now=NOW, today=TODAY)
    reasons = [it["reason"] for it in caught.value.fields["problems"]]
    assert reasons.count("clause_not_agreed") == 12
    assert reasons.count("clause_incomplete") == 5
    assert reasons.count("referent_missing") == 1
    assert reasons.count("signatory_missing") == 2
    assert all(
        "clause_id" in it for it in caught.value.fields["problems"] if it["reason"].startswith("clause")
    )


def test_a_convention_whose_term_is_over_cannot_be_sealed() -> None:
    convention = agreed()
    with pytest.raises(ConventionIncomplete) as caught:
        convention.seal(
            convention.version, date(2028, 1, 1), COMPLETE, CLAIRE, now=NOW, today=date(2027, 5, 1)
        )
    assert caught.value.fields["problems"] == [{"reason": "ended"}]


def test_sealing_is_decided_on_the_version_that_was_read() -> None:
    convention = agreed()
    with pytest.raises(StaleVersion) as caught:
        convention.seal(convention.version - 1, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY)
    assert caught.value.fields == {"current_version": convention.version}


def test_the_day_to_sign_by_may_be_today_and_not_yesterday() -> None:
    convention = agreed()
    with pytest.raises(SignBeforeInPast):
        convention.seal(convention.version, date(2026, 3, 1), COMPLETE, CLAIRE, now=NOW, today=TODAY)
    assert convention.seal(convention.version, TODAY, COMPLETE, CLAIRE, now=NOW, today=TODAY)
    assert convention.state is ConventionState.READY


def test_nobody_is_asked_to_sign_after_the_last_day_of_the_convention() -> None:
    convention = agreed()
    last = convention.terms.terms.ends_on
    with pytest.raises(SignBeforeAfterEnd) as caught:
        convention.seal(convention.version, last + timedelta(days=1), COMPLETE, CLAIRE, now=NOW, today=TODAY)
    assert caught.value.fields == {"ends_on": last}
    assert convention.seal(convention.version, last, COMPLETE, CLAIRE, now=NOW, today=TODAY)


def test_the_first_signature_is_one_of_two_and_the_last_one_activates() -> None:
    convention = sealed()
    sealed_hash = hash_of(convention)
    assert convention.sign(sealed_hash, "directeur", "password", HUGO, NOW, today=TODAY) == [
        ConventionSigned(
            convention_id=convention.id,
            organization_id=HOSPITAL,
            person_id=HUGO.person_id,
            sealed_hash=sealed_hash,
        )
    ]
    assert convention.state is ConventionState.PARTLY_SIGNED
    events = convention.sign(sealed_hash, "présidente", "password", ODILE, NOW, today=TODAY)
    assert [type(it) for it in events] == [ConventionSigned, ConventionActivated]
    assert convention.state is ConventionState.ACTIVE


def test_signing_needs_authority_a_seal_and_its_hash() -> None:
    convention = sealed()
    sealed_hash = hash_of(convention)

    def signing(it: Convention, speaker: Speaker, digest: str = sealed_hash) -> Callable[[], object]:
        return lambda: it.sign(digest, "présidente", "password", speaker, NOW, today=TODAY)

    assert refused_with(convention, signing(convention, CLAIRE)) is NotASignatory
    assert refused_with(convention, signing(convention, YANN)) is NotASignatory
    assert refused_with(convention, signing(convention, HUGO, "0" * 64)) is SealedTextChanged
    assert refused_with(convention, signing(agreed(), HUGO)) is NotSealed


def test_a_party_signs_once() -> None:
    convention = signed_by(sealed(), HUGO)
    colleague = replace(HUGO, person_id=PersonId(new_id()))
    for somebody in (HUGO, colleague):
        with pytest.raises(AlreadySigned):
            convention.sign(hash_of(convention), "directeur", "password", somebody, NOW, today=TODAY)


def test_one_person_does_not_sign_for_both_sides() -> None:
    convention = signed_by(sealed(), HUGO)
    with pytest.raises(SamePersonForTwoParties):
        convention.sign(
            hash_of(convention),
            "présidente",
            "password",
            Speaker(HUGO.person_id, ASSOCIATION, referent=False, signatory=True),
            NOW,
            today=TODAY,
        )


@pytest.mark.parametrize("signatures", [(), (HUGO,)], ids=["nobody had signed", "one had"])
def test_any_edit_voids_every_signature(signatures: tuple[Speaker, ...]) -> None:
    convention = signed_by(sealed(), *signatures)
    events = convention.propose(first(convention), 1, ACCEPTED_TEXT, ODILE, NOW)
    assert events[0] == SignaturesVoided(
        convention_id=convention.id,
        reason=VoidReason.EDIT,
        organization_id=ASSOCIATION,
        voided=tuple(it.person_id for it in signatures),
    )
    assert isinstance(events[1], ClauseProposed)
    assert convention.state is ConventionState.NEGOTIATING
    assert convention.seal_in_force is None
    assert convention.signatures == {}


def test_a_refusal_voids_every_signature_and_keeps_its_reason() -> None:
    convention = signed_by(sealed(), HUGO)
    events = convention.refuse(hash_of(convention), "Le délai est trop court.", ODILE, NOW)
    assert [type(it) for it in events] == [SignatureRefused, SignaturesVoided]
    assert convention.state is ConventionState.NEGOTIATING
    assert convention.refusal is not None
    assert convention.refusal.reason == "Le délai est trop court."


def test_the_same_text_sealed_again_needs_new_signatures() -> None:
    convention = signed_by(sealed(), HUGO)
    before = hash_of(convention)
    applied(convention, convention.refuse(before, "Une réunion d'abord.", ODILE, NOW))
    applied(
        convention,
        convention.seal(convention.version, SIGN_BEFORE, COMPLETE, ODILE, now=NOW, today=TODAY),
    )
    assert hash_of(convention) == before
    assert convention.signatures == {}


def test_only_signatories_refuse_and_not_after_signing() -> None:
    convention = signed_by(sealed(), HUGO)
    digest = hash_of(convention)
    assert refused_with(convention, lambda: convention.refuse(digest, "Non.", CLAIRE, NOW)) is NotASignatory
    assert refused_with(convention, lambda: convention.refuse(digest, "Non.", HUGO, NOW)) is AlreadySigned
    assert (
        refused_with(convention, lambda: convention.refuse("0" * 64, "Non.", ODILE, NOW)) is SealedTextChanged
    )
    unsealed = agreed()
    assert refused_with(unsealed, lambda: unsealed.refuse(digest, "Non.", ODILE, NOW)) is NotSealed


def test_an_active_convention_does_not_change() -> None:
    convention = signed_by(sealed(), HUGO, ODILE)
    clause = first(convention)
    assert (
        refused_with(convention, lambda: convention.propose(clause, 1, "Texte.", CLAIRE, NOW))
        is NegotiationNotOpen
    )
    assert (
        refused_with(convention, lambda: convention.accept(as_read(convention), ODILE, NOW))
        is NegotiationNotOpen
    )
    assert (
        refused_with(convention, lambda: convention.refuse(hash_of(convention), "Non.", ODILE, NOW))
        is AlreadySigned
    )


def test_a_fixed_order_lets_each_sign_when_her_turn_comes() -> None:
    convention = sealed_in_order(ASSOCIATION, HOSPITAL)
    with pytest.raises(NotYourTurn) as caught:
        signed_by(convention, HUGO)
    assert caught.value.fields == {"organization_id": ASSOCIATION}
    (signed,) = convention.sign(hash_of(convention), "présidente", "password", ODILE, NOW, today=TODAY)
    assert isinstance(signed, ConventionSigned)
    assert signed.next_to_sign == HOSPITAL
    signed_by(convention, HUGO)
    assert convention.state is ConventionState.ACTIVE


def test_whoever_signs_later_may_refuse_before() -> None:
    convention = sealed_in_order(ASSOCIATION, HOSPITAL)
    assert convention.refuse(hash_of(convention), "Pas encore.", HUGO, NOW)


@pytest.mark.parametrize("order", [(HOSPITAL,), (HOSPITAL, HOSPITAL), (HOSPITAL, YANN.organization_id)])
def test_an_order_names_every_party_once(order: tuple[OrganizationId, ...]) -> None:
    with pytest.raises(SigningOrderIncomplete):
        sealed_in_order(*order)


def test_nobody_signs_after_the_last_day_and_its_passing_opens_the_text_once() -> None:
    convention = signed_by(sealed(), HUGO)
    late = SIGN_BEFORE + timedelta(days=1)
    with pytest.raises(SigningDeadlinePassed):
        convention.sign(hash_of(convention), "présidente", "password", ODILE, NOW, today=late)
    assert pass_day_of_signing(convention, SIGN_BEFORE - timedelta(days=20)) == []
    (voided,) = pass_day_of_signing(convention, late)
    assert voided == SignaturesVoided(
        convention_id=convention.id,
        reason=VoidReason.DEADLINE,
        organization_id=HOSPITAL,
        voided=(HUGO.person_id,),
    )
    assert convention.state is ConventionState.NEGOTIATING
    assert pass_day_of_signing(convention, late) == []
