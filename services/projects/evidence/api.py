"""The requests about indicators that this service answers. Translation only."""

from services.projects.evidence.commands.accept_indicator import accept_indicator
from services.projects.evidence.commands.correct_measure import correct_measure
from services.projects.evidence.commands.propose_indicator import propose_indicator
from services.projects.evidence.commands.record_measure import record_measure
from services.projects.evidence.queries.indicators import get_indicator, list_indicators
from shared.contracts.messages import Done
from shared.contracts.projects.commands import (
    AcceptIndicator,
    CorrectMeasure,
    ProposeIndicator,
    RecordMeasure,
)
from shared.contracts.projects.queries import GetIndicator, Indicators, IndicatorView, ListIndicators
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(ProposeIndicator))
async def handle_propose_indicator(command: ProposeIndicator, actor: CurrentActor, tx: InTransaction) -> Done:
    return await propose_indicator(command, actor, tx)


@router.subscriber(**answers(AcceptIndicator))
async def handle_accept_indicator(command: AcceptIndicator, actor: CurrentActor, tx: InTransaction) -> Done:
    return await accept_indicator(command, actor, tx)


@router.subscriber(**answers(RecordMeasure))
async def handle_record_measure(command: RecordMeasure, actor: CurrentActor, tx: InTransaction) -> Done:
    return await record_measure(command, actor, tx)


@router.subscriber(**answers(CorrectMeasure))
async def handle_correct_measure(command: CorrectMeasure, actor: CurrentActor, tx: InTransaction) -> Done:
    return await correct_measure(command, actor, tx)


@router.subscriber(**answers(GetIndicator))
async def handle_get_indicator(query: GetIndicator, actor: CurrentActor, tx: InTransaction) -> IndicatorView:
    return await get_indicator(query, actor, tx)


@router.subscriber(**answers(ListIndicators))
async def handle_list_indicators(query: ListIndicators, actor: CurrentActor, tx: InTransaction) -> Indicators:
    return await list_indicators(query, actor, tx)
