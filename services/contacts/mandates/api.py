"""The requests about mandates that contacts answers. Translation only."""

from services.contacts.mandates import queries
from services.contacts.mandates.commands.accept_mandate import accept_mandate
from services.contacts.mandates.commands.decline_mandate import decline_mandate
from services.contacts.mandates.commands.end_affiliation import end_affiliation
from services.contacts.mandates.commands.end_delegation import end_delegation
from services.contacts.mandates.commands.end_mandate import end_mandate
from services.contacts.mandates.commands.grant_delegation import grant_delegation
from services.contacts.mandates.commands.invite_referent import invite_referent
from services.contacts.mandates.commands.name_referent import name_referent
from shared.contracts.contacts.commands import (
    AcceptMandate,
    DeclineMandate,
    EndAffiliation,
    EndDelegation,
    EndMandate,
    GrantDelegation,
    InviteReferent,
    NameReferent,
)
from shared.contracts.contacts.queries import (
    Authority,
    Departure,
    GetDeparture,
    GetMandate,
    GetMandateForInvitation,
    GetMyAuthority,
    ListMandates,
    ListMyMandates,
    Mandates,
    MandateView,
    NameForNotice,
    NamesForNotice,
)
from shared.contracts.messages import Done
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(NameReferent))
async def handle_name_referent(command: NameReferent, actor: CurrentActor, tx: InTransaction) -> Done:
    return await name_referent(command, actor, tx)


@router.subscriber(**answers(InviteReferent))
async def handle_invite_referent(command: InviteReferent, actor: CurrentActor, tx: InTransaction) -> Done:
    return await invite_referent(command, actor, tx)


@router.subscriber(**answers(AcceptMandate))
async def handle_accept_mandate(command: AcceptMandate, actor: CurrentActor, tx: InTransaction) -> Done:
    return await accept_mandate(command, actor, tx)


@router.subscriber(**answers(DeclineMandate))
async def handle_decline_mandate(command: DeclineMandate, actor: CurrentActor, tx: InTransaction) -> Done:
    return await decline_mandate(command, actor, tx)


@router.subscriber(**answers(EndMandate))
async def handle_end_mandate(command: EndMandate, actor: CurrentActor, tx: InTransaction) -> Done:
    return await end_mandate(command, actor, tx)


@router.subscriber(**answers(GrantDelegation))
async def handle_grant_delegation(command: GrantDelegation, actor: CurrentActor, tx: InTransaction) -> Done:
    return await grant_delegation(command, actor, tx)


@router.subscriber(**answers(EndDelegation))
async def handle_end_delegation(command: EndDelegation, actor: CurrentActor, tx: InTransaction) -> Done:
    return await end_delegation(command, actor, tx)


@router.subscriber(**answers(EndAffiliation))
async def handle_end_affiliation(command: EndAffiliation, actor: CurrentActor, tx: InTransaction) -> Done:
    return await end_affiliation(command, actor, tx)


@router.subscriber(**answers(GetDeparture))
async def handle_get_departure(query: GetDeparture, actor: CurrentActor, tx: InTransaction) -> Departure:
    return await queries.get_departure(query, actor, tx)


@router.subscriber(**answers(ListMandates))
async def handle_list_mandates(query: ListMandates, actor: CurrentActor, tx: InTransaction) -> Mandates:
    return await queries.list_mandates(query, tx)


@router.subscriber(**answers(GetMyAuthority))
async def handle_get_my_authority(query: GetMyAuthority, actor: CurrentActor, tx: InTransaction) -> Authority:
    return await queries.get_my_authority(query, actor, tx)


@router.subscriber(**answers(ListMyMandates))
async def handle_list_my_mandates(query: ListMyMandates, actor: CurrentActor, tx: InTransaction) -> Mandates:
    return await queries.list_my_mandates(tx)


@router.subscriber(**answers(GetMandate))
async def handle_get_mandate(query: GetMandate, actor: CurrentActor, tx: InTransaction) -> MandateView:
    return await queries.get_mandate(query, tx)


@router.subscriber(**answers(GetMandateForInvitation))
async def handle_get_mandate_for_invitation(query: GetMandateForInvitation, tx: InTransaction) -> MandateView:
    return await queries.get_mandate_for_invitation(query, tx)


@router.subscriber(**answers(NameForNotice))
async def handle_name_for_notice(query: NameForNotice, tx: InTransaction) -> NamesForNotice:
    return await queries.name_for_notice(query, tx)
