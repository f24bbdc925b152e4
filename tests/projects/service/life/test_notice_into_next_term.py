"""A notice that names a day of the term that comes by itself, on the running service."""

from datetime import date, timedelta

import pytest

from services.projects.life.calendar import let_happen
from shared.contracts.identifiers import TerminationId, new_id
from shared.contracts.projects.life import (
    ConventionLife,
    DecideRenewal,
    GetConventionLife,
    TerminateConvention,
)
from shared.contracts.projects.queries import Act, ConventionState, Dated, DatedKind, GetHome
from shared.contracts.projects.refusals import EndsBefore
from shared.kit.database import connected
from tests.projects.service.collaboration import ENDS_ON, TODAY, Collaboration
from tests.support.servers import FreshDatabase

INTO_NEXT = ENDS_ON + timedelta(days=60)


async def life(active: Collaboration) -> ConventionLife:
    return await active.ask(GetConventionLife(convention_id=active.convention), active.odile)


async def give_notice(active: Collaboration, day: date) -> None:
    await active.ask(
        TerminateConvention(
            convention_id=active.convention,
            termination_id=TerminationId(new_id()),
            effective_on=day,
            reason="Fin des permanences.",
        ),
        active.hugo,
    )


async def last_day(active: Collaboration) -> Dated:
    dates = (await active.ask(GetHome(), active.odile)).dates
    return next(it for it in dates if it.kind is DatedKind.CONVENTION_ENDS)


async def test_it_is_renewed_and_ends_on_the_day_that_was_named(
    active: Collaboration, projects: FreshDatabase
) -> None:
    before = await life(active)
    assert before.latest_end is not None
    assert before.latest_end > ENDS_ON
    with pytest.raises(EndsBefore):
        await give_notice(active, before.latest_end + timedelta(days=1))
    await give_notice(active, INTO_NEXT)
    assert (await last_day(active)).on == INTO_NEXT - timedelta(days=1)
    async with connected(projects.url) as db:
        await let_happen(db, ENDS_ON + timedelta(days=1))
        assert (await life(active)).state is ConventionState.ACTIVE
        assert (await life(active)).ends_on > ENDS_ON
        assert await let_happen(db, INTO_NEXT - timedelta(days=1)) == 0
        await let_happen(db, INTO_NEXT)
    assert (await life(active)).state is ConventionState.TERMINATED


async def test_the_other_party_may_still_let_it_end_with_its_term(
    active: Collaboration, projects: FreshDatabase
) -> None:
    await give_notice(active, INTO_NEXT)
    seen = await life(active)
    assert Act.RENEW in seen.may
    assert seen.renewal is not None
    no = DecideRenewal(convention_id=active.convention, ends_on=ENDS_ON, agrees=False)
    await active.ask(no, active.odile)
    assert (await last_day(active)).on == ENDS_ON
    async with connected(projects.url) as db:
        await let_happen(db, INTO_NEXT)
    over = await life(active)
    assert (over.state, over.ends_on, over.termination) == (ConventionState.EXPIRED, ENDS_ON, None)


async def test_a_notice_within_the_term_moves_the_last_day_that_is_told(active: Collaboration) -> None:
    assert (await last_day(active)).on == ENDS_ON
    day = TODAY + timedelta(days=200)
    await give_notice(active, day)
    assert (await last_day(active)).on == day - timedelta(days=1)
