"""Begin a convention, and who reads it before it is shared."""

from typing import Any

import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.events import MandateDeclined, OrganizationRegistered
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.projects.queries import Act, ConventionState, ListConventions, ListTemplates
from shared.contracts.projects.refusals import (
    EndsBeforeStart,
    IdentifierTaken,
    NotAMemberOfOrganization,
    PartiesNotBalanced,
    TemplateNotFound,
)
from shared.contracts.refusals import InvalidRequest
from shared.contracts.values import Side
from tests.projects.service.world import BLANK, World, new_member, numbered
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase


async def test_the_models_are_listed_with_their_article_of_law(world: World) -> None:
    by_name = {it.template: it for it in (await world.ask(ListTemplates(), world.claire)).templates}
    assert by_name.keys() == {"volunteers_in_hospital", "end_of_life", "partnership"}
    assert "L1112-5" in by_name["volunteers_in_hospital"].regime
    assert len(by_name["volunteers_in_hospital"].clause_titles) == 12
    assert "L1110-11" in by_name["end_of_life"].regime
    assert by_name["end_of_life"].required == 13
    assert by_name["partnership"].required == 0


async def test_a_draft_is_its_authors_to_complete(world: World) -> None:
    drafted = await world.draft()
    assert drafted.state is ConventionState.DRAFT
    assert drafted.version == 1
    assert [it.number for it in drafted.clauses] == list(range(12))
    assert "Centre hospitalier de Bellerive" in numbered(drafted, 0).text
    assert BLANK in numbered(drafted, 0).text
    assert set(drafted.may) == {Act.INVITE, Act.PROPOSE, Act.COMMENT}
    assert [it.side for it in drafted.parties] == [Side.ESTABLISHMENT, Side.ASSOCIATION]
    assert not any(it.has_referent for it in drafted.parties)
    assert all(it.has_signatory for it in drafted.parties)


async def test_the_same_draft_twice_begins_one_convention(
    world: World, projects: FreshDatabase, count_events: Any
) -> None:
    order = world.to_draft()
    assert await world.ask(order, world.claire) == await world.ask(order, world.claire)
    assert await count_events(world.convention) == 1


@pytest.mark.parametrize(
    "change", [{"title": "Autre titre"}, {"aim": "Autre but."}, {"ends_on": "2099-01-01"}]
)
async def test_another_draft_under_the_same_identifier_is_refused(
    world: World, change: dict[str, Any]
) -> None:
    order = world.to_draft()
    await world.ask(order, world.claire)
    other = order.model_validate(order.model_dump() | change)
    with pytest.raises(IdentifierTaken):
        await world.ask(other, world.claire)
    with pytest.raises(IdentifierTaken):
        await world.ask(order, world.odile)


async def test_an_organisation_stands_on_the_side_that_the_directory_says(world: World, look: Any) -> None:
    for organization_id in (world.hospital, world.association):
        await world.contacts.publish(
            OrganizationRegistered(organization_id=organization_id, side=Side.ASSOCIATION)
        )
    await eventually(lambda: look.fetchval("SELECT count(*) = 2 FROM organizations"))
    with pytest.raises(PartiesNotBalanced):
        await world.ask(world.to_draft(), world.claire)
    with pytest.raises(PartiesNotBalanced):
        await world.ask(world.to_draft(), world.odile)


async def test_a_draft_that_does_not_hold_is_refused(world: World) -> None:
    order = world.to_draft()
    hospital, association = order.parties
    for changes, refusal in (
        ({"template": "unknown"}, TemplateNotFound),
        ({"ends_on": order.starts_on}, EndsBeforeStart),
        (
            {"parties": (hospital, association.model_copy(update={"side": Side.ESTABLISHMENT}))},
            PartiesNotBalanced,
        ),
        ({"parties": (hospital, hospital)}, PartiesNotBalanced),
        (
            {"parties": (hospital.model_copy(update={"organization_id": world.outsider}), association)},
            PartiesNotBalanced,
        ),
        ({"title": ""}, InvalidRequest),
        ({"parties": (hospital.model_copy(update={"seat": "nul \x00"}), association)}, InvalidRequest),
    ):
        with pytest.raises(refusal):
            await world.ask(order.model_copy(update=changes), world.claire)
    assert not await world.sees(world.claire)


async def test_who_does_not_belong_to_the_organisation_drafts_nothing(world: World) -> None:
    stranger = new_member(world.hospital)
    with pytest.raises(NotAMemberOfOrganization) as caught:
        await world.ask(world.to_draft(), stranger)
    assert caught.value.may_be_behind
    with pytest.raises(NotAMemberOfOrganization):
        await world.gateway.ask(world.to_draft(), actor=Actor(world.claire.person_id, None))


async def test_the_other_side_reads_once_its_referent_is_asked(world: World) -> None:
    await world.draft()
    assert await world.sees(world.karim)
    assert not await world.sees(world.odile)
    assert (await world.ask(ListConventions(), world.odile)).conventions == ()
    await world.propose_mandate(world.odile)
    await eventually(lambda: world.sees(world.odile))
    (line,) = (await world.ask(ListConventions(), world.odile)).conventions
    assert line.convention_id == world.convention
    assert (await world.get(world.odile)).may == (Act.INVITE,)


async def test_somebody_invited_reads_before_she_belongs_anywhere_until_she_declines(world: World) -> None:
    await world.draft()
    newcomer = new_member(world.association)
    alone = Actor(newcomer.person_id, None)
    nobody = new_member(OrganizationId(new_id()))

    async def reads() -> bool:
        return await world.sees_alone(alone)

    assert not await reads()
    mandate_id = await world.propose_mandate(newcomer)
    await eventually(reads)
    assert not await world.sees_alone(Actor(nobody.person_id, None))
    await world.contacts.publish(
        MandateDeclined(
            mandate_id=mandate_id,
            convention_id=world.convention,
            organization_id=world.association,
            person_id=newcomer.person_id,
        )
    )

    async def no_longer_reads() -> bool:
        return not await reads()

    await eventually(no_longer_reads)


async def test_the_negotiation_opens_with_the_second_referent_in_whatever_order(world: World) -> None:
    await world.draft()
    await world.appoint(world.odile)
    assert (await world.get()).state is ConventionState.DRAFT
    await world.appoint(world.claire)
    convention = await world.get()
    assert convention.state is ConventionState.NEGOTIATING
    assert convention.negotiating_since is not None
