"""Seal, sign, refuse: both sides sign one text, and any change voids what was signed."""

import asyncio
import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.contacts.events import SigningAuthorityRevoked
from shared.contracts.projects.commands import RefuseSignature, SealConvention
from shared.contracts.projects.queries import (
    Act,
    CheckSealing,
    ConventionState,
    GetSealedText,
)
from shared.contracts.projects.refusals import (
    AlreadySigned,
    ConventionIncomplete,
    ConventionNotFound,
    NegotiationNotOpen,
    NotAReferent,
    NotASignatory,
    NotSealed,
    SamePersonForTwoParties,
    SealedTextChanged,
    SignBeforeInPast,
)
from shared.contracts.projects.seals import GetEvidence, SignBeforeAfterEnd
from shared.contracts.refusals import StaleVersion
from tests.projects.service.world import BLANK, SIGN_BEFORE, TODAY, Member, World, numbered
from tests.support.eventually import eventually


async def test_the_whole_way_to_an_active_convention(world: World, look: Any) -> None:
    active = await world.activate()
    assert active.state is ConventionState.ACTIVE
    assert active.activated_at is not None
    assert {it.signature.person_id for it in active.parties if it.signature} == {
        world.hugo.person_id,
        world.odile.person_id,
    }
    text = await world.ask(GetSealedText(convention_id=world.convention), world.odile)
    assert hashlib.sha256(text.text.encode()).hexdigest() == text.sealed_hash == active.sealed_hash
    form = json.loads(text.text)
    assert form["form"] == "entente-convention/3"
    assert [it["text"] for it in form["clauses"]] == [it.text for it in active.clauses]
    # The version is the number of events, without a gap.
    versions = await look.fetch(
        "SELECT version, type FROM event_log WHERE aggregate_id = $1 ORDER BY version", world.convention
    )
    assert [it["version"] for it in versions] == list(range(1, active.version + 1))
    assert [it["type"].split(".")[3] for it in versions[-3:]] == ["signed", "signed", "activated"]


async def test_everything_that_stands_against_sealing_is_told_at_once(world: World) -> None:
    convention = await world.negotiate()
    await world.contacts.publish(
        SigningAuthorityRevoked(person_id=world.odile.person_id, organization_id=world.association)
    )

    async def without_signatory() -> bool:
        parties = (await world.get()).parties
        return not next(it for it in parties if it.organization_id == world.association).has_signatory

    await eventually(without_signatory)
    check = await world.ask(CheckSealing(convention_id=world.convention), world.karim)
    assert check.version == convention.version
    assert {it.clause_id for it in check.problems if it.reason == "clause_incomplete"} == {
        it.clause_id for it in convention.clauses if BLANK in it.text
    }
    assert sum(it.reason == "clause_not_agreed" for it in check.problems) == 12
    assert [it.organization_id for it in check.problems if it.reason == "signatory_missing"] == [
        world.association
    ]
    with pytest.raises(ConventionIncomplete) as caught:
        await world.seal_again(convention.version)
    assert caught.value.fields["problems"] == [
        it.model_dump(mode="json", exclude_none=True) for it in check.problems
    ]


async def test_refusals_of_a_seal(world: World) -> None:
    convention = await world.agree()

    async def seal(member: Member, **given: Any) -> None:
        fields: dict[str, Any] = {"version": convention.version, "sign_before": SIGN_BEFORE} | given
        await world.ask(SealConvention(convention_id=world.convention, **fields), member)

    with pytest.raises(NotAReferent):
        await seal(world.hugo)
    with pytest.raises(StaleVersion) as stale:
        await seal(world.claire, version=convention.version - 1)
    assert stale.value.fields == {"current_version": convention.version}
    with pytest.raises(SignBeforeInPast):
        await seal(world.claire, sign_before=TODAY - timedelta(days=1))
    with pytest.raises(SignBeforeAfterEnd) as late:
        await seal(world.claire, sign_before=convention.ends_on + timedelta(days=1))
    assert late.value.fields == {"ends_on": convention.ends_on.isoformat()}
    with pytest.raises(NotSealed):
        await world.ask(GetSealedText(convention_id=world.convention), world.claire)
    await seal(world.odile)
    with pytest.raises(NegotiationNotOpen):
        await seal(world.claire)


