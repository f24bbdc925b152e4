"""Make templates, change them, share them, copy them, put them aside, and begin conventions from them."""

from typing import Any

import pytest

from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.identifiers import ConventionId, OrganizationId, TemplateId, new_id
from shared.contracts.projects.own_templates import (
    ArchiveTemplate,
    ChangeTemplate,
    CopyTemplate,
    DraftFromTemplate,
    GetTemplate,
    ListOrganizationTemplates,
    ListTemplateRevisions,
    MakeTemplate,
    OrganizationTemplateNotFound,
    PreviewModel,
    ReaderUnknown,
    RequiredArticlesMissing,
    RestoreTemplate,
    ShareTemplate,
    Sharing,
    SharingReserved,
    TemplateAct,
    TemplateDetail,
    TemplateInArchive,
    TemplateMoved,
    TemplateOfAnother,
    TemplateText,
)
from shared.contracts.projects.queries import GetConvention
from shared.contracts.projects.refusals import ConventionNotFound, IdentifierTaken, TemplateNotFound
from shared.contracts.projects.terms import Renewal
from shared.contracts.values import Side
from tests.projects.domain.templates.texts import legal, text
from tests.projects.service.world import Member, World
from tests.support.eventually import eventually


async def make(world: World, member: Member, wanted: TemplateText | None = None) -> TemplateId:
    """A template of the member's organisation."""
    template_id = TemplateId(new_id())
    await world.ask(MakeTemplate(template_id=template_id, text=wanted or text()), member)
    return template_id


async def share(world: World, template_id: TemplateId, *readers: OrganizationId) -> None:
    """Hugo shares it with them; with everybody when nobody is named."""
    sharing = Sharing.NAMED if readers else Sharing.EVERYONE
    for reader in readers:
        side = {world.hospital: Side.ESTABLISHMENT}.get(reader, Side.ASSOCIATION)
        await world.contacts.publish(OrganizationRegistered(organization_id=reader, side=side))
    shown = await get(world, world.hugo, template_id)
    command = ShareTemplate(
        template_id=template_id, revision=shown.revision, sharing=sharing, organization_ids=readers
    )

    async def done() -> bool:
        try:
            return bool(await world.ask(command, world.hugo))
        except ReaderUnknown:
            return False

    await eventually(done)


async def get(
    world: World, member: Member, template_id: TemplateId, revision: int | None = None
) -> TemplateDetail:
    return await world.ask(GetTemplate(template_id=template_id, revision=revision), member)


def to_draft(world: World, template_id: TemplateId, revision: int = 1, **given: Any) -> DraftFromTemplate:
    """What Claire fills in."""
    fields = world.to_draft().model_dump(exclude={"template"})
    return DraftFromTemplate(template_id=template_id, revision=revision, **(fields | given))


async def test_a_model_of_the_house_is_read_before_it_is_used(world: World) -> None:
    model = await world.ask(PreviewModel(template="volunteers_in_hospital"), world.claire)
    assert len(model.articles) == 11
    assert all(it.required and "L1112-5" in it.reason for it in model.articles)
    assert (model.terms.renewal, model.terms.renewal_months) == (Renewal.TACIT, 12)
    with pytest.raises(TemplateNotFound):
        await world.ask(PreviewModel(template="inconnu"), world.claire)


async def test_a_template_belongs_to_the_whole_organisation(world: World) -> None:
    wanted = legal()
    template_id = await make(world, world.karim, wanted)
    shown = await get(world, world.claire, template_id)
    assert shown.title == wanted.title
    assert [it.required for it in shown.articles] == [True] * 11 + [False]
    assert "L1112-5" in shown.articles[0].reason
    assert shown.terms == wanted.terms
    assert shown.person_id == world.karim.person_id
    assert TemplateAct.SHARE not in shown.may
    assert TemplateAct.SHARE in (await get(world, world.hugo, template_id)).may
    (line,) = (await world.ask(ListOrganizationTemplates(), world.claire)).own
    assert (line.template_id, line.articles, line.required) == (template_id, 12, 11)


