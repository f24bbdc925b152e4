"""Dated obligations on the running service: made at the last signature, spoken of by both sides, missed, released."""

from datetime import timedelta

import pytest

from services.projects.life.calendar import let_happen
from services.projects.promises.calendar import let_promises_fall_due
from shared.contracts.identifiers import ObligationId, SuspensionId, TerminationId, new_id
from shared.contracts.projects.awaiting import AwaitedKind, DatedKind
from shared.contracts.projects.life import LiftSuspension, SuspendConvention, TerminateConvention
from shared.contracts.projects.promises import (
    KeepObligation,
    ObligationKind,
    ObligationNotDue,
    ObligationNotFound,
    ObligationState,
)
from shared.contracts.projects.queries import GetHome, Home, NameSubjects
from shared.contracts.projects.refusals import DateInFuture, NotAReferent
from shared.kit.database import connected
from tests.projects.service.collaboration import ENDS_ON, TODAY
from tests.projects.service.promises.conftest import Promising
from tests.projects.service.world import Member
from tests.support.servers import FreshDatabase

DAY = timedelta(days=1)


async def home(promising: Promising, member: Member) -> Home:
    return await promising.ask(GetHome(), member)


async def told(promising: Promising) -> list[str]:
    return [it.type.split(".")[3] for it in await promising.timeline() if ".promises." in it.type]


async def test_days_are_made_as_soon_as_all_have_signed(promising: Promising) -> None:
    mine, theirs = await promising.promises(), await promising.promises(promising.odile)
    assert mine.obligations == theirs.obligations
    kinds = [it.kind for it in mine.obligations]
    assert (kinds.count(ObligationKind.MEETING), kinds.count(ObligationKind.REVIEW)) == (4, 2)
    training, room = await promising.of_kind(ObligationKind.MEANS)
    assert (training.title, training.owed_by, training.due_on) == (
        "Deux formations",
        promising.association,
        TODAY,
    )
    assert (room.owed_by, room.due_on) == (None, ENDS_ON)
    assert training.state is ObligationState.DUE, "it is due today"
    assert (mine.may_say, (await promising.promises(promising.hugo)).may_say) == (True, False)
    assert await told(promising) == ["obligation_due", "dated"]


async def test_each_side_says_what_was_kept_and_reads_the_other(promising: Promising) -> None:
    training, _ = await promising.of_kind(ObligationKind.MEANS)
    done = await promising.ask(promising.to_keep(training), promising.odile)
    assert (await promising.ask(promising.to_keep(training), promising.odile)).version == done.version
    assert (await promising.one(training.obligation_id)).state is ObligationState.KEPT
    await promising.ask(promising.to_contest(training), promising.claire)
    seen = await promising.one(training.obligation_id, promising.odile)
    assert seen.state is ObligationState.DISPUTED
    assert [(it.organization_id, it.person_id, it.kept, it.remark) for it in seen.words] == [
        (promising.association, promising.odile.person_id, True, None),
        (promising.hospital, promising.claire.person_id, False, "La salle était fermée."),
    ]
    await promising.ask(promising.to_keep(training), promising.claire)
    assert (await promising.one(training.obligation_id)).state is ObligationState.KEPT
    assert (await told(promising))[:3] == ["obligation_kept", "obligation_contested", "obligation_kept"]
    entry = next(it for it in await promising.timeline() if it.obligation_id)
    assert entry.title == "Deux formations"


async def test_bad_input_is_refused_in_words(promising: Promising) -> None:
    meeting, *_ = await promising.of_kind(ObligationKind.MEETING)
    with pytest.raises(NotAReferent):
        await promising.ask(promising.to_keep(meeting), promising.karim)
    with pytest.raises(DateInFuture):
        await promising.ask(
            promising.to_keep(meeting).model_copy(update={"kept_on": TODAY + DAY}), promising.claire
        )
    with pytest.raises(ObligationNotDue):
        await promising.ask(promising.to_contest(meeting), promising.claire)
    unknown = KeepObligation(
        convention_id=promising.convention, obligation_id=ObligationId(new_id()), kept_on=TODAY
    )
    with pytest.raises(ObligationNotFound):
        await promising.ask(unknown, promising.claire)


