"""A person puts one of her notices away."""

from services.notifications.notices.storage.notices import lock_notice, save_notice
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.notifications.commands import FileNotice
from shared.contracts.notifications.events import NoticeFiled
from shared.contracts.notifications.queries import NoticeState
from shared.contracts.notifications.refusals import NoticeNotFound
from shared.kit import clock
from shared.kit.database import Transaction


async def file_notice(command: FileNotice, actor: Actor, tx: Transaction) -> Done:
    """Move it to the last drawer. Once is enough."""
    notice = await lock_notice(tx, command.notice_id, of=actor.person_id)
    if notice is None:
        raise NoticeNotFound
    if notice.state is NoticeState.FILED:
        return Done(version=notice.version)
    await save_notice(tx, notice, state=NoticeState.FILED, events=1, read_at=None, now=clock.now())
    await announce(tx, [NoticeFiled(notice_id=notice.notice_id, person_id=notice.recipient)], of=notice)
    return Done(version=notice.version + 1)
