"""Titles for pages, and what a message to a person may name."""

from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId, new_id
from shared.contracts.projects.naming import DescribeForNotice, NoticeSubject
from shared.contracts.projects.queries import NameSubjects
from shared.kit.asking import Asker
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.world import SIGN_BEFORE, Member, new_member


async def test_subjects_are_named_whatever_they_are(active: Collaboration) -> None:
    project = await active.running_project()
    milestone, indicator = await active.plan(project), await active.proposed_indicator(project)
    convention = await active.get()
    clause = convention.clauses[0]
    wanted = {
        convention.convention_id: convention.title,
        clause.clause_id: clause.title,
        project: "Livret d'accueil",
        milestone: "Première version",
        indicator: "Taux de retour",
    }

    for member in (active.claire, active.odile):
        titles = await active.ask(NameSubjects(ids=(*wanted, new_id())), member)
        assert titles.titles == wanted


async def test_somebody_invited_reads_the_title_before_she_belongs_anywhere(together: Collaboration) -> None:
    drafted = await together.draft()
    invited = new_member(together.association)
    await together.propose_mandate(invited)
    await together.told_of("entente.contacts.mandate.proposed.v1")
    query = NameSubjects(ids=(drafted.convention_id, new_id()))

    titles = await together.gateway.ask(query, actor=Actor(invited.person_id, None), timeout_seconds=10)

    assert titles.titles == {drafted.convention_id: drafted.title}


def to_describe(together: Collaboration, member: Member, **ids: object) -> DescribeForNotice:
    return DescribeForNotice.model_validate(
        {
            "person_id": member.person_id,
            "organization_id": member.organization_id,
            "convention_id": together.convention,
        }
        | ids
    )


async def test_a_message_names_what_it_is_about(active: Collaboration, operator: Asker) -> None:
    project = await active.running_project()
    milestone, indicator = await active.plan(project), await active.proposed_indicator(project)
    convention = await active.get()
    clause = convention.clauses[2]

    subject = await operator.ask(
        to_describe(
            active,
            active.odile,
            clause_id=clause.clause_id,
            project_id=project,
            milestone_id=milestone,
            indicator_id=indicator,
        )
    )

    assert subject == NoticeSubject(
        readable=True,
        convention_title=convention.title,
        project_title="Livret d'accueil",
        milestone_title="Première version",
        indicator_title="Taux de retour",
        clause_number=clause.number,
        sign_before=SIGN_BEFORE,
    )


async def test_a_message_names_nothing_of_another_convention(active: Collaboration, operator: Asker) -> None:
    project = await active.running_project()
    milestone, indicator = await active.plan(project), await active.proposed_indicator(project)
    second = Collaboration(active.gateway, active.contacts, hospital=active.hospital)
    second.claire = active.claire
    drafted = await second.draft()

    subject = await operator.ask(
        to_describe(
            second,
            active.claire,
            clause_id=(await active.get()).clauses[0].clause_id,
            project_id=project,
            milestone_id=milestone,
            indicator_id=indicator,
        )
    )

    assert subject == NoticeSubject(readable=True, convention_title=drafted.title)


async def test_who_may_not_read_is_not_written_to(together: Collaboration, operator: Asker) -> None:
    await together.draft()
    unreadable = NoticeSubject(readable=False, convention_title="")
    impostor = Member(together.yann.person_id, together.hospital)
    invited = new_member(together.association)

    assert (await operator.ask(to_describe(together, together.karim))).readable
    for nobody in (together.yann, together.odile, impostor, invited, new_member(OrganizationId(new_id()))):
        assert await operator.ask(to_describe(together, nobody)) == unreadable
    unknown = DescribeForNotice(
        person_id=PersonId(new_id()), organization_id=together.hospital, convention_id=ConventionId(new_id())
    )
    assert await operator.ask(unknown) == unreadable

    await together.propose_mandate(invited)
    await together.told_of("entente.contacts.mandate.proposed.v1")

    assert (await operator.ask(to_describe(together, invited))).readable, "she is asked, before she belongs"
