"""The path from a draft to an active convention, through the running service."""

import hashlib
import json

from shared.contracts.projects.queries import Act, ConventionState, GetSealedText
from tests.projects.world import BLANK, World, numbered


async def test_a_convention_goes_from_a_draft_to_two_signatures(world: World) -> None:
    drafted = await world.draft()
    assert drafted.state is ConventionState.DRAFT
    assert [it.number for it in drafted.clauses] == list(range(12))
    assert "Centre hospitalier de Bellerive" in numbered(drafted, 0).text
    assert BLANK in numbered(drafted, 0).text
    assert Act.INVITE in drafted.may
    assert Act.PROPOSE in drafted.may


async def test_the_whole_way(world: World) -> None:
    active = await world.activate()
    assert active.state is ConventionState.ACTIVE
    assert active.activated_at is not None
    assert {it.signature.person_id for it in active.parties if it.signature} == {
        world.hugo.person_id,
        world.odile.person_id,
    }
    text = await world.ask(GetSealedText(convention_id=world.convention), world.odile)
    assert hashlib.sha256(text.text.encode()).hexdigest() == text.sealed_hash == active.sealed_hash
    assert json.loads(text.text)["form"] == "entente-convention/1"
