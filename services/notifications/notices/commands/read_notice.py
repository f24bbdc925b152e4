"""A person reads one of her notices."""

from services.notifications.notices.domain.rules import NoticeLine
from services.notifications.notices.storage.notices import lock_notice, save_notice
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done, Event
from shared.contracts.notifications.commands import ReadNotice
from shared.contracts.notifications.events import NoticeFiled, NoticeRead
from shared.contracts.notifications.queries import NoticeState
from shared.contracts.notifications.refusals import NoticeNotFound
from shared.kit import clock
from shared.kit.database import Transaction


async def read_notice(command: ReadNotice, actor: Actor, tx: Transaction) -> Done:
    """Mark it as read; what only informs is thereby filed."""
    notice = await lock_notice(tx, command.notice_id, of=actor.person_id)
    if notice is None:
        raise NoticeNotFound
    return Done(version=await mark_read(tx, notice))


async def mark_read(tx: Transaction, notice: NoticeLine) -> int:
    """Read one locked notice; returns its version. Once is enough."""
    if notice.read:
        return notice.version
    now = clock.now()
    events: list[Event] = []
    events.append(NoticeRead(notice_id=notice.notice_id, person_id=notice.recipient))
    state = notice.state
    if state is NoticeState.TO_READ:
        state = NoticeState.FILED
        events.append(NoticeFiled(notice_id=notice.notice_id, person_id=notice.recipient))
    await save_notice(tx, notice, state=state, events=len(events), read_at=now, now=now)
    await announce(tx, events, of=notice)
    return notice.version + len(events)