async def test_what_comes_stands_on_the_home_page_of_those_whom_it_awaits(promising: Promising) -> None:
    training, _ = await promising.of_kind(ObligationKind.MEANS)
    hers, his = await home(promising, promising.odile), await home(promising, promising.hugo)
    assert [(it.kind, it.obligation_id) for it in hers.awaiting] == [
        (AwaitedKind.KEEP_OBLIGATION, training.obligation_id)
    ]
    assert not his.awaiting, "a director is no référent"
    assert [it.obligation_id for it in his.awaited_from_others] == [training.obligation_id]
    assert [it.title for it in hers.dates if it.kind is DatedKind.OBLIGATION][:2] == [
        "Deux formations",
        "Réunion 1 sur 4",
    ]
    await promising.ask(promising.to_keep(training), promising.odile)
    assert not (await home(promising, promising.odile)).awaiting
    named = await promising.ask(NameSubjects(ids=(training.obligation_id,)), promising.claire)
    assert named.titles == {training.obligation_id: "Deux formations"}


async def test_a_day_that_passes_in_silence_is_missed_once(
    promising: Promising, projects: FreshDatabase
) -> None:
    async with connected(projects.url) as db:
        assert await let_promises_fall_due(db, TODAY) == 0
        assert await let_promises_fall_due(db, TODAY + DAY) == 1
        assert await let_promises_fall_due(db, TODAY + DAY) == 0
    training, _ = await promising.of_kind(ObligationKind.MEANS)
    assert training.state is ObligationState.MISSED
    assert [it.kind for it in (await home(promising, promising.odile)).awaiting] == [
        AwaitedKind.KEEP_OBLIGATION
    ]


async def test_suspended_days_do_not_count(promising: Promising, projects: FreshDatabase) -> None:
    suspension = SuspensionId(new_id())
    await promising.ask(
        SuspendConvention(convention_id=promising.convention, suspension_id=suspension, reason="Travaux."),
        promising.odile,
    )
    async with connected(projects.url) as db:
        assert await let_promises_fall_due(db, TODAY + DAY) == 0
        assert (await promising.promises()).resting
        assert not (await home(promising, promising.odile)).awaiting
        await promising.ask(
            LiftSuspension(convention_id=promising.convention, suspension_id=suspension), promising.odile
        )
        assert await let_promises_fall_due(db, TODAY + DAY) == 2
    training = next(it for it in await promising.of_kind(ObligationKind.MEANS) if it.owed_by)
    assert (training.due_on, training.promised_for) == (TODAY + timedelta(days=30), TODAY)


async def test_the_end_releases_what_was_to_come(promising: Promising, projects: FreshDatabase) -> None:
    over_on = TODAY + timedelta(days=400)
    await promising.ask(
        TerminateConvention(
            convention_id=promising.convention,
            termination_id=TerminationId(new_id()),
            effective_on=over_on,
            reason="Fin.",
        ),
        promising.odile,
    )
    async with connected(projects.url) as db:
        assert await let_happen(db, over_on) == 1
        await let_promises_fall_due(db, over_on)
    states = {it.state for it in (await promising.promises()).obligations}
    assert states == {ObligationState.MISSED, ObligationState.RELEASED}
    # Nothing is promised any more; what is left are the last duties.
    assert [it.kind for it in (await home(promising, promising.odile)).awaiting] == [
        AwaitedKind.DO_LAST_DUTIES
    ]


async def test_a_renewal_promises_again(promising: Promising, projects: FreshDatabase) -> None:
    async with connected(projects.url) as db:
        await let_happen(db, ENDS_ON + DAY)
        await let_promises_fall_due(db, ENDS_ON + DAY)
    titles = [it.title for it in await promising.of_kind(ObligationKind.MEETING)]
    assert titles[:4] == [f"Réunion {place} sur 4" for place in (1, 2, 3, 4)]
    assert len(titles) > 4
