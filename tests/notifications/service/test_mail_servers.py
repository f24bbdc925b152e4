"""What a mail server may do to us: refuse, delay, hang up, be away, want a password."""

from pydantic import SecretStr

from tests.notifications.service.beginning import begun
from tests.notifications.service.conftest import Ledger, Start
from tests.notifications.service.mail_server import MailServer, listening
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually


async def test_an_address_refused_for_good_is_not_tried_again(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    mail_server.answer_recipient = lambda _: "550 no such mailbox"
    await partnership.draft()
    await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
    await eventually(lambda: ledger.states() == ["failed"])
    [row] = ledger.deliveries()
    assert (row["reason"], row["attempts"]) == ("smtp_550", 1)
    assert row["closed_at"] is not None


async def test_content_refused_for_good_is_not_tried_again(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    mail_server.answer_content = lambda _: "554 not wanted"
    await partnership.draft()
    await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
    await eventually(lambda: ledger.states() == ["failed"])
    assert ledger.deliveries()[0]["reason"] == "smtp_554"


async def test_a_temporary_refusal_is_tried_again_later(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    mail_server.answer_content = lambda before: "451 try later" if before == 0 else "250 OK"
    await partnership.draft()
    await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
    await eventually(lambda: any(row["reason"] == "smtp_451" for row in ledger.deliveries()))
    ledger.make_due()
    await eventually(lambda: ledger.states() == ["sent"])
    assert (mail_server.offered, len(mail_server.received)) == (2, 1)
    assert ledger.deliveries()[0]["attempts"] == 2


async def test_what_is_refused_for_three_days_is_given_up(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    mail_server.answer_content = lambda _: "451 try later"
    await partnership.draft()
    await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
    await eventually(lambda: any(row["reason"] == "smtp_451" for row in ledger.deliveries()))
    ledger.age("73 hours")
    ledger.make_due()
    await eventually(lambda: ledger.states() == ["failed"])
    assert ledger.deliveries()[0]["reason"] == "smtp_451"


async def test_a_lost_acceptance_repeats_the_same_message_id(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    mail_server.answer_content = lambda before: None if before == 0 else "250 OK"
    mail_server.keeps_when_it_hangs_up = True
    await partnership.draft()
    await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
    await eventually(lambda: any(row["reason"] == "smtp_disconnected" for row in ledger.deliveries()))
    ledger.make_due()
    await eventually(lambda: ledger.states() == ["sent"])
    first, second = mail_server.received
    assert first.message["Message-ID"] == second.message["Message-ID"]


async def test_a_server_that_was_down_gets_everything_once_when_it_is_back(
    start: Start, partnership: Partnership, ledger: Ledger
) -> None:
    down = MailServer()
    async with listening(down):
        pass
    async with start(smtp_url=SecretStr(down.url)):
        await partnership.begin()
        await eventually(lambda: any(row["reason"] for row in ledger.deliveries()))
        async with listening(down):
            # Claire hears that Odile accepted, and both that the negotiation is open.
            await eventually(lambda: ledger.states() == ["sent"] * 3, deadline=20)
    ids = [mail.message["Message-ID"] for mail in down.received]
    assert len(ids) == len(set(ids)) == len(ledger.deliveries())
    assert {row["attempts"] for row in ledger.deliveries()} == {1}


async def test_a_mail_server_that_wants_a_password_gets_it(
    start: Start, partnership: Partnership, ledger: Ledger
) -> None:
    async with listening(MailServer(password="s3cret/ö")) as strict:
        address = f"127.0.0.1:{strict.port}"
        async with start(smtp_url=SecretStr(f"smtp://entente:wrong@{address}")):
            await partnership.draft()
            await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
            await eventually(lambda: [row["reason"] for row in ledger.deliveries()] == ["smtp_535"])
        async with start(smtp_url=SecretStr(f"smtp://entente:s3cret%2F%C3%B6@{address}")):
            await eventually(lambda: ledger.states() == ["sent"])
        assert len(strict.received) == 1


async def test_many_mails_share_a_few_connections(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    await begun(partnership, ledger, mail_server)
    before = mail_server.connections
    for _ in range(100):
        mandate = partnership.mandate(partnership.odile, proposed_by=partnership.hospital)
        await partnership.tell(mandate, by=partnership.claire)
    await eventually(lambda: len(mail_server.received) == 100, deadline=30)
    assert mail_server.connections - before <= 16
