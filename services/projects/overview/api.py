"""The requests that read across modules. Translation only."""

from services.projects.conventions import public as conventions
from services.projects.overview.commands.forget_unused_files import forget_unused_files
from services.projects.overview.queries.describe_for_notice import describe_for_notice
from services.projects.overview.queries.get_home import get_home
from services.projects.overview.queries.get_project import get_project
from services.projects.overview.queries.get_timeline import get_timeline
from services.projects.overview.queries.name_subjects import name_subjects
from shared.contracts.projects.counts import AwaitingCount, CountAwaiting
from shared.contracts.projects.kept_files import FilesInUse, ForgetUnusedFiles
from shared.contracts.projects.naming import DescribeForNotice, NoticeSubject
from shared.contracts.projects.queries import (
    GetHome,
    GetProject,
    GetTimeline,
    Home,
    NameSubjects,
    ProjectView,
    Timeline,
    Titles,
)
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(GetHome))
async def handle_get_home(query: GetHome, actor: CurrentActor, tx: InTransaction) -> Home:
    return await get_home(query, actor, tx)


@router.subscriber(**answers(CountAwaiting))
async def handle_count_awaiting(
    query: CountAwaiting, actor: CurrentActor, tx: InTransaction
) -> AwaitingCount:
    return await conventions.count_awaiting(actor, tx)


@router.subscriber(**answers(GetTimeline))
async def handle_get_timeline(query: GetTimeline, actor: CurrentActor, tx: InTransaction) -> Timeline:
    return await get_timeline(query, actor, tx)


@router.subscriber(**answers(GetProject))
async def handle_get_project(query: GetProject, actor: CurrentActor, tx: InTransaction) -> ProjectView:
    return await get_project(query, actor, tx)


@router.subscriber(**answers(NameSubjects))
async def handle_name_subjects(query: NameSubjects, actor: CurrentActor, tx: InTransaction) -> Titles:
    return await name_subjects(query, actor, tx)


@router.subscriber(**answers(DescribeForNotice))
async def handle_describe_for_notice(query: DescribeForNotice, tx: InTransaction) -> NoticeSubject:
    return await describe_for_notice(query, tx)


@router.subscriber(**answers(ForgetUnusedFiles))
async def handle_forget_unused_files(command: ForgetUnusedFiles, tx: InTransaction) -> FilesInUse:
    return await forget_unused_files(command, tx)
