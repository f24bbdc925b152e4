"""The requests about amendments that are not about a text like any other. Translation only."""

from services.projects.conventions import queries
from services.projects.conventions.commands.abandon_amendment import abandon_amendment
from services.projects.conventions.commands.propose_amendment import propose_amendment
from shared.contracts.messages import Done
from shared.contracts.projects.amendments import (
    AbandonAmendment,
    AmendedFrom,
    Amendments,
    CompareAmendment,
    ListAmendments,
    ProposeAmendment,
)
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(ProposeAmendment))
async def handle_propose_amendment(command: ProposeAmendment, actor: CurrentActor, tx: InTransaction) -> Done:
    """Begin one."""
    return await propose_amendment(command, actor, tx)


@router.subscriber(**answers(AbandonAmendment))
async def handle_abandon_amendment(command: AbandonAmendment, actor: CurrentActor, tx: InTransaction) -> Done:
    """Give one up."""
    return await abandon_amendment(command, actor, tx)


@router.subscriber(**answers(ListAmendments))
async def handle_list_amendments(query: ListAmendments, actor: CurrentActor, tx: InTransaction) -> Amendments:
    """All of a convention."""
    return await queries.list_amendments(query, actor, tx)


@router.subscriber(**answers(CompareAmendment))
async def handle_compare_amendment(
    query: CompareAmendment, actor: CurrentActor, tx: InTransaction
) -> AmendedFrom:
    """What one changes."""
    return await queries.compare_amendment(query, actor, tx)
