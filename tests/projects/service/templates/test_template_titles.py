"""The title of a template, for pages and for messages: whoever reads it, and nobody else."""

from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.projects.naming import DescribeTemplateForNotice, TemplateSubject
from shared.contracts.projects.own_templates import ArchiveTemplate
from shared.contracts.projects.queries import NameSubjects
from shared.kit.asking import Asker
from tests.projects.domain.templates.texts import text
from tests.projects.service.templates.test_templates import make, share
from tests.projects.service.world import Member, World

TITLE = text().title


async def test_it_is_named_to_those_who_read_it(world: World, operator: Asker) -> None:
    template_id = await make(world, world.claire)

    async def named_to(member: Member) -> str | None:
        described = await operator.ask(
            DescribeTemplateForNotice(
                person_id=member.person_id,
                organization_id=member.organization_id,
                template_id=template_id,
            )
        )
        titles = (await world.ask(NameSubjects(ids=(template_id, new_id())), member)).titles
        assert titles == ({template_id: described.title} if described.title else {})
        return described.title

    readers, strangers = (world.claire, world.hugo), (world.odile, world.yann)
    assert [await named_to(it) for it in readers] == [TITLE, TITLE]
    assert [await named_to(it) for it in strangers] == [None, None]
    await share(world, template_id, world.association)
    assert [await named_to(it) for it in strangers] == [TITLE, None]
    await world.ask(ArchiveTemplate(template_id=template_id), world.hugo)
    assert [await named_to(it) for it in (*readers, *strangers)] == [TITLE, TITLE, None, None]


async def test_whoever_does_not_belong_to_the_organisation_reads_nothing_for_it(
    world: World, operator: Asker
) -> None:
    template_id = await make(world, world.claire)
    for organization in (world.hospital, OrganizationId(new_id())):
        impostor = DescribeTemplateForNotice(
            person_id=world.yann.person_id, organization_id=organization, template_id=template_id
        )
        assert await operator.ask(impostor) == TemplateSubject(title=None)
