"""A party that never answers is taken back on the running service: sealing waits for it no more, and it reads no more."""

import pytest

from shared.contracts.identifiers import CommentId, new_id
from shared.contracts.projects.commands import AddComment
from shared.contracts.projects.naming import DescribeForNotice
from shared.contracts.projects.parties import (
    AdmissionNotFound,
    ListAdmissions,
    PartyTookPart,
    Role,
    TakeBackParty,
)
from shared.contracts.projects.queries import CheckSealing, ConventionState, GetTimeline
from shared.contracts.projects.refusals import ConventionNotFound, NotAReferent, PartiesNotBalanced
from tests.projects.service.conventions.test_admissions import admit, to_propose
from tests.projects.service.conventions.trio import negotiate_as_three
from tests.projects.service.world import BLANK, World, numbered
from tests.support.eventually import eventually


def to_take_back(world: World) -> TakeBackParty:
    return TakeBackParty(convention_id=world.convention, organization_id=world.outsider)


async def test_a_party_that_never_answers_is_taken_back_and_may_come_again(world: World) -> None:
    await world.agree()
    await admit(world, Role.PARTY)
    await world.propose_mandate(world.yann)
    await eventually(lambda: world.sees(world.yann))
    problems = (await world.ask(CheckSealing(convention_id=world.convention), world.claire)).problems
    assert ("party_silent", world.outsider) in [(it.reason, it.organization_id) for it in problems]
    listed = await world.ask(ListAdmissions(convention_id=world.convention), world.odile)
    assert listed.may_take_back == (world.outsider,)
    with pytest.raises(NotAReferent):
        await world.ask(to_take_back(world), world.karim)

    await world.ask(to_take_back(world), world.odile)
    with pytest.raises(AdmissionNotFound):
        await world.ask(to_take_back(world), world.odile)
    convention = await world.get()
    assert [it.organization_id for it in convention.parties if it.left_on is None] == [
        world.hospital,
        world.association,
    ]
    assert "Souffle" not in numbered(convention, 0).text
    assert all(it.agreed for it in convention.clauses if it.number)
    told = (await world.ask(GetTimeline(convention_id=world.convention), world.claire)).entries
    assert "entente.projects.convention.party_taken_back.v1" in [it.type for it in told]
    preamble = numbered(convention, 0)
    if BLANK in preamble.text:
        await world.propose(preamble, preamble.text.replace(BLANK, "ce qui suit"), world.claire)
        await world.accept_all(world.odile)
    await world.accept_all(world.claire)
    assert not (await world.ask(CheckSealing(convention_id=world.convention), world.claire)).problems

    await admit(world, Role.PARTY)
    await world.appoint(world.yann)
    assert len([it for it in (await world.get()).parties if it.left_on is None]) == 3
    await world.accept_all(world.yann)


async def test_it_reads_no_more_and_is_told_by_the_title_alone(world: World) -> None:
    await negotiate_as_three(world)
    await world.ask(to_take_back(world), world.claire)
    assert not await world.sees(world.yann)
    with pytest.raises(ConventionNotFound):
        await world.ask(ListAdmissions(convention_id=world.convention), world.yann)
    described = await world.gateway.ask(
        DescribeForNotice(
            person_id=world.yann.person_id,
            organization_id=world.outsider,
            convention_id=world.convention,
        )
    )
    assert (described.readable, described.sign_before) == (True, None)


async def test_it_takes_itself_back(world: World) -> None:
    await negotiate_as_three(world)
    await world.ask(to_take_back(world), world.yann)
    assert not await world.sees(world.yann)


async def test_whoever_has_accepted_stays_and_a_comment_accepts_nothing(world: World) -> None:
    await negotiate_as_three(world)
    comment = AddComment(
        convention_id=world.convention, comment_id=CommentId(new_id()), text="Nous lisons encore."
    )
    await world.ask(comment, world.yann)
    listed = await world.ask(ListAdmissions(convention_id=world.convention), world.claire)
    assert set(listed.may_take_back) == {world.outsider, world.association}
    await world.accept_all(world.yann)
    with pytest.raises(PartyTookPart):
        await world.ask(to_take_back(world), world.claire)
    first = numbered(await world.get(), 1)
    await world.propose(first, "Autrement dit.", world.claire)
    with pytest.raises(PartyTookPart):
        await world.ask(to_take_back(world), world.claire)


async def test_two_parties_stay_two(world: World) -> None:
    await world.negotiate()
    command = TakeBackParty(convention_id=world.convention, organization_id=world.association)
    with pytest.raises((PartiesNotBalanced, PartyTookPart)):
        await world.ask(command, world.claire)


async def test_a_draft_that_waited_for_it_alone_opens(world: World) -> None:
    await world.draft()
    await world.ask(to_propose(world), world.claire)
    await world.appoint(world.claire)
    await world.appoint(world.odile)
    assert (await world.get()).state is ConventionState.DRAFT
    await world.ask(to_take_back(world), world.claire)
    assert (await world.get()).state is ConventionState.NEGOTIATING
