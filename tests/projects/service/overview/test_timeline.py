"""The timeline: everything that happened in a partnership, the same for both sides, page after page."""

import pytest

from shared.contracts.contacts.events import MandateAccepted, MandateProposed
from shared.contracts.identifiers import CommentId, ConventionId, EventId, MandateId, new_id
from shared.contracts.projects.commands import AddComment, ReachMilestone
from shared.contracts.projects.events import (
    CommentAdded,
    ConventionActivated,
    ConventionDrafted,
    ConventionShared,
    ConventionSigned,
    IndicatorAgreed,
    IndicatorProposed,
    MeasureRecorded,
    MilestonePlanned,
    MilestoneReached,
    NegotiationOpened,
    ProjectLeadNamed,
    ProjectProposed,
    ProjectStarted,
)
from shared.contracts.projects.queries import GetTimeline, TimelineEntry
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.refusals import InvalidRequest
from tests.projects.service.collaboration import TODAY, Collaboration

MANDATES = (MandateProposed.subject, MandateAccepted.subject)


def of_type(entries: tuple[TimelineEntry, ...], subject: str) -> list[TimelineEntry]:
    return [entry for entry in entries if entry.type == subject]


async def test_both_sides_read_the_same_timeline(active: Collaboration) -> None:
    project = await active.running_project()
    milestone = await active.plan(project)
    await active.ask(
        ReachMilestone(project_id=project, milestone_id=milestone, reached_on=TODAY), active.odile
    )
    indicator = await active.agreed_indicator(project)
    await active.measured(indicator)
    await active.told_of(*MANDATES)

    mine, theirs = await active.timeline(active.claire), await active.timeline(active.odile)

    assert mine == theirs
    assert await active.timeline(active.karim) == mine
    assert mine == tuple(sorted(mine, key=lambda it: (it.occurred_at, it.event_id), reverse=True))
    assert {
        *MANDATES,
        ConventionDrafted.subject,
        ConventionShared.subject,
        NegotiationOpened.subject,
        ConventionSigned.subject,
        ConventionActivated.subject,
        ProjectProposed.subject,
        ProjectLeadNamed.subject,
        ProjectStarted.subject,
        MilestonePlanned.subject,
        MilestoneReached.subject,
        IndicatorProposed.subject,
        IndicatorAgreed.subject,
        MeasureRecorded.subject,
    } <= {entry.type for entry in mine}


async def test_an_entry_says_who_did_what_to_what(active: Collaboration) -> None:
    clause = (await active.get()).clauses[3]
    comment = AddComment(
        convention_id=active.convention,
        comment_id=CommentId(new_id()),
        clause_id=clause.clause_id,
        text="D'accord.",
    )
    await active.ask(comment, active.odile)
    project = await active.running_project()
    milestone = await active.plan(project, title="Relecture")
    indicator = await active.agreed_indicator(project)

    entries = await active.timeline()

    (commented,) = of_type(entries, CommentAdded.subject)
    assert (commented.organization_id, commented.person_id) == (active.association, active.odile.person_id)
    assert (commented.clause_id, commented.clause_number) == (clause.clause_id, clause.number)
    assert (commented.title, commented.convention_title) == (clause.title, (await active.get()).title)
    (started,) = of_type(entries, ProjectStarted.subject)
    assert (started.project_id, started.title) == (project, "Livret d'accueil")
    (planned,) = of_type(entries, MilestonePlanned.subject)
    assert (planned.milestone_id, planned.title) == (milestone, "Relecture")
    (agreed,) = of_type(entries, IndicatorAgreed.subject)
    assert (agreed.indicator_id, agreed.title) == (indicator, "Taux de retour")


async def test_what_contacts_announced_stands_at_its_moment(active: Collaboration) -> None:
    await active.told_of(*MANDATES)

    entries = await active.timeline()

    accepted = of_type(entries, MandateAccepted.subject)
    assert {entry.organization_id for entry in accepted} == {active.hospital, active.association}
    assert all(entry.mandate_id for entry in accepted)
    opened = of_type(entries, NegotiationOpened.subject)[0]
    assert max(entry.occurred_at for entry in accepted) < opened.occurred_at


async def test_an_announcement_that_comes_twice_is_told_once(together: Collaboration) -> None:
    await together.draft()
    proposed = MandateProposed(
        mandate_id=MandateId(new_id()),
        convention_id=together.convention,
        organization_id=together.hospital,
        person_id=together.claire.person_id,
        proposed_by=together.hospital,
    )
    accepted = MandateAccepted.model_validate(proposed.model_dump())
    first, second = together.contacts.envelope(proposed), together.contacts.envelope(accepted)

    for envelope in (second, first, first, second):
        await together.contacts.send(envelope)
    await together.told_of(*MANDATES)

    told = [entry for entry in await together.timeline() if entry.mandate_id]
    assert [entry.event_id for entry in told] == [second.event_id, first.event_id]


async def test_pages_follow_one_another_while_things_happen(active: Collaboration) -> None:
    await active.told_of(*MANDATES)
    whole = await active.timeline()
    query = GetTimeline(convention_id=active.convention, limit=7)

    page = await active.ask(query, active.odile)
    read = page.entries
    while page.next_before:
        await active.framed_project()
        assert len(page.entries) == query.limit
        page = await active.ask(query.model_copy(update={"before": page.next_before}), active.odile)
        read += page.entries

    assert read == whole
    last = GetTimeline(convention_id=active.convention, before=whole[0].event_id, limit=len(whole) - 1)
    assert (await active.ask(last, active.odile)).next_before is None


async def test_a_draft_is_read_by_its_side_then_by_both_from_the_beginning(together: Collaboration) -> None:
    await together.draft()
    with pytest.raises(ConventionNotFound):
        await together.timeline(together.odile)
    drafted = await together.timeline()

    await together.propose_mandate(together.odile)
    await together.told_of(MandateProposed.subject, ConventionShared.subject)

    theirs = await together.timeline(together.odile)
    assert theirs == await together.timeline()
    assert theirs[-len(drafted) :] == drafted


async def test_a_place_that_is_not_in_the_timeline_is_refused(active: Collaboration) -> None:
    query = GetTimeline(convention_id=active.convention, before=EventId(new_id()))

    with pytest.raises(InvalidRequest) as refused:
        await active.ask(query, active.odile)
    assert refused.value.fields["problems"] == [{"field": "before", "reason": "not_in_timeline"}]


async def test_an_unknown_partnership_has_no_timeline(active: Collaboration) -> None:
    with pytest.raises(ConventionNotFound):
        await active.ask(GetTimeline(convention_id=ConventionId(new_id())), active.claire)
