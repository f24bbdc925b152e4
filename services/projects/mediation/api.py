"""The requests about mediations that this service answers. Translation only."""

from services.projects.mediation.commands.accept_in_mediation import accept_in_mediation
from services.projects.mediation.commands.ask_for_mediation import ask_for_mediation
from services.projects.mediation.commands.end_mediation import end_mediation
from services.projects.mediation.commands.plan_mediation import plan_mediation
from services.projects.mediation.commands.propose_in_mediation import propose_in_mediation
from services.projects.mediation.queries.list_mediations import list_mediations
from shared.contracts.messages import Done
from shared.contracts.projects.mediation import (
    AcceptInMediation,
    AskForMediation,
    EndMediation,
    ListMediations,
    Mediations,
    PlanMediation,
    ProposeInMediation,
)
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(AskForMediation))
async def handle_ask_for_mediation(command: AskForMediation, actor: CurrentActor, tx: InTransaction) -> Done:
    return await ask_for_mediation(command, actor, tx)


@router.subscriber(**answers(ProposeInMediation))
async def handle_propose_in_mediation(
    command: ProposeInMediation, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await propose_in_mediation(command, actor, tx)


@router.subscriber(**answers(AcceptInMediation))
async def handle_accept_in_mediation(
    command: AcceptInMediation, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await accept_in_mediation(command, actor, tx)


@router.subscriber(**answers(PlanMediation))
async def handle_plan_mediation(command: PlanMediation, actor: CurrentActor, tx: InTransaction) -> Done:
    return await plan_mediation(command, actor, tx)


@router.subscriber(**answers(EndMediation))
async def handle_end_mediation(command: EndMediation, actor: CurrentActor, tx: InTransaction) -> Done:
    return await end_mediation(command, actor, tx)


@router.subscriber(**answers(ListMediations))
async def handle_list_mediations(query: ListMediations, actor: CurrentActor, tx: InTransaction) -> Mediations:
    return await list_mediations(query, actor, tx)
