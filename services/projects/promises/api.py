"""The requests about dated obligations that this service answers. Translation only."""

from services.projects.promises.commands.contest_obligation import contest_obligation
from services.projects.promises.commands.keep_obligation import keep_obligation
from services.projects.promises.queries.get_promises import get_promises
from shared.contracts.messages import Done
from shared.contracts.projects.promises import ContestObligation, GetPromises, KeepObligation, Promises
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(KeepObligation))
async def handle_keep_obligation(command: KeepObligation, actor: CurrentActor, tx: InTransaction) -> Done:
    return await keep_obligation(command, actor, tx)


@router.subscriber(**answers(ContestObligation))
async def handle_contest_obligation(
    command: ContestObligation, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await contest_obligation(command, actor, tx)


@router.subscriber(**answers(GetPromises))
async def handle_get_promises(query: GetPromises, actor: CurrentActor, tx: InTransaction) -> Promises:
    return await get_promises(query, actor, tx)
