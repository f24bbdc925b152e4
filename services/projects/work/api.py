"""The requests about projects that this service answers. Translation only."""

from services.projects.work.commands.move_milestone import move_milestone
from services.projects.work.commands.name_project_lead import name_project_lead
from services.projects.work.commands.plan_milestone import plan_milestone
from services.projects.work.commands.propose_project import propose_project
from services.projects.work.commands.reach_milestone import reach_milestone
from services.projects.work.commands.start_project import start_project
from services.projects.work.queries.projects import list_projects
from shared.contracts.messages import Done
from shared.contracts.projects.commands import (
    MoveMilestone,
    NameProjectLead,
    PlanMilestone,
    ProposeProject,
    ReachMilestone,
    StartProject,
)
from shared.contracts.projects.queries import ListProjects, Projects
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(ProposeProject))
async def handle_propose_project(command: ProposeProject, actor: CurrentActor, tx: InTransaction) -> Done:
    return await propose_project(command, actor, tx)


@router.subscriber(**answers(NameProjectLead))
async def handle_name_project_lead(command: NameProjectLead, actor: CurrentActor, tx: InTransaction) -> Done:
    return await name_project_lead(command, actor, tx)


@router.subscriber(**answers(StartProject))
async def handle_start_project(command: StartProject, actor: CurrentActor, tx: InTransaction) -> Done:
    return await start_project(command, actor, tx)


@router.subscriber(**answers(PlanMilestone))
async def handle_plan_milestone(command: PlanMilestone, actor: CurrentActor, tx: InTransaction) -> Done:
    return await plan_milestone(command, actor, tx)


@router.subscriber(**answers(MoveMilestone))
async def handle_move_milestone(command: MoveMilestone, actor: CurrentActor, tx: InTransaction) -> Done:
    return await move_milestone(command, actor, tx)


@router.subscriber(**answers(ReachMilestone))
async def handle_reach_milestone(command: ReachMilestone, actor: CurrentActor, tx: InTransaction) -> Done:
    return await reach_milestone(command, actor, tx)


@router.subscriber(**answers(ListProjects))
async def handle_list_projects(query: ListProjects, actor: CurrentActor, tx: InTransaction) -> Projects:
    return await list_projects(query, actor, tx)