async def test_asked_twice_it_is_made_once(world: World) -> None:
    template_id = TemplateId(new_id())
    command = MakeTemplate(template_id=template_id, text=text())
    await world.ask(command, world.karim)
    assert (await world.ask(command, world.karim)).version == 1
    with pytest.raises(IdentifierTaken):
        await world.ask(MakeTemplate(template_id=template_id, text=text(title="Autre")), world.karim)
    with pytest.raises(IdentifierTaken):
        await world.ask(command, world.odile)
    await world.draft()
    with pytest.raises(IdentifierTaken):
        await world.ask(MakeTemplate(template_id=TemplateId(world.convention), text=text()), world.karim)


async def test_a_text_that_the_regime_refuses_is_not_kept(world: World) -> None:
    for wanted, refusal in (
        (legal(articles=legal().articles[1:]), RequiredArticlesMissing),
        (text(base="inconnu"), TemplateNotFound),
    ):
        with pytest.raises(refusal):
            await make(world, world.karim, wanted)
    assert (await world.ask(ListOrganizationTemplates(), world.karim)).own == ()


async def test_every_text_that_it_had_stays(world: World) -> None:
    template_id = await make(world, world.karim)
    change = ChangeTemplate(template_id=template_id, revision=1, text=text(title="Deuxième"))
    await world.ask(change, world.claire)
    await world.ask(change, world.claire)
    with pytest.raises(TemplateMoved) as caught:
        await world.ask(change.model_copy(update={"text": text(title="Autre")}), world.karim)
    assert caught.value.fields == {"revision": 2}
    history = await world.ask(ListTemplateRevisions(template_id=template_id), world.karim)
    assert [(it.revision, it.title) for it in history.revisions] == [(2, "Deuxième"), (1, text().title)]
    first = await get(world, world.karim, template_id, revision=1)
    assert (first.title, first.revision, first.newest) == (text().title, 1, 2)


async def test_others_read_the_newest_text_and_only_while_it_is_shared(world: World) -> None:
    template_id = await make(world, world.karim)
    await world.ask(
        ChangeTemplate(template_id=template_id, revision=1, text=text(title="Deuxième")), world.karim
    )
    with pytest.raises(SharingReserved):
        await world.ask(
            ShareTemplate(template_id=template_id, revision=2, sharing=Sharing.EVERYONE), world.karim
        )
    assert not await reads(world, world.odile, template_id)
    await share(world, template_id, world.association)
    shown = await get(world, world.odile, template_id)
    assert (shown.title, shown.organization_id, shown.revision) == ("Deuxième", world.hospital, 2)
    assert (shown.person_id, shown.shared_with, shown.convention_id) == (None, (), None)
    assert set(shown.may) == {TemplateAct.COPY, TemplateAct.DRAFT}
    (line,) = (await world.ask(ListOrganizationTemplates(), world.odile)).shared
    assert (line.template_id, line.organization_id) == (template_id, world.hospital)
    assert not await reads(world, world.odile, template_id, revision=1)
    with pytest.raises(OrganizationTemplateNotFound):
        await world.ask(ListTemplateRevisions(template_id=template_id), world.odile)
    with pytest.raises(TemplateOfAnother):
        await world.ask(ArchiveTemplate(template_id=template_id), world.odile)
    assert not await reads(world, world.yann, template_id)
    await share(world, template_id)
    assert await reads(world, world.yann, template_id)
    private = ShareTemplate(template_id=template_id, revision=2, sharing=Sharing.PRIVATE)
    await world.ask(private, world.hugo)
    assert not await reads(world, world.odile, template_id)
    assert (await world.ask(ListOrganizationTemplates(), world.odile)).shared == ()


async def test_a_template_is_shared_with_organisations_of_the_directory_only(world: World) -> None:
    template_id = await make(world, world.karim)
    command = ShareTemplate(
        template_id=template_id,
        revision=1,
        sharing=Sharing.NAMED,
        organization_ids=(OrganizationId(new_id()),),
    )
    with pytest.raises(ReaderUnknown):
        await world.ask(command, world.hugo)
    assert (await get(world, world.hugo, template_id)).sharing is Sharing.PRIVATE


