"""Facts that notifications announces."""

from shared.contracts.identifiers import NoticeId, PersonId
from shared.contracts.messages import Event


class NoticeCreated(Event, subject="entente.notifications.notice.created.v1"):
    """A notice waits in a person's inbox."""

    notice_id: NoticeId
    person_id: PersonId


class NoticeRead(Event, subject="entente.notifications.notice.read.v1"):
    """The person has read it."""

    notice_id: NoticeId
    person_id: PersonId


class NoticeFiled(Event, subject="entente.notifications.notice.filed.v1"):
    """The person has put it away, or what it asked for was done."""

    notice_id: NoticeId
    person_id: PersonId
