"""The home page in each state of a partnership: what awaits me, what awaits them, what comes next, what happened."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from services.projects.overview.queries.get_home import MOST_NEWS
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.projects.commands import (
    AcceptIndicator,
    MoveMilestone,
    NameProjectLead,
    ReachMilestone,
    StartProject,
)
from shared.contracts.projects.queries import Awaited, AwaitedKind, Dated, DatedKind, GetHome, Home
from shared.contracts.projects.refusals import NotAMemberOfOrganization
from tests.projects.service.collaboration import ENDS_ON, SOON, TODAY, Collaboration
from tests.projects.service.world import SIGN_BEFORE, Member, new_member


async def home(together: Collaboration, member: Member | None = None) -> Home:
    return await together.ask(GetHome(), member or together.claire)


def kinds(awaited: Iterable[Awaited]) -> list[AwaitedKind]:
    return [it.kind for it in awaited]


async def test_nothing_awaits_who_has_no_partnership(together: Collaboration) -> None:
    assert await home(together) == Home(awaiting=(), awaited_from_others=(), dates=(), news=())
    with pytest.raises(NotAMemberOfOrganization):
        await home(together, new_member(OrganizationId(new_id())))


async def test_a_draft_awaits_the_invitation_of_the_other_side(together: Collaboration) -> None:
    await together.draft()

    mine = await home(together)

    (invite,) = mine.awaiting
    assert (invite.kind, invite.convention_id) == (AwaitedKind.INVITE, together.convention)
    assert invite.other_party == together.association
    assert [it.convention_id for it in mine.news] == [together.convention]
    assert (await home(together, together.odile)).news == ()


async def test_clauses_await_who_has_not_accepted_them(together: Collaboration) -> None:
    negotiated = await together.negotiate()
    to_accept = [it for it in negotiated.clauses if together.association not in it.accepted_by]

    theirs, mine = await home(together, together.odile), await home(together)

    (accept,) = theirs.awaiting
    assert (accept.kind, accept.count) == (AwaitedKind.ACCEPT_CLAUSES, len(to_accept))
    assert accept.other_party == together.hospital
    assert kinds(mine.awaited_from_others) == [AwaitedKind.ACCEPT_CLAUSES]
    assert (await home(together, together.karim)).awaiting == ()


async def test_an_agreed_text_awaits_its_seal_then_its_signatures(together: Collaboration) -> None:
    agreed = await together.agree()
    assert kinds((await home(together)).awaiting) == [AwaitedKind.SEAL]
    assert kinds((await home(together, together.odile)).awaiting) == [AwaitedKind.SEAL]

    sealed_hash = await together.seal_again(agreed.version)

    sign_before = Dated(
        kind=DatedKind.SIGN_BEFORE,
        on=SIGN_BEFORE,
        convention_id=together.convention,
        title=agreed.title,
        context="",
    )
    for signatory in (together.hugo, together.odile):
        waiting = await home(together, signatory)
        assert [(it.kind, it.due_on) for it in waiting.awaiting] == [(AwaitedKind.SIGN, SIGN_BEFORE)]
        assert kinds(waiting.awaited_from_others) == [AwaitedKind.SIGN]
        assert waiting.dates == (sign_before,)
    assert kinds((await home(together)).awaiting) == [], "she does not sign"

    await together.sign(together.hugo, sealed_hash)

    assert (await home(together, together.hugo)).awaiting == ()
    assert kinds((await home(together, together.hugo)).awaited_from_others) == [AwaitedKind.SIGN]
    assert kinds((await home(together, together.odile)).awaiting) == [AwaitedKind.SIGN]
    assert (await home(together, together.odile)).awaited_from_others == ()


async def test_a_project_awaits_its_leads_then_its_start(active: Collaboration) -> None:
    project = await active.framed_project()

    mine, theirs = await home(active), await home(active, active.odile)

    (name_lead,) = theirs.awaiting
    assert (name_lead.kind, name_lead.project_id) == (AwaitedKind.NAME_LEAD, project)
    assert (name_lead.title, name_lead.other_party) == ("Livret d'accueil", active.hospital)
    assert mine.awaiting == ()
    assert [(it.kind, it.other_party) for it in mine.awaited_from_others] == [
        (AwaitedKind.NAME_LEAD, active.association)
    ]
    assert theirs.awaited_from_others == ()

    await active.ask(NameProjectLead(project_id=project, person_id=active.odile.person_id), active.odile)

    for member in (active.claire, active.odile):
        assert kinds((await home(active, member)).awaiting) == [AwaitedKind.START_PROJECT]
    bystander = await home(active, active.karim)
    assert bystander.awaiting == ()
    assert kinds(bystander.awaited_from_others) == [AwaitedKind.START_PROJECT]

    await active.ask(StartProject(project_id=project, version=3), active.odile)

    assert (await home(active)).awaiting == ()
    assert (await home(active, active.karim)).awaited_from_others == ()


async def test_a_lead_who_is_no_referent_is_awaited_too(active: Collaboration) -> None:
    project = await active.framed_project(lead=active.karim.person_id)
    await active.ask(NameProjectLead(project_id=project, person_id=active.odile.person_id), active.odile)

    assert kinds((await home(active, active.karim)).awaiting) == [AwaitedKind.START_PROJECT]


async def test_steps_await_two_weeks_before_their_day_and_when_late(active: Collaboration) -> None:
    project = await active.running_project()
    far = await active.plan(project, TODAY + timedelta(days=15), "Lointaine")
    near = await active.plan(project, TODAY + timedelta(days=14), "Prochaine")
    late = await active.plan(project, TODAY - timedelta(days=3), "En retard")

    mine = await home(active)

    assert [(it.kind, it.milestone_id, it.title, it.due_on) for it in mine.awaiting] == [
        (AwaitedKind.REACH_MILESTONE, late, "En retard", TODAY - timedelta(days=3)),
        (AwaitedKind.REACH_MILESTONE, near, "Prochaine", TODAY + timedelta(days=14)),
    ]
    assert (await home(active, active.odile)).awaiting == tuple(
        it.model_copy(update={"other_party": active.hospital}) for it in mine.awaiting
    )
    assert [(it.title, it.on, it.context) for it in mine.dates if it.kind is DatedKind.MILESTONE] == [
        ("Prochaine", TODAY + timedelta(days=14), "Livret d'accueil"),
        ("Lointaine", TODAY + timedelta(days=15), "Livret d'accueil"),
    ]
    assert (DatedKind.CONVENTION_ENDS, ENDS_ON) in [(it.kind, it.on) for it in mine.dates]

    await active.ask(ReachMilestone(project_id=project, milestone_id=late, reached_on=TODAY), active.odile)
    await active.ask(
        MoveMilestone(
            project_id=project,
            milestone_id=far,
            due_on_known=TODAY + timedelta(days=15),
            due_on=TODAY,
        ),
        active.odile,
    )

    assert [it.milestone_id for it in (await home(active)).awaiting] == [far, near]


async def test_steps_of_a_project_that_does_not_run_do_not_await(active: Collaboration) -> None:
    project = await active.led_project()
    await active.plan(project)

    assert kinds((await home(active)).awaiting) == [AwaitedKind.START_PROJECT]


async def test_a_definition_awaits_the_side_that_has_not_accepted_it(active: Collaboration) -> None:
    project = await active.running_project()
    indicator = await active.proposed_indicator(project)

    mine, theirs = await home(active), await home(active, active.odile)

    (accept,) = theirs.awaiting
    assert (accept.kind, accept.indicator_id) == (AwaitedKind.ACCEPT_INDICATOR, indicator)
    assert (accept.title, accept.other_party) == ("Taux de retour", active.hospital)
    assert mine.awaiting == ()
    assert [(it.kind, it.other_party) for it in mine.awaited_from_others] == [
        (AwaitedKind.ACCEPT_INDICATOR, active.association)
    ]

    await active.ask(AcceptIndicator(indicator_id=indicator, version=1), active.odile)

    assert (await home(active, active.odile)).awaiting == ()
    assert (await home(active)).awaited_from_others == ()


async def test_lists_are_bounded_and_the_dated_come_first(active: Collaboration) -> None:
    for _ in range(21):
        await active.framed_project()
    project = await active.running_project()
    await active.plan(project, SOON)

    theirs = await home(active, active.odile)

    assert len(theirs.awaiting) == 20
    assert kinds(theirs.awaiting)[:2] == [AwaitedKind.REACH_MILESTONE, AwaitedKind.NAME_LEAD]
    assert len((await home(active)).awaited_from_others) == 20


async def test_news_are_the_last_entries_of_the_timelines(active: Collaboration) -> None:
    await active.running_project()
    await active.told_of("entente.contacts.mandate.accepted.v1")
    second = Collaboration(
        active.gateway, active.contacts, hospital=active.hospital, association=OrganizationId(new_id())
    )
    second.claire, second.hugo = active.claire, active.hugo
    await second.draft()

    mine, theirs = await home(active), await home(active, active.odile)

    assert mine.news == tuple(
        sorted(
            (*await active.timeline(), *await second.timeline()),
            key=lambda it: (it.occurred_at, it.event_id),
            reverse=True,
        )[:MOST_NEWS]
    )
    assert theirs.news == (await active.timeline())[:MOST_NEWS]
