"""A notice taken back on the running service: it stays as evidence, decides nothing, and another one may follow."""

from datetime import timedelta
from typing import Any

import pytest

from services.projects.life.calendar import let_happen
from shared.contracts.identifiers import TerminationId, new_id
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.life import (
    CompleteClosingStep,
    ConventionLife,
    GetConventionLife,
    TerminateConvention,
)
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import IdentifierTaken, NotASignatory
from shared.contracts.projects.taking_back import DutiesBegun, TerminationNotFound, WithdrawTermination
from shared.kit.database import connected
from tests.projects.service.collaboration import TODAY, Collaboration
from tests.projects.service.world import Member
from tests.support.servers import FreshDatabase

DAY = TODAY + timedelta(days=200)


async def life(active: Collaboration, member: Member) -> ConventionLife:
    return await active.ask(GetConventionLife(convention_id=active.convention), member)


def notice(active: Collaboration, **given: Any) -> TerminateConvention:
    fields: dict[str, Any] = {
        "convention_id": active.convention,
        "termination_id": TerminationId(new_id()),
        "effective_on": DAY,
        "reason": "L'association cesse ses permanences.",
    }
    return TerminateConvention(**(fields | given))


def back(of: TerminateConvention) -> WithdrawTermination:
    return WithdrawTermination(convention_id=of.convention_id, termination_id=of.termination_id)


async def test_a_notice_is_taken_back_by_its_own_party_and_the_day_passes(
    active: Collaboration, projects: FreshDatabase, look: Any
) -> None:
    given = notice(active)
    await active.ask(given, active.odile)
    assert not (await life(active, active.hugo)).may_take_back
    assert (await life(active, active.odile)).may_take_back
    with pytest.raises(TerminationNotFound):
        await active.ask(back(given), active.hugo)
    with pytest.raises(NotASignatory):
        await active.ask(back(given), active.claire)

    await active.ask(back(given), active.odile)
    for member in (active.odile, active.hugo):
        shown = await life(active, member)
        assert (shown.termination, shown.closing, shown.may_take_back) == (None, (), False)
        assert Act.TERMINATE in shown.may
    async with connected(projects.url) as database:
        await let_happen(database, DAY)
    assert (await life(active, active.odile)).state is ConventionState.ACTIVE
    with pytest.raises(TerminationNotFound):
        await active.ask(back(given), active.odile)
    rows = await look.fetch("SELECT withdrawn_by FROM convention_terminations")
    assert [row["withdrawn_by"] for row in rows] == [active.odile.person_id]


async def test_another_notice_may_follow_and_ends_it(active: Collaboration, projects: FreshDatabase) -> None:
    first = notice(active)
    await active.ask(first, active.odile)
    await active.ask(back(first), active.odile)
    with pytest.raises(IdentifierTaken):
        await active.ask(first, active.odile)
    second = notice(active, effective_on=DAY + timedelta(days=1))
    await active.ask(second, active.hugo)
    async with connected(projects.url) as database:
        await let_happen(database, DAY)
        assert (await life(active, active.odile)).state is ConventionState.ACTIVE
        await let_happen(database, DAY + timedelta(days=1))
    ended = await life(active, active.odile)
    assert ended.state is ConventionState.TERMINATED
    assert ended.termination is not None
    assert ended.termination.termination_id == second.termination_id


async def test_whoever_has_begun_to_finish_is_not_taken_back(active: Collaboration) -> None:
    given = notice(active)
    await active.ask(given, active.odile)
    step = CompleteClosingStep(convention_id=active.convention, step=ClosingStep.RETURN_ACCESS)
    await active.ask(step, active.claire)
    with pytest.raises(DutiesBegun):
        await active.ask(back(given), active.odile)
