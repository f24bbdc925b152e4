"""Bursts become one e-mail, and what is done is not asked for by an e-mail any more."""

from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import ClauseAccepted
from tests.notifications.service.beginning import begun, of_kind
from tests.notifications.service.conftest import Ledger
from tests.notifications.service.mail_server import MailServer
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually


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
    articles = f"https://entente.example.fr/conventions/{partnership.convention}#t-articles"
    assert articles in second.text.splitlines()
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
