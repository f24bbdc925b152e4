"""A forgotten password: one e-mail to one person, with a link made as it leaves, and nothing in her inbox."""

import pytest

from shared.contracts.identifiers import PersonId
from shared.contracts.notifications.commands import SendPasswordReset
from shared.contracts.notifications.queries import ListNotices, NoticeState
from shared.kit.asking import Asker
from tests.notifications.service.conftest import Ledger
from tests.notifications.service.mail_server import MailServer
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually

LINK = "https://entente.example.fr/mot-de-passe-oublie/"


async def forget(asker: Asker, person_id: PersonId) -> None:
    await asker.ask(SendPasswordReset(person_id=person_id), timeout_seconds=10)


@pytest.mark.usefixtures("notifications")
async def test_the_link_reaches_her_mailbox_and_not_her_inbox(
    asker: Asker, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    claire = partnership.claire
    await forget(asker, claire.person_id)
    [mail] = await eventually(lambda: mail_server.received)
    assert mail.recipient == claire.email
    assert mail.subject == "Choisir un nouveau mot de passe"
    assert f"{LINK}1" in mail.text.splitlines()
    await eventually(lambda: ledger.states() == ["sent"])
    for state in NoticeState:
        assert (await asker.ask(ListNotices(state=state), actor=claire.actor)).notices == ()
    # It is about her alone: no convention is asked about.
    assert not [subject for subject in partnership.asked if "projects" in subject]


@pytest.mark.usefixtures("notifications")
async def test_asking_again_sends_another_one_only_after_five_minutes(
    asker: Asker, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    claire, odile = partnership.claire, partnership.odile
    for _ in range(3):
        await forget(asker, claire.person_id)
    await forget(asker, odile.person_id)
    await eventually(lambda: ledger.states() == ["sent", "sent"])
    ledger.age("5 minutes")
    await forget(asker, claire.person_id)
    await eventually(lambda: ledger.states() == ["sent", "sent", "sent"])
    assert len(mail_server.sent_to(claire.email)) == 2
    assert len(mail_server.sent_to(odile.email)) == 1


@pytest.mark.usefixtures("notifications")
async def test_while_one_waits_to_leave_none_is_added(
    asker: Asker, partnership: Partnership, ledger: Ledger
) -> None:
    partnership.answering.clear()
    await forget(asker, partnership.claire.person_id)
    ledger.age("10 minutes")
    await forget(asker, partnership.claire.person_id)
    partnership.answering.set()
    await eventually(ledger.closed)
    assert len(ledger.deliveries()) == 1


@pytest.mark.usefixtures("notifications")
async def test_each_attempt_carries_a_link_and_a_message_id_of_its_own(
    asker: Asker, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    # The server keeps the first one and hangs up before it says so: the second must not be taken for the same.
    mail_server.keeps_when_it_hangs_up = True
    mail_server.answer_content = lambda before: None if before == 0 else "250 OK"
    await forget(asker, partnership.claire.person_id)
    await eventually(lambda: mail_server.received)
    await eventually(lambda: any(row["reason"] for row in ledger.deliveries()))
    ledger.make_due()
    await eventually(lambda: ledger.states() == ["sent"])
    first, second = mail_server.received
    assert f"{LINK}1" in first.text
    assert f"{LINK}2" in second.text
    assert first.message["Message-ID"] != second.message["Message-ID"]


@pytest.mark.usefixtures("notifications")
async def test_who_has_no_account_is_not_written_to(
    asker: Asker, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    partnership.without_account.add(partnership.paul.person_id)
    await forget(asker, partnership.paul.person_id)
    await eventually(lambda: ledger.states() == ["cancelled"])
    assert ledger.deliveries()[0]["reason"] == "password_reset_not_found"
    assert mail_server.offered == 0
