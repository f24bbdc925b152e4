"""Both référents attest the scan of the signed pages; the last attestation makes the convention active."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.files import GivenFile, MediaType
from shared.contracts.projects.events import ConventionSigned
from shared.contracts.projects.paper import AttestPaperSignature, GivePaperScan
from shared.contracts.projects.queries import Act, ConventionState, GetTimeline
from shared.contracts.projects.refusals import (
    ConventionNotFound,
    NotAReferent,
    PaperDateImpossible,
    ScanAttested,
    ScanChanged,
)
from shared.contracts.projects.seals import GetEvidence
from tests.projects.service.world import TODAY, Member, World

SCAN = GivenFile(sha256="a" * 64, size=1000, media_type=MediaType.PDF, name="pages signées.pdf")
OTHER = GivenFile(sha256="b" * 64, size=1000, media_type=MediaType.PNG, name="page.png")


async def give(world: World, sealed_hash: str, who: Member, file: GivenFile = SCAN) -> None:
    await world.ask(GivePaperScan(convention_id=world.convention, sealed_hash=sealed_hash, file=file), who)


async def attest(world: World, sealed_hash: str, who: Member, **given: Any) -> None:
    fields: dict[str, Any] = {
        "scan": SCAN.sha256,
        "signatory": "Jeanne Morel",
        "capacity": "directrice",
        "signed_on": TODAY,
    }
    await world.ask(
        AttestPaperSignature(convention_id=world.convention, sealed_hash=sealed_hash, **(fields | given)), who
    )


async def test_both_referents_attest_one_scan(world: World) -> None:
    sealed_hash = await world.seal()
    with pytest.raises(ScanChanged):
        await attest(world, sealed_hash, world.claire)
    await give(world, sealed_hash, world.claire)
    await give(world, sealed_hash, world.claire)
    convention = await world.get()
    assert convention.scan is not None
    assert (convention.scan.file, convention.scan.person_id) == (SCAN, world.claire.person_id)
    assert Act.SIGN_ON_PAPER in convention.may

    await attest(world, sealed_hash, world.claire)
    assert (await world.get()).state is ConventionState.PARTLY_SIGNED
    with pytest.raises(ScanAttested):
        await give(world, sealed_hash, world.odile, OTHER)
    await attest(world, sealed_hash, world.odile, signatory="Odile Marchand")
    assert (await world.get()).state is ConventionState.ACTIVE
    timeline = await world.ask(GetTimeline(convention_id=world.convention), world.odile)
    signed = [it for it in timeline.entries if it.type == ConventionSigned.subject]
    assert [it.on_paper for it in signed] == [True, True]
    (seal,) = (await world.ask(GetEvidence(convention_id=world.convention), world.odile)).seals
    assert [(it.signatory, it.signed_on, it.scan) for it in seal.signatures] == [
        ("Jeanne Morel", TODAY, SCAN.sha256),
        ("Odile Marchand", TODAY, SCAN.sha256),
    ]


async def test_who_may_not_attest_and_what_cannot_be(world: World) -> None:
    sealed_hash = await world.seal()
    await give(world, sealed_hash, world.claire)
    await give(world, sealed_hash, world.odile, OTHER)
    with pytest.raises(ScanChanged):
        await attest(world, sealed_hash, world.claire)
    await give(world, sealed_hash, world.claire)
    with pytest.raises(NotAReferent):
        await attest(world, sealed_hash, world.hugo)
    with pytest.raises(ConventionNotFound):
        await attest(world, sealed_hash, world.yann)
    with pytest.raises(PaperDateImpossible):
        await attest(world, sealed_hash, world.claire, signed_on=TODAY + timedelta(days=1))


async def test_paper_and_a_click_in_the_same_instant_make_one_signature(world: World, look: Any) -> None:
    sealed_hash = await world.seal()
    await give(world, sealed_hash, world.claire)
    outcomes = await asyncio.gather(
        attest(world, sealed_hash, world.claire), world.sign(world.hugo, sealed_hash), return_exceptions=True
    )
    assert sorted(type(it).__name__ for it in outcomes) == ["AlreadySigned", "NoneType"]
    assert await look.fetchval("SELECT count(*) FROM convention_signatures") == 1
