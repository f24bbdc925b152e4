"""The rules of signing on paper, one sentence each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.paper import Attested, attest, give_scan
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.files import GivenFile, MediaType
from shared.contracts.messages import Event
from shared.contracts.projects.events import ConventionActivated, ConventionSigned, PaperScanGiven
from shared.contracts.projects.paper import NotEntrusted
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import (
    AlreadySigned,
    NotAReferent,
    NotSealed,
    PaperDateImpossible,
    ScanAttested,
    ScanChanged,
    SealedTextChanged,
    SigningDeadlinePassed,
)
from shared.contracts.refusals import Refusal
from tests.projects.domain.conventions.drafts import (
    CLAIRE,
    HOSPITAL,
    HUGO,
    NOW,
    ODILE,
    SIGN_BEFORE,
    TODAY,
    agreed,
    hash_of,
    sealed,
)

SCAN = GivenFile(sha256="a" * 64, size=1000, media_type=MediaType.PDF, name="signee.pdf")
OTHER = GivenFile(sha256="b" * 64, size=1000, media_type=MediaType.PDF, name="signee-2.pdf")
SEEN = Attested("Jeanne Morel", "directrice", TODAY, SCAN.sha256)


def scanned() -> Convention:
    convention = sealed()
    give_scan(convention, hash_of(convention), SCAN, CLAIRE, NOW)
    return convention


def attested_by(convention: Convention, by: Speaker, seen: Attested = SEEN, *, days: int = 0) -> list[Event]:
    today = TODAY + timedelta(days=days)
    return attest(convention, hash_of(convention), seen, "password", by, now=NOW, today=today)


def test_the_last_attestation_makes_the_convention_active() -> None:
    convention = scanned()
    (signed,) = attested_by(convention, CLAIRE)
    assert isinstance(signed, ConventionSigned)
    assert (signed.organization_id, signed.on_paper) == (HOSPITAL, True)
    assert convention.state is ConventionState.PARTLY_SIGNED
    paper = convention.signatures[HOSPITAL].on_paper
    assert paper is not None
    assert (paper.signatory, paper.scan) == ("Jeanne Morel", SCAN.sha256)
    assert [type(it) for it in attested_by(convention, ODILE)] == [ConventionSigned, ConventionActivated]


def test_one_side_signs_on_paper_and_the_other_here() -> None:
    convention = scanned()
    attested_by(convention, CLAIRE)
    by_hand = convention.sign(hash_of(convention), "présidente", "password", ODILE, NOW, today=TODAY)[0]
    assert isinstance(by_hand, ConventionSigned)
    assert not by_hand.on_paper
    assert convention.state is ConventionState.ACTIVE


def test_a_better_scan_replaces_one_that_nobody_has_attested() -> None:
    convention = scanned()
    assert give_scan(convention, hash_of(convention), SCAN, ODILE, NOW) == []
    (given,) = give_scan(convention, hash_of(convention), OTHER, ODILE, NOW)
    assert isinstance(given, PaperScanGiven)
    with pytest.raises(ScanChanged):
        attested_by(convention, CLAIRE)
    attested_by(convention, CLAIRE, Attested("Jeanne Morel", "directrice", TODAY, OTHER.sha256))
    with pytest.raises(ScanAttested):
        give_scan(convention, hash_of(convention), SCAN, ODILE, NOW)


def test_only_a_referent_of_a_side_that_has_not_signed_attests() -> None:
    convention = scanned()
    with pytest.raises(NotAReferent):
        attested_by(convention, HUGO)
    attested_by(convention, CLAIRE)
    with pytest.raises(AlreadySigned):
        attested_by(convention, CLAIRE)


def test_who_named_herself_neither_gives_pages_nor_attests() -> None:
    alone = replace(CLAIRE, entrusted=False)
    with pytest.raises(NotEntrusted):
        give_scan(sealed(), hash_of(sealed()), SCAN, alone, NOW)
    with pytest.raises(NotEntrusted):
        attested_by(scanned(), alone)
    with pytest.raises(NotAReferent):
        attested_by(scanned(), replace(HUGO, referent=False))


def test_paper_needs_a_sealed_text_and_its_hash() -> None:
    with pytest.raises(NotSealed):
        give_scan(agreed(), "0" * 64, SCAN, CLAIRE, NOW)
    with pytest.raises(SealedTextChanged):
        give_scan(sealed(), "0" * 64, SCAN, CLAIRE, NOW)
    with pytest.raises(ScanChanged):
        attested_by(sealed(), CLAIRE)


@pytest.mark.parametrize(
    ("days_after_sealing", "today", "refusal"),
    [
        (-1, 0, PaperDateImpossible),
        (1, 0, PaperDateImpossible),
        (0, (SIGN_BEFORE - TODAY).days + 1, SigningDeadlinePassed),
    ],
)
def test_the_date_on_the_paper_is_possible(
    days_after_sealing: int, today: int, refusal: type[Refusal]
) -> None:
    seen = Attested("Jeanne Morel", "directrice", TODAY + timedelta(days=days_after_sealing), SCAN.sha256)
    with pytest.raises(refusal):
        attested_by(scanned(), CLAIRE, seen, days=today)
