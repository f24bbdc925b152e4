"""The requests about signed conventions that this service answers. Translation only."""

from services.projects.life.commands.complete_closing_step import complete_closing_step
from services.projects.life.commands.decide_renewal import decide_renewal
from services.projects.life.commands.leave_convention import leave_convention
from services.projects.life.commands.lift_suspension import lift_suspension
from services.projects.life.commands.suspend_convention import suspend_convention
from services.projects.life.commands.terminate_convention import terminate_convention
from services.projects.life.commands.withdraw_termination import withdraw_termination
from services.projects.life.queries.get_convention_life import get_convention_life
from shared.contracts.messages import Done
from shared.contracts.projects.leaving import LeaveConvention
from shared.contracts.projects.life import (
    CompleteClosingStep,
    ConventionLife,
    DecideRenewal,
    GetConventionLife,
    LiftSuspension,
    SuspendConvention,
    TerminateConvention,
)
from shared.contracts.projects.taking_back import WithdrawTermination
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(SuspendConvention))
async def handle_suspend_convention(
    command: SuspendConvention, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await suspend_convention(command, actor, tx)


@router.subscriber(**answers(LiftSuspension))
async def handle_lift_suspension(command: LiftSuspension, actor: CurrentActor, tx: InTransaction) -> Done:
    return await lift_suspension(command, actor, tx)


@router.subscriber(**answers(WithdrawTermination))
async def handle_withdraw_termination(
    command: WithdrawTermination, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await withdraw_termination(command, actor, tx)


@router.subscriber(**answers(TerminateConvention))
async def handle_terminate_convention(
    command: TerminateConvention, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await terminate_convention(command, actor, tx)


@router.subscriber(**answers(LeaveConvention))
async def handle_leave_convention(command: LeaveConvention, actor: CurrentActor, tx: InTransaction) -> Done:
    return await leave_convention(command, actor, tx)


@router.subscriber(**answers(DecideRenewal))
async def handle_decide_renewal(command: DecideRenewal, actor: CurrentActor, tx: InTransaction) -> Done:
    return await decide_renewal(command, actor, tx)


@router.subscriber(**answers(CompleteClosingStep))
async def handle_complete_closing_step(
    command: CompleteClosingStep, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await complete_closing_step(command, actor, tx)


@router.subscriber(**answers(GetConventionLife))
async def handle_get_convention_life(
    query: GetConventionLife, actor: CurrentActor, tx: InTransaction
) -> ConventionLife:
    return await get_convention_life(query, actor, tx)
