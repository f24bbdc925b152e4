"""The requests about who takes part in a convention: who comes, who observes, who is taken back. Translation only."""

from services.projects.conventions import queries
from services.projects.conventions.commands.accept_admission import accept_admission
from services.projects.conventions.commands.end_admission import end_admission
from services.projects.conventions.commands.propose_admission import propose_admission
from services.projects.conventions.commands.take_back_party import take_back_party
from shared.contracts.messages import Done
from shared.contracts.projects.parties import (
    AcceptAdmission,
    Admissions,
    EndAdmission,
    ListAdmissions,
    ListObserved,
    Observed,
    ProposeAdmission,
    TakeBackParty,
)
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(ProposeAdmission))
async def handle_propose_admission(command: ProposeAdmission, actor: CurrentActor, tx: InTransaction) -> Done:
    """Propose that one comes."""
    return await propose_admission(command, actor, tx)


@router.subscriber(**answers(AcceptAdmission))
async def handle_accept_admission(command: AcceptAdmission, actor: CurrentActor, tx: InTransaction) -> Done:
    """Agree."""
    return await accept_admission(command, actor, tx)


@router.subscriber(**answers(EndAdmission))
async def handle_end_admission(command: EndAdmission, actor: CurrentActor, tx: InTransaction) -> Done:
    """Say no, or end that it observes."""
    return await end_admission(command, actor, tx)


@router.subscriber(**answers(TakeBackParty))
async def handle_take_back_party(command: TakeBackParty, actor: CurrentActor, tx: InTransaction) -> Done:
    """Take one back."""
    return await take_back_party(command, actor, tx)


@router.subscriber(**answers(ListAdmissions))
async def handle_list_admissions(query: ListAdmissions, actor: CurrentActor, tx: InTransaction) -> Admissions:
    """Who is to come, and who observes."""
    return await queries.list_admissions(query, actor, tx)


@router.subscriber(**answers(ListObserved))
async def handle_list_observed(query: ListObserved, actor: CurrentActor, tx: InTransaction) -> Observed:
    """What one observes."""
    return await queries.list_observed(query, actor, tx)
