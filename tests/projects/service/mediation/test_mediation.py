"""A mediation on the running service, from the first question to the agreement; and what it changes for the end."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from shared.contracts.identifiers import ConventionId, MediationId, ObligationId, TerminationId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects import mediation
from shared.contracts.projects.awaiting import AwaitedKind, DatedKind
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.life import CompleteClosingStep, TerminateConvention
from shared.contracts.projects.mediation import (
    AcceptInMediation,
    AskForMediation,
    EndMediation,
    ListMediations,
    MediationNotFound,
    MediationOpen,
    MediationPart,
    Mediations,
    MediationState,
    PlanMediation,
    ProposeInMediation,
)
from shared.contracts.projects.promises import ObligationNotFound
from shared.contracts.projects.queries import GetHome
from shared.contracts.projects.refusals import ConventionNotFound, ConventionNotInForce, NotAReferent
from shared.kit.database import connected, transaction
from tests.projects.service.collaboration import ENDS_ON, TODAY, Collaboration
from tests.projects.service.world import Member, World
from tests.support.servers import FreshDatabase

MEDIATOR, AGREEMENT = MediationPart.MEDIATOR, MediationPart.AGREEMENT
REQUESTS: dict[str, Callable[[ConventionId, MediationId], Request[Any]]] = {
    "AskForMediation": lambda it, _one: AskForMediation(
        convention_id=it, mediation_id=MediationId(new_id()), reason="Désaccord.", mediator="Mme Lebrun"
    ),
    "ProposeInMediation": lambda it, one: ProposeInMediation(
        convention_id=it, mediation_id=one, part=MEDIATOR, revision=1, text="M. Roy"
    ),
    "AcceptInMediation": lambda it, one: AcceptInMediation(
        convention_id=it, mediation_id=one, part=MEDIATOR, revision=1
    ),
    "PlanMediation": lambda it, one: PlanMediation(convention_id=it, mediation_id=one, meets_on=TODAY),
    "EndMediation": lambda it, one: EndMediation(convention_id=it, mediation_id=one, reason="Non."),
    "ListMediations": lambda it, _one: ListMediations(convention_id=it),
}
TABLES = ("mediations", "mediation_proposals", "mediation_acceptances")


async def ask(active: World, member: Member) -> MediationId:
    command = REQUESTS["AskForMediation"](active.convention, MediationId(new_id()))
    assert isinstance(command, AskForMediation)
    done = await active.ask(command, member)
    assert (await active.ask(command, member)).version == done.version, "asked twice, it is asked once"
    return command.mediation_id


async def seen(active: World, member: Member) -> Mediations:
    return await active.ask(ListMediations(convention_id=active.convention), member)


async def test_parties_find_an_agreement(active: Collaboration) -> None:
    one = await ask(active, active.claire)
    waiting = (await active.ask(GetHome(), active.odile)).awaiting
    assert [(it.kind, it.other_party) for it in waiting] == [(AwaitedKind.ANSWER_MEDIATION, active.hospital)]
    assert [it.kind for it in (await active.ask(GetHome(), active.claire)).awaited_from_others] == [
        AwaitedKind.ANSWER_MEDIATION
    ]
    with pytest.raises(MediationOpen):
        await active.ask(REQUESTS["AskForMediation"](active.convention, one), active.odile)
    accepting = REQUESTS["AcceptInMediation"](active.convention, one)
    for _ in range(2):
        await active.ask(accepting, active.odile)
    await active.ask(REQUESTS["PlanMediation"](active.convention, one), active.odile)
    home = await active.ask(GetHome(), active.claire)
    assert not home.awaiting
    assert [it.on for it in home.dates if it.kind is DatedKind.MEDIATION] == [TODAY]
    written = ProposeInMediation(
        convention_id=active.convention,
        mediation_id=one,
        part=AGREEMENT,
        revision=0,
        text="Trois formations par an.",
    )
    await active.ask(written, active.odile)
    agreeing = AcceptInMediation(
        convention_id=active.convention, mediation_id=one, part=AGREEMENT, revision=1
    )
    await active.ask(agreeing, active.hugo)
    found = await seen(active, active.odile)
    [it] = found.mediations
    assert (it.state, it.mediator.text, it.meets_on) == (MediationState.AGREED, "Mme Lebrun", TODAY)
    assert it.agreement is not None
    assert set(it.agreement.accepted_by) == {active.hospital, active.association}
    assert (found.may_ask, found.may_act) == (True, False)
    told = [it.type.split(".")[3] for it in await active.timeline() if ".mediation." in it.type]
    assert told == ["ended", "accepted", "proposed", "planned", "accepted", "asked"]


async def test_a_party_leaves_and_another_mediation_may_follow(active: Collaboration) -> None:
    one = await ask(active, active.odile)
    for _ in range(2):
        await active.ask(REQUESTS["EndMediation"](active.convention, one), active.hugo)
    assert (await seen(active, active.odile)).mediations[0].ended_by == active.hospital
    await ask(active, active.odile)
    assert [it.state for it in (await seen(active, active.claire)).mediations] == [
        MediationState.ASKED,
        MediationState.ENDED,
    ]


async def test_bad_input_is_refused_in_words(together: Collaboration) -> None:
    await together.negotiate()
    asking = REQUESTS["AskForMediation"]
    with pytest.raises(ConventionNotInForce):
        await together.ask(asking(together.convention, MediationId(new_id())), together.claire)


async def test_only_those_who_speak_for_a_party_act(active: Collaboration) -> None:
    unknown = MediationId(new_id())
    asking = REQUESTS["AskForMediation"](active.convention, unknown)
    with pytest.raises(NotAReferent):
        await active.ask(asking, active.karim)
    with pytest.raises(ObligationNotFound):
        await active.ask(asking.model_copy(update={"obligation_id": ObligationId(new_id())}), active.claire)
    with pytest.raises(MediationNotFound):
        await active.ask(REQUESTS["EndMediation"](active.convention, unknown), active.claire)


async def test_the_archive_waits_for_what_comes_of_it(active: Collaboration) -> None:
    one = await ask(active, active.claire)
    await active.ask(
        TerminateConvention(
            convention_id=active.convention,
            termination_id=TerminationId(new_id()),
            effective_on=ENDS_ON,
            reason="Fin.",
        ),
        active.odile,
    )
    keeping = CompleteClosingStep(convention_id=active.convention, step=ClosingStep.KEEP_ARCHIVE)
    with pytest.raises(MediationOpen):
        await active.ask(keeping, active.claire)
    await active.ask(REQUESTS["EndMediation"](active.convention, one), active.odile)
    await active.ask(keeping, active.claire)


def test_every_request_is_tried_here() -> None:
    assert REQUESTS.keys() == {
        name
        for name, it in vars(mediation).items()
        if isinstance(it, type)
        and issubclass(it, Request)
        and it.__module__ == mediation.__name__
        and hasattr(it, "subject")
    }


async def test_it_is_the_parties_alone(active: Collaboration, projects: FreshDatabase) -> None:
    one = await ask(active, active.claire)
    for name, request in REQUESTS.items():
        for about in (request(active.convention, one), request(ConventionId(new_id()), one)):
            with pytest.raises(ConventionNotFound) as caught:
                await active.ask(about, active.yann)
            assert caught.value.fields == {}, name
    async with connected(projects.url) as database:
        for table in TABLES:
            async with transaction(database, actor=active.odile.actor) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 1, table
            async with transaction(database, actor=active.yann.actor) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 0, table
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction(database, actor=active.claire.actor) as tx:
                await tx.execute(
                    "INSERT INTO mediation_acceptances VALUES ($1, $2, 'mediator', 1, $3, $4, now())",
                    one,
                    active.convention,
                    active.association,
                    active.odile.person_id,
                )