async def test_refusals_of_a_signature(world: World) -> None:
    convention = await world.agree()
    with pytest.raises(NotSealed) as early:
        await world.sign(world.hugo, "0" * 64)
    assert early.value.fields == {"state": "negotiating"}
    sealed_hash = await world.seal_again(convention.version)
    with pytest.raises(NotASignatory):
        await world.sign(world.claire, sealed_hash)
    with pytest.raises(SealedTextChanged):
        await world.sign(world.hugo, "0" * 64)
    await world.sign(world.hugo, sealed_hash)
    with pytest.raises(AlreadySigned):
        await world.sign(world.hugo, sealed_hash)
    on_both_sides = await world.join_as(world.hugo, world.association)
    with pytest.raises(SamePersonForTwoParties):
        await world.sign(on_both_sides, sealed_hash)
    evidence = next(
        it.signature for it in (await world.get()).parties if it.organization_id == world.hospital
    )
    assert evidence is not None
    assert (evidence.capacity, evidence.means) == ("par délégation", "password")
    assert evidence.sealed_hash == sealed_hash


async def test_two_signatures_at_once_activate_once(world: World, look: Any) -> None:
    sealed_hash = await world.seal()
    outcomes = await asyncio.gather(
        *(world.sign(who, sealed_hash) for who in (world.hugo, world.odile, world.hugo, world.odile)),
        return_exceptions=True,
    )
    assert sorted(type(it).__name__ for it in outcomes) == [
        "AlreadySigned",
        "AlreadySigned",
        "NoneType",
        "NoneType",
    ]
    assert (await world.get()).state is ConventionState.ACTIVE
    assert (
        await look.fetchval(
            "SELECT count(*) FROM event_log WHERE type = 'entente.projects.convention.activated.v1'"
        )
        == 1
    )


async def test_an_edit_voids_the_signatures_and_tells_whose(world: World, look: Any) -> None:
    sealed_hash = await world.seal()
    await world.sign(world.hugo, sealed_hash)
    clause = numbered(await world.get(), 4)
    await world.propose(clause, "Un autre coordinateur.", world.odile)
    convention = await world.get()
    assert convention.state is ConventionState.NEGOTIATING
    assert (convention.sealed_hash, convention.sign_before) == (None, None)
    assert all(it.signature is None for it in convention.parties)
    assert convention.last_refusal is None
    voided = await look.fetchval(
        "SELECT data FROM event_log WHERE type = 'entente.projects.convention.signatures_voided.v1'"
    )
    assert json.loads(voided)["voided"] == [str(world.hugo.person_id)]
    with pytest.raises(NotSealed):
        await world.sign(world.odile, sealed_hash)
    # What was signed stays as evidence, and counts no more.
    for reader in (world.claire, world.odile):
        (seal,) = (await world.ask(GetEvidence(convention_id=world.convention), reader)).seals
        assert (seal.sealed_hash, seal.in_force, seal.refusal) == (sealed_hash, False, None)
        assert [it.person_id for it in seal.signatures] == [world.hugo.person_id]
        assert seal.signatures[0].mandated_since is not None
    with pytest.raises(ConventionNotFound):
        await world.ask(GetEvidence(convention_id=world.convention), world.yann)


async def test_a_refusal_opens_the_text_again_and_shows_its_reason_until_the_next_seal(world: World) -> None:
    sealed_hash = await world.seal()
    await world.sign(world.hugo, sealed_hash)
    no = RefuseSignature(
        convention_id=world.convention, sealed_hash=sealed_hash, reason="Le préavis est trop court."
    )
    with pytest.raises(NotASignatory):
        await world.ask(no, world.claire)
    with pytest.raises(AlreadySigned):
        await world.ask(no, world.hugo)
    with pytest.raises(SealedTextChanged):
        await world.ask(no.model_copy(update={"sealed_hash": "0" * 64}), world.odile)
    await world.ask(no, world.odile)
    convention = await world.get()
    assert convention.state is ConventionState.NEGOTIATING
    assert convention.last_refusal is not None
    assert convention.last_refusal.reason == "Le préavis est trop court."
    assert convention.last_refusal.person_id == world.odile.person_id
    with pytest.raises(NotSealed):
        await world.ask(no, world.odile)

    again = await world.seal_again(convention.version)
    assert again == sealed_hash
    sealed = await world.get(world.hugo)
    assert sealed.last_refusal is None
    assert Act.SIGN in sealed.may
    assert all(it.signature is None for it in sealed.parties)


async def test_an_active_convention_is_not_reworded(world: World) -> None:
    active = await world.activate()
    with pytest.raises(NegotiationNotOpen) as caught:
        await world.propose(numbered(active, 1), "Trop tard.", world.claire)
    assert caught.value.fields == {"state": "active"}
    assert set(active.may) == {Act.AMEND, Act.COMMENT, Act.PROPOSE_PROJECT}
