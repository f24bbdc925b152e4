"""From an event to an accepted e-mail, and everything that may happen on the way."""

import asyncio
import mailbox
import os
import signal
import sys
from email import message_from_binary_file, policy
from pathlib import Path

from pydantic import SecretStr

from shared.contracts.identifiers import ClauseId, new_id
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import ClauseAccepted
from tests.notifications.service.conftest import Ledger, Start
from tests.notifications.service.mail_server import MailServer, listening
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase, NatsForTests


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


async def test_an_act_reaches_the_other_side_s_mailbox(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    await begun(partnership, ledger, mail_server)
    traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    clause = ClauseId(new_id())
    await partnership.tell(partnership.proposal(clause), by=partnership.odile, traceparent=traceparent)
    [mail] = await eventually(lambda: mail_server.received)
    assert mail.recipient == partnership.claire.email
    assert mail.subject == "À relire : l’article 4 de « Écoute en oncologie »"
    assert "Odile Marchand (Main tendue) propose un nouveau texte" in mail.text
    assert f"https://entente.example.fr/conventions/{partnership.convention}/articles/{clause}" in mail.text
    assert mail.message["Entente-Trace-Id"] == "0af7651916cd43dd8448eb211c80319c"
    await eventually(lambda: of_kind(ledger, NoticeKind.CLAUSE_PROPOSED) == ["sent"])


async def test_the_same_event_thrice_makes_one_notice_and_one_mail(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    await begun(partnership, ledger, mail_server)
    envelope = await partnership.tell(partnership.proposal(), by=partnership.odile)
    for _ in range(2):
        await partnership.foreign.send(envelope)
    await partnership.tell(partnership.sealing(), by=partnership.odile)
    # The sealing is the next version of the same convention: once it is told, the copies have been looked at.
    await eventually(lambda: of_kind(ledger, NoticeKind.SIGNATURE_AWAITED) == ["sent", "sent"])
    assert of_kind(ledger, NoticeKind.CLAUSE_PROPOSED) == ["sent"]
    about = [mail.subject for mail in mail_server.sent_to(partnership.claire.email)]
    assert about.count("À relire : l’article 4 de « Écoute en oncologie »") == 1


async def test_an_invitation_carries_a_link_of_its_own(
    notifications: None, partnership: Partnership, mail_server: MailServer
) -> None:
    await partnership.draft()
    asked = partnership.mandate(partnership.odile, proposed_by=partnership.hospital)
    await partnership.tell(asked, by=partnership.claire)
    [mail] = await eventually(lambda: mail_server.received)
    assert mail.recipient == partnership.odile.email
    assert mail.subject == "À accepter : être référent·e de « Écoute en oncologie »"
    assert f"https://entente.example.fr/invitation/{asked.mandate_id.hex}" in mail.text
    assert "Ce lien est personnel. Il fonctionne jusqu’au samedi 5 décembre 2026." in mail.text


async def test_a_reader_whom_projects_does_not_know_yet_is_written_to_a_moment_later(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    partnership.unreadable.add(partnership.odile.person_id)
    await partnership.draft()
    await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
    await eventually(lambda: any(row["reason"] == "not_readable" for row in ledger.deliveries()))
    partnership.unreadable.clear()
    await eventually(lambda: ledger.states() == ["sent"])
    assert len(mail_server.received) == 1


async def test_who_may_not_read_the_convention_is_not_written_to(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    partnership.unreadable.add(partnership.odile.person_id)
    await partnership.draft()
    await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
    await eventually(lambda: any(row["reason"] == "not_readable" for row in ledger.deliveries()))
    ledger.age("2 minutes")
    ledger.make_due()
    await eventually(lambda: ledger.states() == ["cancelled"])
    [row] = ledger.deliveries()
    assert row["reason"] == "not_readable"
    assert mail_server.offered == 0
    assert not any("web" in subject for subject in partnership.asked)


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
            await eventually(ledger.closed, deadline=20)
    assert set(ledger.states()) == {"sent"}
    ids = [mail.message["Message-ID"] for mail in down.received]
    assert len(ids) == len(set(ids)) == len(ledger.deliveries())
    assert {row["attempts"] for row in ledger.deliveries()} == {1}


async def test_a_burst_makes_one_mail_at_once_and_one_for_the_rest(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    await begun(partnership, ledger, mail_server)
    await partnership.tell(partnership.proposal(), by=partnership.odile)
    await eventually(lambda: len(mail_server.received) == 1)
    for _ in range(3):
        await partnership.tell(partnership.proposal(), by=partnership.odile)
    await eventually(lambda: of_kind(ledger, NoticeKind.CLAUSE_PROPOSED) == ["sent", *["queued"] * 3])
    waiting = [row for row in ledger.deliveries() if row["state"] == "queued"]
    assert len({row["letter_id"] for row in waiting}) == 1
    ledger.make_due()
    await eventually(lambda: of_kind(ledger, NoticeKind.CLAUSE_PROPOSED) == ["sent"] * 4)
    first, second = mail_server.received
    assert first.subject == "À relire : l’article 4 de « Écoute en oncologie »"
    assert second.subject == "À relire : 3 propositions pour « Écoute en oncologie »"
    assert f"https://entente.example.fr/conventions/{partnership.convention}" in second.text.splitlines()
    assert first.message["References"] == second.message["References"]


async def test_a_mail_that_waits_is_dropped_once_its_act_is_done(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    await begun(partnership, ledger, mail_server)
    first, second, third = (partnership.proposal() for _ in range(3))
    await partnership.tell(first, by=partnership.odile)
    await eventually(lambda: len(mail_server.received) == 1)
    for event in (second, third):
        await partnership.tell(event, by=partnership.odile)
    accepted = ClauseAccepted(
        convention_id=partnership.convention,
        clause_id=second.clause_id,
        revision=second.revision,
        organization_id=partnership.hospital,
        agreed=True,
    )
    await partnership.tell(accepted, by=partnership.claire)
    await eventually(lambda: of_kind(ledger, NoticeKind.CLAUSE_ACCEPTED) == ["sent"])
    ledger.make_due()
    # The second proposal was the head of the letter: the third one still leaves in it.
    await eventually(lambda: of_kind(ledger, NoticeKind.CLAUSE_PROPOSED) == ["sent", "cancelled", "sent"])
    mails = mail_server.sent_to(partnership.claire.email)
    assert len(mails) == 2
    assert f"/articles/{third.clause_id}" in mails[1].text
    assert {row["reason"] for row in ledger.deliveries() if row["state"] == "cancelled"} == {"settled"}


async def test_a_service_that_dies_between_taking_and_sending_loses_nothing(
    start: Start,
    partnership: Partnership,
    ledger: Ledger,
    mail_server: MailServer,
    notifications_database: FreshDatabase,
    nats_server: NatsForTests,
    tmp_path: Path,
) -> None:
    environment = {
        "ENTENTE_DATA": str(tmp_path),
        "ENTENTE_POSTGRES_URL": notifications_database.url,
        "ENTENTE_NATS_URL": nats_server.url("notifications"),
        "ENTENTE_SMTP_URL": mail_server.url,
    }
    partnership.answering.clear()
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.notifications",
        env=os.environ | environment,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        await partnership.draft()
        await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
        await eventually(lambda: any(row["claim"] for row in ledger.deliveries()), deadline=20)
    finally:
        program.send_signal(signal.SIGKILL)
        await program.wait()
    partnership.answering.set()
    ledger.end_leases()
    ledger.make_due()
    async with start():
        await eventually(lambda: ledger.states() == ["sent"])
    assert len(mail_server.received) == 1


async def test_stopping_finishes_what_is_in_hand(
    start: Start, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    mail_server.gate.clear()

    async def run_until_told() -> None:
        async with start():
            await partnership.draft()
            await partnership.tell(partnership.mandate(partnership.odile), by=partnership.claire)
            await eventually(lambda: mail_server.connections == 1)

    running = asyncio.create_task(run_until_told())
    await eventually(lambda: mail_server.connections == 1)
    mail_server.gate.set()
    await running
    assert ledger.states() == ["sent"]
    assert len(mail_server.received) == 1


async def test_without_a_mail_server_mails_become_files(
    start: Start, partnership: Partnership, ledger: Ledger, tmp_path: Path
) -> None:
    async with start(smtp_url=None):
        await partnership.begin()
        await eventually(lambda: opened_and_sent(ledger))
    folder = tmp_path / "mail"
    files = list((folder / "new").iterdir())
    assert len(files) == len(ledger.deliveries())
    assert not list((folder / "tmp").iterdir())
    with files[0].open("rb") as file:
        message = message_from_binary_file(file, policy=policy.default)
    assert message["Auto-Submitted"] == "auto-generated"
    assert len(mailbox.Maildir(folder)) == len(files)


async def test_links_follow_web_to_the_port_that_it_took(
    start: Start, partnership: Partnership, ledger: Ledger, mail_server: MailServer, tmp_path: Path
) -> None:
    async with start(public_url=None, http_port=0):
        await partnership.begin()
        await eventually(lambda: any(row["reason"] == "service_away" for row in ledger.deliveries()))
        run_file = tmp_path / "run" / "web.json"
        run_file.write_text('{"pid": 1, "ops": "http://127.0.0.1:2", "http": "http://127.0.0.1:45678"}')
        ledger.make_due()
        await eventually(lambda: opened_and_sent(ledger))
    assert all("http://127.0.0.1:45678/boite" in mail.text for mail in mail_server.received)


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
