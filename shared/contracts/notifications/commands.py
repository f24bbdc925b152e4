"""What a person does with her inbox."""

from shared.contracts.identifiers import NoticeId
from shared.contracts.messages import Command, Done


class ReadNotice(Command[Done]):
    """Mark one of my notices as read. Reading twice is no error."""

    notice_id: NoticeId


class ReadAllNotices(Command[Done]):
    """Mark all of my notices as read."""


class FileNotice(Command[Done]):
    """Put one of my notices away."""

    notice_id: NoticeId
