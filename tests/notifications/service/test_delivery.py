"""From an event to an accepted e-mail: to whom, with what, and through which crash."""

import asyncio
import mailbox
import os
import signal
import sys
from email import message_from_binary_file, policy
from pathlib import Path

from shared.contracts.identifiers import ClauseId, new_id
from shared.contracts.notifications.queries import NoticeKind
from tests.notifications.service.beginning import begun, of_kind, opened_and_sent
from tests.notifications.service.conftest import Ledger, Start
from tests.notifications.service.mail_server import MailServer
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase, NatsForTests


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
    assert "Odile Marchand (Main tendue) propose de changer" in mail.text
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
    # A proposal that is sealed before its e-mail has left is not written about any more.
    await eventually(lambda: of_kind(ledger, NoticeKind.CLAUSE_PROPOSED) == ["sent"])
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