async def test_a_copy_tells_from_whom_and_which_version_and_that_there_is_a_newer_one(world: World) -> None:
    template_id = await make(world, world.karim)
    await share(world, template_id, world.association)
    mine = TemplateId(new_id())
    command = CopyTemplate(template_id=mine, source_id=template_id, revision=1)
    await world.ask(command, world.odile)
    await world.ask(command, world.odile)
    shown = await get(world, world.odile, mine)
    assert shown.source is not None
    assert (shown.source.organization_id, shown.source.revision, shown.source.newer) == (
        world.hospital,
        1,
        None,
    )
    change = ChangeTemplate(template_id=template_id, revision=1, text=text(title="Deuxième"))
    with pytest.raises(SharingReserved):
        await world.ask(change, world.karim)
    await world.ask(change, world.hugo)
    shown = await get(world, world.odile, mine)
    assert shown.title == text().title
    assert shown.source is not None
    assert shown.source.newer == 2
    with pytest.raises(TemplateMoved):
        await world.ask(command.model_copy(update={"template_id": TemplateId(new_id())}), world.odile)
    await world.ask(ArchiveTemplate(template_id=template_id), world.karim)
    shown = await get(world, world.odile, mine)
    assert shown.source is not None
    assert (shown.source.organization_id, shown.source.newer) == (world.hospital, None)


async def test_what_is_put_aside_is_nobody_elses_and_comes_back(world: World) -> None:
    template_id = await make(world, world.karim)
    await share(world, template_id)
    for _ in range(2):
        await world.ask(ArchiveTemplate(template_id=template_id), world.karim)
    assert not await reads(world, world.odile, template_id)
    assert (await world.ask(ListOrganizationTemplates(), world.karim)).own == ()
    (line,) = (await world.ask(ListOrganizationTemplates(archived=True), world.karim)).own
    assert line.archived_at is not None
    with pytest.raises(TemplateInArchive):
        await world.ask(to_draft(world, template_id), world.claire)
    for _ in range(2):
        await world.ask(RestoreTemplate(template_id=template_id), world.claire)
    assert await reads(world, world.odile, template_id)


async def test_a_convention_begins_with_the_text_and_the_terms_of_the_template(world: World) -> None:
    template_id = await make(world, world.karim, legal())
    await world.ask(to_draft(world, template_id), world.claire)
    convention = await world.get()
    assert [it.number for it in convention.clauses] == list(range(13))
    assert "Centre hospitalier de Bellerive" in convention.clauses[0].text
    assert convention.clauses[12].title == "Stationnement"
    assert convention.regime.endswith("code de la santé publique")
    terms = convention.terms.terms
    assert (terms.renewal, terms.renewal_months, terms.notice_months) == (Renewal.EXPRESS, 12, 3)
    assert terms.meetings_per_year == 4
    assert (await get(world, world.karim, template_id)).begun == 1
    await world.ask(to_draft(world, template_id), world.claire)
    with pytest.raises(TemplateMoved):
        await world.ask(to_draft(world, template_id, 2, convention_id=ConventionId(new_id())), world.claire)


async def test_a_convention_begins_from_a_template_of_others_and_they_do_not_hear_of_it(world: World) -> None:
    template_id = await make(world, world.karim)
    with pytest.raises(OrganizationTemplateNotFound):
        await world.ask(to_draft(world, template_id), world.odile)
    await share(world, template_id, world.association)
    await world.ask(to_draft(world, template_id), world.odile)
    convention = await world.ask(GetConvention(convention_id=world.convention), world.odile)
    assert [it.title for it in convention.clauses] == ["Parties", "Objet", "Moyens"]
    assert (await get(world, world.odile, template_id)).begun == 1
    assert (await get(world, world.karim, template_id)).begun == 0


async def test_a_template_remembers_for_its_own_the_convention_that_it_comes_from(world: World) -> None:
    await world.draft()
    template_id = TemplateId(new_id())
    command = MakeTemplate(template_id=template_id, text=text(), convention_id=world.convention)
    with pytest.raises(ConventionNotFound):
        await world.ask(command, world.yann)
    await world.ask(command, world.claire)
    assert (await get(world, world.karim, template_id)).convention_id == world.convention
    await share(world, template_id)
    assert (await get(world, world.yann, template_id)).convention_id is None


async def reads(world: World, member: Member, template_id: TemplateId, revision: int | None = None) -> bool:
    """Whether the template exists for a member; for one that she may not see, the answer is that of an unknown one."""
    nobodys = GetTemplate(template_id=TemplateId(new_id()))
    try:
        await get(world, member, template_id, revision)
    except OrganizationTemplateNotFound:
        with pytest.raises(OrganizationTemplateNotFound):
            await world.ask(nobodys, member)
        return False
    return True
