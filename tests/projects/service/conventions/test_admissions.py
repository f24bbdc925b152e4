"""Organisations that come to a convention that has begun, as a party or to observe it."""

import asyncio
from typing import Any

import pytest

from shared.contracts.identifiers import AdmissionId, AnnexId, new_id
from shared.contracts.projects.awaiting import AwaitedKind
from shared.contracts.projects.commands import AnnounceAnnex, PartyToConvene, WithdrawAnnex
from shared.contracts.projects.parties import (
    AcceptAdmission,
    AdmissionNotFound,
    AdmissionView,
    EndAdmission,
    ListAdmissions,
    ListObserved,
    ProposeAdmission,
    Role,
)
from shared.contracts.projects.queries import (
    Act,
    ConventionState,
    ConventionView,
    GetHome,
    ListConventions,
)
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.projects.rooms import ListRooms, RoomKind
from shared.contracts.values import Side
from tests.projects.service.world import Member, World, numbered
from tests.support.eventually import eventually


def to_propose(world: World, role: Role = Role.PARTY, **given: Any) -> ProposeAdmission:
    side = Side.ASSOCIATION if role is Role.PARTY else Side.THIRD_PARTY
    fields: dict[str, Any] = {
        "convention_id": world.convention,
        "admission_id": AdmissionId(new_id()),
        "role": role,
        "organization": PartyToConvene(organization_id=world.outsider, side=side, name="Souffle"),
        "interest": "Paie la formation." if role is Role.FUNDER else None,
    }
    return ProposeAdmission(**(fields | given))


async def admit(world: World, role: Role) -> AdmissionId:
    """Proposed by Claire, agreed by Odile."""
    command = to_propose(world, role)
    await world.ask(command, world.claire)
    accept = AcceptAdmission(convention_id=world.convention, admission_id=command.admission_id)
    await world.ask(accept, world.odile)
    return command.admission_id


async def listed(world: World, member: Member) -> tuple[AdmissionView, ...]:
    return (await world.ask(ListAdmissions(convention_id=world.convention), member)).admissions


async def test_a_party_joins_while_it_is_negotiated_and_takes_part_like_the_others(world: World) -> None:
    await world.negotiate()
    await world.ask(to_propose(world), world.claire)
    (waiting,) = await listed(world, world.odile)
    assert (waiting.awaits, waiting.may_accept) == ((world.association,), True)
    assert not await world.sees(world.yann)
    accept = AcceptAdmission(convention_id=world.convention, admission_id=waiting.admission_id)
    await asyncio.gather(*(world.ask(accept, world.odile) for _ in range(3)))
    assert await listed(world, world.claire) == ()

    convention = await world.get()
    assert len(convention.parties) == 3
    assert "Souffle" in numbered(convention, 0).text
    assert not any(it.agreed for it in convention.clauses)
    assert not await world.sees(world.yann), "it reads once its référent is invited"
    await world.appoint(world.yann)

    async def as_yann() -> ConventionView | None:
        return await world.get(world.yann) if await world.sees(world.yann) else None

    theirs = await eventually(as_yann)
    assert theirs is not None
    assert theirs.state is ConventionState.NEGOTIATING
    _, private = (await world.ask(ListRooms(convention_id=world.convention), world.yann)).rooms
    assert private.room is RoomKind.PRIVATE
    found = (await world.ask(ListConventions(words="souffle"), world.claire)).conventions
    assert [it.convention_id for it in found] == [world.convention]


async def test_what_joined_is_agreed_and_signed_by_all_three(world: World) -> None:
    convention = await world.agree()
    await admit(world, Role.PARTY)
    await world.appoint(world.yann)
    convention = await world.get()
    preamble = numbered(convention, 0)
    await world.propose(preamble, preamble.text.replace("[à compléter]", "ce qui suit"), world.claire)
    await world.accept_all(world.odile)
    await world.accept_all(world.yann)
    sealed_hash = await world.seal_again((await world.get()).version)
    for member in (world.yann, world.hugo, world.odile):
        await world.sign(member, sealed_hash)
    assert (await world.get()).state is ConventionState.ACTIVE


async def test_an_annex_that_went_before_it_joined_awaits_no_party(world: World) -> None:
    await world.agree()
    annex = {"convention_id": world.convention, "annex_id": AnnexId(new_id())}
    await world.ask(AnnounceAnnex.model_validate(annex | {"title": "Planning"}), world.claire)
    await world.ask(WithdrawAnnex.model_validate(annex | {"revision": 1}), world.claire)
    await admit(world, Role.PARTY)
    await world.appoint(world.yann)
    preamble = numbered(await world.get(), 0)
    await world.propose(preamble, preamble.text.replace("[à compléter]", "ce qui suit"), world.claire)
    await world.accept_all(world.odile)
    await world.accept_all(world.yann)
    assert Act.SEAL in (await world.get(world.claire)).may
    assert [it.kind for it in (await world.ask(GetHome(), world.claire)).awaiting] == [AwaitedKind.SEAL]


async def test_an_observer_is_listed_finds_the_convention_and_leaves(world: World) -> None:
    await world.negotiate()
    admission = await admit(world, Role.FUNDER)
    (seen,) = (await world.ask(ListObserved(), world.yann)).conventions
    assert (seen.convention_id, seen.admission_id, seen.interest) == (
        world.convention,
        admission,
        "Paie la formation.",
    )
    assert len(seen.parties) == 2
    (shown,) = await listed(world, world.odile)
    assert (shown.role, shown.may_end, shown.awaits) == (Role.FUNDER, True, ())

    end = EndAdmission(convention_id=world.convention, admission_id=admission)
    await world.ask(end, world.yann)
    assert (await world.ask(ListObserved(), world.yann)).conventions == ()
    with pytest.raises(ConventionNotFound):
        await world.ask(ListRooms(convention_id=world.convention), world.yann)
    with pytest.raises(AdmissionNotFound):
        await world.ask(end, world.odile)


async def test_nobody_learns_of_what_she_has_no_part_in(world: World) -> None:
    await world.negotiate()
    command = to_propose(world)
    await world.ask(command, world.claire)
    requests = (
        command,
        AcceptAdmission(convention_id=world.convention, admission_id=command.admission_id),
        EndAdmission(convention_id=world.convention, admission_id=command.admission_id),
        ListAdmissions(convention_id=world.convention),
    )
    for request in requests:
        with pytest.raises(ConventionNotFound):
            await world.ask(request, world.yann)
    assert (await world.ask(ListObserved(), world.yann)).conventions == ()
