"""The requests about templates that this service answers. Translation only."""

from services.projects.templates import queries
from services.projects.templates.commands.archive_template import archive_template
from services.projects.templates.commands.change_template import change_template
from services.projects.templates.commands.copy_template import copy_template
from services.projects.templates.commands.draft_from_template import draft_from_template
from services.projects.templates.commands.make_template import make_template
from services.projects.templates.commands.restore_template import restore_template
from services.projects.templates.commands.share_template import share_template
from shared.contracts.messages import Done
from shared.contracts.projects.naming import DescribeTemplateForNotice, TemplateSubject
from shared.contracts.projects.own_templates import (
    ArchiveTemplate,
    ChangeTemplate,
    CopyTemplate,
    DraftFromTemplate,
    GetTemplate,
    ListOrganizationTemplates,
    ListTemplateRevisions,
    MakeTemplate,
    ModelPreview,
    OrganizationTemplates,
    PreviewModel,
    RestoreTemplate,
    ShareTemplate,
    TemplateDetail,
    TemplateRevisions,
)
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(MakeTemplate))
async def handle_make_template(command: MakeTemplate, actor: CurrentActor, tx: InTransaction) -> Done:
    return await make_template(command, actor, tx)


@router.subscriber(**answers(ChangeTemplate))
async def handle_change_template(command: ChangeTemplate, actor: CurrentActor, tx: InTransaction) -> Done:
    return await change_template(command, actor, tx)


@router.subscriber(**answers(ShareTemplate))
async def handle_share_template(command: ShareTemplate, actor: CurrentActor, tx: InTransaction) -> Done:
    return await share_template(command, actor, tx)


@router.subscriber(**answers(ArchiveTemplate))
async def handle_archive_template(command: ArchiveTemplate, actor: CurrentActor, tx: InTransaction) -> Done:
    return await archive_template(command, actor, tx)


@router.subscriber(**answers(RestoreTemplate))
async def handle_restore_template(command: RestoreTemplate, actor: CurrentActor, tx: InTransaction) -> Done:
    return await restore_template(command, actor, tx)


@router.subscriber(**answers(CopyTemplate))
async def handle_copy_template(command: CopyTemplate, actor: CurrentActor, tx: InTransaction) -> Done:
    return await copy_template(command, actor, tx)


@router.subscriber(**answers(DraftFromTemplate))
async def handle_draft_from_template(
    command: DraftFromTemplate, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await draft_from_template(command, actor, tx)


@router.subscriber(**answers(ListOrganizationTemplates))
async def handle_list_organization_templates(
    query: ListOrganizationTemplates, actor: CurrentActor, tx: InTransaction
) -> OrganizationTemplates:
    return await queries.list_organization_templates(query, actor, tx)


@router.subscriber(**answers(GetTemplate))
async def handle_get_template(query: GetTemplate, actor: CurrentActor, tx: InTransaction) -> TemplateDetail:
    return await queries.get_template(query, actor, tx)


@router.subscriber(**answers(ListTemplateRevisions))
async def handle_list_template_revisions(
    query: ListTemplateRevisions, actor: CurrentActor, tx: InTransaction
) -> TemplateRevisions:
    return await queries.list_template_revisions(query, actor, tx)


@router.subscriber(**answers(PreviewModel))
async def handle_preview_model(query: PreviewModel, _actor: CurrentActor) -> ModelPreview:
    return queries.preview_model(query)


@router.subscriber(**answers(DescribeTemplateForNotice))
async def handle_describe_template_for_notice(
    query: DescribeTemplateForNotice, tx: InTransaction
) -> TemplateSubject:
    return await queries.describe_template_for_notice(query, tx)
