"""Tell people: each has a notice, an e-mail that waits to leave, and an event that says so."""

from collections.abc import Sequence
from datetime import datetime

from services.notifications import measures
from services.notifications.notices.domain.rules import Subject
from services.notifications.notices.storage.letters import queue_letter
from services.notifications.notices.storage.notices import open_notices
from services.notifications.recipients.public import Hearing
from shared.backbone.outbox import announce
from shared.contracts.envelope import Envelope
from shared.contracts.notifications.events import NoticeCreated
from shared.kit.database import Transaction


async def tell(
    tx: Transaction, hearings: Sequence[Hearing], about: Envelope, subject: Subject, now: datetime
) -> None:
    """Open the notices of one event; those that were opened before are left as they are."""
    for notice, hearing in await open_notices(tx, hearings, about, subject, now):
        await queue_letter(
            tx,
            notice,
            event_id=about.event_id,
            convention_id=subject.convention_id,
            now=now,
            traceparent=about.traceparent,
        )
        created = NoticeCreated(notice_id=notice.notice_id, person_id=hearing.person_id)
        await announce(tx, [created], of=notice)
        measures.notices_total.labels(hearing.kind).inc()
