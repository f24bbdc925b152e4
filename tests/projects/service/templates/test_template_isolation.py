"""A template that is not shared is, for any other organisation, as if it did not exist; the database says so too."""

from collections.abc import AsyncGenerator
from typing import Any

import asyncpg
import pytest

from shared.contracts.identifiers import ConventionId, TemplateId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects.own_templates import (
    ArchiveTemplate,
    ChangeTemplate,
    CopyTemplate,
    GetTemplate,
    ListOrganizationTemplates,
    ListTemplateRevisions,
    MakeTemplate,
    RestoreTemplate,
    ShareTemplate,
    Sharing,
)
from shared.contracts.projects.refusals import NotAMemberOfOrganization
from shared.contracts.refusals import Refusal
from shared.kit.database import Database, connected, transaction
from tests.projects.domain.templates.texts import text
from tests.projects.service.templates.test_templates import make, share, to_draft
from tests.projects.service.world import Member, World
from tests.support.servers import FreshDatabase

TABLES = ("templates", "template_revisions", "template_origins", "template_uses")


@pytest.fixture
async def database_of_projects(projects: FreshDatabase) -> AsyncGenerator[Database]:
    """The service's own database, as the service's role."""
    async with connected(projects.url) as it:
        yield it


def requests(world: World, template_id: TemplateId) -> list[Request[Any]]:
    """Everything that names a template."""
    return [
        GetTemplate(template_id=template_id),
        GetTemplate(template_id=template_id, revision=1),
        ListTemplateRevisions(template_id=template_id),
        ChangeTemplate(template_id=template_id, revision=1, text=text(title="Le leur")),
        ShareTemplate(template_id=template_id, revision=1, sharing=Sharing.EVERYONE),
        ArchiveTemplate(template_id=template_id),
        RestoreTemplate(template_id=template_id),
        CopyTemplate(template_id=TemplateId(new_id()), source_id=template_id, revision=1),
        to_draft(world, template_id, convention_id=ConventionId(new_id())),
    ]


async def answer(world: World, request: Request[Any], member: Member) -> Any:
    """What somebody is answered: the reply, or the refusal's code and fields."""
    try:
        return await world.ask(request, member)
    except Refusal as refusal:
        return refusal.code, refusal.fields


async def test_another_organisation_is_answered_as_if_nothing_existed(world: World) -> None:
    template_id = await make(world, world.karim)
    theirs, nobodys = requests(world, template_id), requests(world, TemplateId(new_id()))
    for member in (world.odile, world.yann):
        for named, unknown in zip(theirs, nobodys, strict=True):
            told = await answer(world, named, member)
            assert told == await answer(world, unknown, member) == ("organization_template_not_found", {})
        found = await world.ask(ListOrganizationTemplates(), member)
        assert (found.own, found.shared) == ((), ())


async def test_nobody_acts_as_an_organisation_that_is_not_hers(world: World) -> None:
    template_id = await make(world, world.karim)
    impostor = Member(world.odile.person_id, world.hospital)
    for request in (*requests(world, template_id), ListOrganizationTemplates()):
        with pytest.raises(NotAMemberOfOrganization):
            await world.ask(request, impostor)


async def test_the_database_itself_shows_others_the_newest_text_of_what_is_shared(
    world: World, database_of_projects: Database
) -> None:
    await world.draft()
    template_id = TemplateId(new_id())
    await world.ask(
        MakeTemplate(template_id=template_id, text=text(), convention_id=world.convention), world.claire
    )
    await world.ask(
        ChangeTemplate(template_id=template_id, revision=1, text=text(title="Deuxième")), world.karim
    )
    used = ConventionId(new_id())
    await world.ask(to_draft(world, template_id, 2, convention_id=used), world.claire)

    async def seen(member: Member) -> list[int]:
        async with transaction(database_of_projects, actor=member.actor) as tx:
            return [
                await tx.fetchval(f"SELECT count(*) FROM {it} WHERE template_id = $1", template_id)
                for it in TABLES
            ]

    assert await seen(world.karim) == [1, 2, 1, 1]
    assert await seen(world.odile) == [0, 0, 0, 0]
    await share(world, template_id, world.association)
    assert await seen(world.odile) == [1, 1, 0, 0]
    assert await seen(world.yann) == [0, 0, 0, 0]
    await world.ask(ArchiveTemplate(template_id=template_id), world.karim)
    assert await seen(world.odile) == [0, 0, 0, 0]


async def test_the_database_itself_lets_nobody_write_for_another(
    world: World, database_of_projects: Database
) -> None:
    template_id = await make(world, world.karim)
    await share(world, template_id)
    async with transaction(database_of_projects, actor=world.odile.actor) as tx:
        taken = "UPDATE templates SET sharing = 'private' WHERE template_id = $1"
        assert await tx.execute(taken, template_id) == "UPDATE 0"
    forged = """
        INSERT INTO template_revisions (template_id, revision, title, use, base, articles, terms, organization_id,
                                        person_id, written_at)
        VALUES ($1, 2, 'x', '', 'partnership', '[{}]', '{}', $2, $3, now())
    """
    for organization_id in (world.association, world.hospital):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction(database_of_projects, actor=world.odile.actor) as tx:
                await tx.execute(forged, template_id, organization_id, world.odile.person_id)
    for forbidden in ("DELETE FROM templates", "UPDATE template_revisions SET title = 'x'"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction(database_of_projects, actor=world.karim.actor) as tx:
                await tx.execute(forbidden)
