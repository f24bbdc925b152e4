"""Amendments on the running service: one convention, one text in force, one history for both sides."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from services.projects.conventions.amendment_days import let_amendments_enter
from services.projects.life.calendar import let_happen
from shared.contracts.identifiers import AnnexId, ClauseId, SuspensionId, TerminationId, new_id
from shared.contracts.messages import Done
from shared.contracts.projects.amendments import (
    AbandonAmendment,
    ListAmendments,
)
from shared.contracts.projects.commands import (
    AcceptAnnex,
    AcceptTerms,
    AddClause,
    AnnounceAnnex,
    GiveAnnexFile,
    ProposeTerms,
)
from shared.contracts.projects.life import GetConventionLife, SuspendConvention, TerminateConvention
from shared.contracts.projects.queries import (
    Act,
    AwaitedKind,
    ConventionState,
    GetHome,
    GetSealedText,
    GetTimeline,
    ListConventions,
    NameSubjects,
)
from shared.contracts.projects.refusals import (
    AmendmentOpen,
    AmendmentOver,
    DateNotInFuture,
    IdentifierTaken,
    NotAnAmendment,
)
from shared.contracts.projects.seals import FindSeal
from shared.kit.database import connected
from tests.projects.service.collaboration import ENDS_ON, TODAY, Collaboration
from tests.projects.service.conventions.amending import (
    FILE,
    NEW_TEXT,
    SOON,
    amend,
    compared,
    listed,
    to_amend,
)
from tests.projects.service.world import numbered
from tests.support.servers import FreshDatabase


async def test_the_text_in_force_stays_until_all_have_signed_and_then_it_changes(
    active: Collaboration,
) -> None:
    before = await active.get()
    assert Act.AMEND in before.may
    amending = await amend(active)
    assert Act.AMEND not in (await active.get()).may
    await amending.reword()
    await active.ask(
        AddClause(convention_id=amending.id, clause_id=ClauseId(new_id()), title="Place", text="Une place."),
        active.odile,
    )
    changes = await compared(amending)
    assert [it.text for it in changes.clauses] == [numbered(before, 1).text]
    assert (len(changes.added), changes.terms, changes.annexes) == (1, None, ())
    sealed_hash = await amending.conclude()
    after = await active.get()
    assert numbered(after, 1).text == NEW_TEXT
    assert numbered(after, 1).clause_id == numbered(before, 1).clause_id
    assert after.clauses[-1].title == "Place"
    assert (after.state, after.version) == (ConventionState.ACTIVE, before.version + 1)
    assert after.sealed_hash == before.sealed_hash
    [line] = await listed(active, active.odile)
    assert (line.number, line.state, line.sealed_hash) == (1, ConventionState.IN_FORCE, sealed_hash)
    found = await active.ask(ListAmendments(convention_id=amending.id), active.odile)
    assert (found.convention_id, found.text_in_force) == (active.convention, sealed_hash)
    standing = await active.ask(FindSeal(sealed_hash=sealed_hash), active.claire)
    assert (standing.in_force, standing.state) == (True, ConventionState.IN_FORCE)


async def test_with_one_signature_missing_nothing_has_changed(active: Collaboration) -> None:
    before = await active.get()
    amending = await amend(active)
    await amending.reword()
    await amending.accept(active.odile)
    await amending.sign(await amending.seal(), active.hugo)
    assert (await active.get()).clauses == before.clauses
    assert (await amending.get()).state is ConventionState.PARTLY_SIGNED


async def test_terms_and_annexes_change_too(active: Collaboration) -> None:
    amending = await amend(active)
    view = await amending.get()
    terms = view.terms.terms.model_copy(
        update={"meetings_per_year": 7, "ends_on": ENDS_ON + timedelta(days=90)}
    )
    await active.ask(ProposeTerms(convention_id=amending.id, revision=1, terms=terms), active.claire)
    await active.ask(AcceptTerms(convention_id=amending.id, revision=2), active.odile)
    annex = AnnexId(new_id())
    await active.ask(AnnounceAnnex(convention_id=amending.id, annex_id=annex, title="Planning"), active.odile)
    await active.ask(
        GiveAnnexFile(convention_id=amending.id, annex_id=annex, revision=1, file=FILE), active.odile
    )
    await active.ask(AcceptAnnex(convention_id=amending.id, annex_id=annex, revision=2), active.claire)
    changes = await compared(amending)
    assert changes.terms == view.terms.terms
    assert changes.annexes == (1,)
    await amending.conclude()
    after = await active.get()
    assert after.terms.terms.meetings_per_year == 7
    assert after.ends_on == ENDS_ON + timedelta(days=90)
    assert [it.file for it in after.annexes] == [FILE]
    life = await active.ask(GetConventionLife(convention_id=active.convention), active.claire)
    assert life.ends_on == after.ends_on


async def test_the_next_amendment_stands_on_the_last_one(active: Collaboration) -> None:
    first = await amend(active)
    await first.reword()
    sealed_hash = await first.conclude()
    second = await amend(active, active.odile, title="Avenant n° 2")
    view = await second.get()
    assert view.amends is not None
    assert (view.amends.number, view.amends.base_hash) == (2, sealed_hash)
    assert numbered(view, 1).text == NEW_TEXT
    await second.reword(2, "Autre chose.", active.odile)
    assert [it.text for it in (await compared(second)).clauses] == [numbered(view, 2).text]
    await second.conclude()
    after = await active.get()
    assert (numbered(after, 1).text, numbered(after, 2).text) == (NEW_TEXT, "Autre chose.")
    text = await active.ask(GetSealedText(convention_id=second.id), active.odile)
    assert f'"base":"{sealed_hash}"' in text.text


async def test_one_is_open_at_a_time_whoever_is_first(active: Collaboration) -> None:
    attempts = await asyncio.gather(
        active.ask(to_amend(active), active.claire),
        active.ask(to_amend(active), active.odile),
        return_exceptions=True,
    )
    assert {type(it) for it in attempts} == {Done, AmendmentOpen}
    assert len(await listed(active)) == 1


async def test_asked_twice_it_begins_once(active: Collaboration) -> None:
    command = to_amend(active)
    for _ in range(2):
        assert (await active.ask(command, active.claire)).version == 1
    with pytest.raises(IdentifierTaken):
        await active.ask(command.model_copy(update={"reason": "Autre."}), active.claire)
    with pytest.raises(IdentifierTaken):
        await active.ask(to_amend(active, amendment_id=active.convention), active.claire)


async def test_given_up_its_number_is_free_again(active: Collaboration) -> None:
    first = await amend(active)
    await first.reword()
    await first.accept(active.odile)
    await first.sign(await first.seal(), active.hugo)
    give_up = AbandonAmendment(convention_id=first.id, reason="Le service garde le mardi.")
    await active.ask(give_up, active.odile)
    with pytest.raises(AmendmentOver):
        await active.ask(give_up, active.claire)
    with pytest.raises(NotAnAmendment):
        await active.ask(give_up.model_copy(update={"convention_id": active.convention}), active.claire)
    second = await amend(active)
    lines = await listed(active)
    assert [(it.number, it.state) for it in lines] == [
        (1, ConventionState.NEGOTIATING),
        (1, ConventionState.ABANDONED),
    ]
    assert (lines[1].abandoned_by, lines[1].why_abandoned) == (active.association, give_up.reason)
    assert (await second.get()).may


async def test_it_waits_for_its_day_whoever_looks(
    active: Collaboration, projects: FreshDatabase, look: Any
) -> None:
    amending = await amend(active, effective_on=SOON)
    await amending.reword()
    await amending.conclude()
    assert (await amending.get()).state is ConventionState.SIGNED
    assert numbered(await active.get(), 1).text != NEW_TEXT
    with pytest.raises(AmendmentOpen):
        await amend(active)
    async with connected(projects.url) as db:
        assert await let_amendments_enter(db, SOON - timedelta(days=1)) == 0
        made = await asyncio.gather(let_amendments_enter(db, SOON), let_amendments_enter(db, SOON))
        assert sorted(made) == [0, 1]
    assert numbered(await active.get(), 1).text == NEW_TEXT
    told = await look.fetch("SELECT actor_person FROM event_log WHERE type LIKE '%.amended.v1'")
    assert [it["actor_person"] for it in told] == [None]


async def test_it_goes_on_while_the_convention_is_suspended(active: Collaboration) -> None:
    amending = await amend(active)
    await active.ask(
        SuspendConvention(
            convention_id=active.convention, suspension_id=SuspensionId(new_id()), reason="Travaux."
        ),
        active.hugo,
    )
    await amending.reword()
    await amending.conclude()
    after = await active.get()
    assert (after.state, numbered(after, 1).text) == (ConventionState.SUSPENDED, NEW_TEXT)


async def test_it_lapses_when_the_convention_ends(active: Collaboration, projects: FreshDatabase) -> None:
    last_day = TODAY + timedelta(days=200)
    waiting = await amend(active, effective_on=last_day + timedelta(days=1))
    await waiting.reword()
    await waiting.conclude()
    await active.ask(
        TerminateConvention(
            convention_id=active.convention,
            termination_id=TerminationId(new_id()),
            effective_on=last_day,
            reason="Fin.",
        ),
        active.hugo,
    )
    async with connected(projects.url) as db:
        await let_happen(db, last_day)
        assert await let_amendments_enter(db, last_day + timedelta(days=2)) == 0
    [line] = await listed(active)
    assert (line.state, line.abandoned_by, line.signed_at) == (ConventionState.ABANDONED, None, None)
    assert numbered(await active.get(), 1).text != NEW_TEXT


async def test_lists_show_conventions_and_home_what_awaits(active: Collaboration) -> None:
    amending = await amend(active)
    await amending.reword()
    for member in (active.claire, active.odile):
        found = await active.ask(ListConventions(), member)
        assert [it.convention_id for it in found.conventions] == [active.convention]
        assert found.total == 1
    home = await active.ask(GetHome(), active.odile)
    assert [(it.kind, it.convention_id, it.count) for it in home.awaiting] == [
        (AwaitedKind.ACCEPT_CLAUSES, amending.id, 1)
    ]
    titles = await active.ask(NameSubjects(ids=(amending.id,)), active.odile)
    assert titles.titles == {amending.id: "Avenant n° 1 : le jeudi"}


async def test_a_fresh_one_awaits_nobody(active: Collaboration) -> None:
    await amend(active)
    for member in (active.claire, active.odile):
        assert (await active.ask(GetHome(), member)).awaiting == ()


async def test_its_history_is_the_partnerships(active: Collaboration) -> None:
    amending = await amend(active)
    await amending.reword()
    await amending.conclude()
    of_convention = await active.timeline()
    of_amendment = await active.ask(GetTimeline(convention_id=amending.id, limit=200), active.odile)
    assert of_amendment.entries == of_convention
    told = {it.type.split(".")[3]: it for it in of_convention}
    assert {
        "amendment_proposed",
        "amendment_signed",
        "amendment_entered_into_force",
        "amended",
    } <= told.keys()
    assert told["amendment_proposed"].convention_id == amending.id
    assert told["amendment_proposed"].convention_title == "Avenant n° 1 : le jeudi"
    assert told["amended"].convention_id == active.convention


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
async def test_a_day_that_has_been_is_refused(active: Collaboration, day: date) -> None:
    with pytest.raises(DateNotInFuture):
        await amend(active, effective_on=day)
