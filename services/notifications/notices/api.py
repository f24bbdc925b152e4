"""Requests that the ledger answers. Translation only."""

from services.notifications.notices import queries
from services.notifications.notices.commands.file_notice import file_notice
from services.notifications.notices.commands.read_all_notices import read_all_notices
from services.notifications.notices.commands.read_notice import read_notice
from services.notifications.notices.commands.send_password_reset import send_password_reset
from shared.contracts.messages import Done
from shared.contracts.notifications.commands import (
    FileNotice,
    ReadAllNotices,
    ReadNotice,
    SendPasswordReset,
)
from shared.contracts.notifications.queries import CountUnread, ListNotices, Notices, UnreadCount
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(ReadNotice))
async def handle_read_notice(command: ReadNotice, actor: CurrentActor, tx: InTransaction) -> Done:
    return await read_notice(command, actor, tx)


@router.subscriber(**answers(ReadAllNotices))
async def handle_read_all_notices(command: ReadAllNotices, actor: CurrentActor, tx: InTransaction) -> Done:
    return await read_all_notices(actor, tx)


@router.subscriber(**answers(FileNotice))
async def handle_file_notice(command: FileNotice, actor: CurrentActor, tx: InTransaction) -> Done:
    return await file_notice(command, actor, tx)


@router.subscriber(**answers(SendPasswordReset))
async def handle_send_password_reset(command: SendPasswordReset, tx: InTransaction) -> Done:
    return await send_password_reset(command, tx)


@router.subscriber(**answers(ListNotices))
async def handle_list_notices(query: ListNotices, actor: CurrentActor, tx: InTransaction) -> Notices:
    return await queries.list_notices(query, actor, tx)


@router.subscriber(**answers(CountUnread))
async def handle_count_unread(query: CountUnread, actor: CurrentActor, tx: InTransaction) -> UnreadCount:
    return await queries.count_unread(actor, tx)
