"""What waits for a decision on the home page: who comes, whether a convention goes on, and its last duties."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from services.projects.life.calendar import let_happen
from services.projects.life.domain.days import months_after
from shared.contracts.projects.awaiting import AwaitedKind, DatedKind
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.life import CompleteClosingStep, DecideRenewal
from shared.contracts.projects.parties import AcceptAdmission, EndAdmission, Role
from shared.contracts.projects.queries import Awaited, GetHome, Home
from shared.contracts.projects.terms import Renewal
from shared.kit.database import connected
from tests.projects.service.collaboration import ENDS_ON, TODAY, Collaboration
from tests.projects.service.conventions.test_admissions import to_propose
from tests.projects.service.world import Member
from tests.support.servers import FreshDatabase

NEAR = TODAY + timedelta(days=20)
RENEW, CLOSE, ADMIT = (
    AwaitedKind.DECIDE_RENEWAL,
    AwaitedKind.DO_LAST_DUTIES,
    AwaitedKind.ANSWER_ADMISSION,
)


async def home(active: Collaboration, member: Member) -> Home:
    """Her home page; of what awaits only decisions: a promise may fall due at any moment, beside the test."""
    seen = await active.ask(GetHome(), member)
    decisions = {
        name: tuple(it for it in acts if it.kind in {RENEW, CLOSE, ADMIT})
        for name, acts in (("awaiting", seen.awaiting), ("awaited_from_others", seen.awaited_from_others))
    }
    return seen.model_copy(update=decisions)


def told(acts: Iterable[Awaited]) -> list[tuple[AwaitedKind, int]]:
    return [(it.kind, it.count) for it in acts]


async def comes_to_its_end(
    active: Collaboration, projects: FreshDatabase, look: Any, renewal: Renewal, ends_on: date = NEAR
) -> None:
    """As if it had been signed long ago; both sides are told that its term ends."""
    await look.execute(
        "UPDATE convention_terms SET renewal = $1, renewal_months = 12, notice_months = 3, ends_on = $2",
        renewal,
        ends_on,
    )
    await look.execute("UPDATE conventions SET ends_on = $1", ends_on)
    async with connected(projects.url) as db:
        await let_happen(db, TODAY)


async def test_an_express_renewal_awaits_each_party_until_it_has_answered(
    active: Collaboration, projects: FreshDatabase, look: Any
) -> None:
    await comes_to_its_end(active, projects, look, Renewal.EXPRESS)
    (mine,) = (await home(active, active.hugo)).awaiting
    assert (mine.kind, mine.due_on, mine.other_party) == (RENEW, NEAR, active.association)
    for nobody in (active.claire, active.karim):
        assert told((await home(active, nobody)).awaiting) == [], "she does not sign"
    assert await home(active, active.yann) == Home(awaiting=(), awaited_from_others=(), dates=(), news=())

    yes = DecideRenewal(convention_id=active.convention, ends_on=NEAR, agrees=True)
    await active.ask(yes, active.hugo)
    his, hers = await home(active, active.hugo), await home(active, active.odile)
    assert (his.awaiting, told(his.awaited_from_others)) == ((), [(RENEW, 1)])
    assert (told(hers.awaiting), hers.awaited_from_others) == ([(RENEW, 1)], ())

    await active.ask(yes, active.odile)
    for member in (active.hugo, active.odile):
        assert (await home(active, member)).awaiting == ()


async def test_nobody_is_asked_any_more_once_a_party_has_said_no(
    active: Collaboration, projects: FreshDatabase, look: Any
) -> None:
    await comes_to_its_end(active, projects, look, Renewal.EXPRESS)
    no = DecideRenewal(convention_id=active.convention, ends_on=NEAR, agrees=False)
    await active.ask(no, active.hugo)
    hers = await home(active, active.odile)
    assert (hers.awaiting, hers.awaited_from_others) == ((), ())


async def test_the_last_day_to_object_is_a_date_until_somebody_has(
    active: Collaboration, projects: FreshDatabase, look: Any
) -> None:
    ends_on = TODAY + timedelta(days=120)
    await comes_to_its_end(active, projects, look, Renewal.TACIT, ends_on)
    mine = await home(active, active.claire)
    assert (mine.awaiting, mine.awaited_from_others) == ((), ()), "it goes on by itself"
    (last,) = [it for it in mine.dates if it.kind is DatedKind.OBJECT_BEFORE]
    assert (last.on, last.convention_id) == (months_after(ends_on, -3), active.convention)
    no = DecideRenewal(convention_id=active.convention, ends_on=ends_on, agrees=False)
    await active.ask(no, active.hugo)
    dates = (await home(active, active.claire)).dates
    assert [it for it in dates if it.kind is DatedKind.OBJECT_BEFORE] == []


async def test_last_duties_await_both_sides_from_the_end_on_until_each_has_done_its_own(
    active: Collaboration, projects: FreshDatabase
) -> None:
    no = DecideRenewal(convention_id=active.convention, ends_on=ENDS_ON, agrees=False)
    await active.ask(no, active.hugo)
    async with connected(projects.url) as db:
        await let_happen(db, ENDS_ON + timedelta(days=1))
    for member in (active.claire, active.hugo, active.odile):
        seen = await home(active, member)
        assert told(seen.awaiting) == told(seen.awaited_from_others) == [(CLOSE, len(ClosingStep))]
    assert told((await home(active, active.karim)).awaiting) == []

    first, *others = ClosingStep
    await active.ask(CompleteClosingStep(convention_id=active.convention, step=first), active.claire)
    assert told((await home(active, active.hugo)).awaiting) == [(CLOSE, len(others))]
    for step in others:
        await active.ask(CompleteClosingStep(convention_id=active.convention, step=step), active.claire)
    mine, theirs = await home(active, active.claire), await home(active, active.odile)
    assert (mine.awaiting, told(mine.awaited_from_others)) == ((), [(CLOSE, len(ClosingStep))])
    assert (told(theirs.awaiting), theirs.awaited_from_others) == ([(CLOSE, len(ClosingStep))], ())


async def test_who_is_to_come_awaits_the_referents_of_the_other_parties_in_one_line(
    active: Collaboration,
) -> None:
    proposed = to_propose(active, Role.OBSERVER)
    await active.ask(proposed, active.claire)
    (hers,) = (await home(active, active.odile)).awaiting
    assert (hers.kind, hers.count, hers.other_party) == (ADMIT, 1, active.hospital)
    for nobody in (active.claire, active.hugo, active.karim):
        seen = await home(active, nobody)
        assert (seen.awaiting, told(seen.awaited_from_others)) == ((), [(ADMIT, 1)])
    assert (await home(active, active.yann)).awaiting == (), "it is not asked about itself"

    answer: dict[str, Any] = {
        "convention_id": active.convention,
        "admission_id": proposed.admission_id,
    }
    await active.ask(AcceptAdmission(**answer), active.odile)
    assert (await home(active, active.odile)).awaiting == ()
    await active.ask(EndAdmission(**answer), active.odile)
    again = to_propose(active, Role.FUNDER)
    await active.ask(again, active.odile)
    assert told((await home(active, active.claire)).awaiting) == [(ADMIT, 1)]
    taken_back = EndAdmission(convention_id=active.convention, admission_id=again.admission_id)
    await active.ask(taken_back, active.odile)
    assert (await home(active, active.claire)).awaiting == ()
