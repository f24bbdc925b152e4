"""What a person does with her inbox."""

from shared.contracts.identifiers import NoticeId
from shared.contracts.messages import Command, Done


class ReadNotice(Command[Done]):
    """Mark one of my notices as read; one that only informs is thereby filed. Reading twice is no error."""

    notice_id: NoticeId


class ReadAllNotices(Command[Done]):
    """Mark all of my notices as read; those that only inform are thereby filed."""


class FileNotice(Command[Done]):
    """Put one of my notices away. Filing twice is no error."""

    notice_id: NoticeId
