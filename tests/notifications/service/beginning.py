"""Waiting until the beginning of a partnership has been told, and looking at what was sent since."""

from shared.contracts.notifications.queries import NoticeKind
from tests.notifications.service.conftest import Ledger
from tests.notifications.service.mail_server import MailServer
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually


async def begun(partnership: Partnership, ledger: Ledger, mail_server: MailServer) -> None:
    """The negotiation is open, and everything about its beginning has been sent."""
    await partnership.begin()
    await eventually(lambda: opened_and_sent(ledger))
    mail_server.received.clear()


def opened_and_sent(ledger: Ledger) -> bool:
    kinds = [row["kind"] for row in ledger.deliveries()]
    return kinds.count(NoticeKind.NEGOTIATION_OPENED) == 2 and set(ledger.states()) == {"sent"}


def of_kind(ledger: Ledger, kind: NoticeKind) -> list[str]:
    return [row["state"] for row in ledger.deliveries() if row["kind"] == kind]
