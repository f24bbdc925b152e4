"""What a person does with her inbox, and what another service asks to be sent."""

from typing import ClassVar

from shared.contracts.identifiers import NoticeId, PersonId
from shared.contracts.messages import Audience, Command, Done


class ReadNotice(Command[Done]):
    """Mark one of my notices as read; one that only informs is thereby filed. Reading twice is no error."""

    notice_id: NoticeId


class ReadAllNotices(Command[Done]):
    """Mark all of my notices as read; those that only inform are thereby filed."""


class FileNotice(Command[Done]):
    """Put one of my notices away. Filing twice is no error."""

    notice_id: NoticeId


class SendPasswordReset(Command[Done]):
    """Send a person the e-mail that lets her choose a new password. Asking again within five minutes, or while one still
    waits to leave, sends no second one.
    """

    audience: ClassVar[Audience] = Audience.SERVICES
    person_id: PersonId
