"""A template that was shared is told to the people of the organisations that it names, in their inbox and by e-mail."""

from shared.contracts.contacts.events import AdministrationGranted
from shared.contracts.identifiers import TemplateId, new_id
from shared.contracts.notifications.queries import NoticeKind, NoticeReason, NoticeState
from shared.contracts.projects.own_templates import Sharing, TemplateShared
from tests.notifications.service.beginning import begun, of_kind
from tests.notifications.service.conftest import Ledger
from tests.notifications.service.inbox import Inbox
from tests.notifications.service.mail_server import MailServer
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually

SHARED = NoticeKind.TEMPLATE_SHARED


def sharing(partnership: Partnership, *, added: bool = True) -> TemplateShared:
    """By the hospital, with the association."""
    named = (partnership.association,)
    return TemplateShared(
        template_id=TemplateId(new_id()),
        organization_id=partnership.hospital,
        sharing=Sharing.NAMED,
        shared_with=named,
        added=named if added else (),
    )


async def shared_in(inbox: Inbox) -> list[NoticeKind]:
    return [it for it in await inbox.kinds(NoticeState.TO_READ) if it is SHARED]


async def test_its_new_readers_hear_of_it_and_nobody_else(
    claire: Inbox, odile: Inbox, paul: Inbox, partnership: Partnership
) -> None:
    await partnership.tell(sharing(partnership, added=False), by=partnership.claire)
    event = sharing(partnership)
    await partnership.tell(event, by=partnership.claire)

    async def told() -> bool:
        return await shared_in(odile) == [SHARED]

    await eventually(told)
    (notice,) = [it for it in (await odile.drawer(NoticeState.TO_READ)).notices if it.kind is SHARED]
    assert (notice.template_id, notice.convention_id) == (event.template_id, None)
    assert notice.because is NoticeReason.NEGOTIATES
    assert await shared_in(claire) == []
    assert await shared_in(paul) == [], "he signs, and neither administers nor negotiates"


async def test_the_e_mail_names_the_template_and_leads_to_it(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    await begun(partnership, ledger, mail_server)
    event = sharing(partnership)
    await partnership.tell(event, by=partnership.claire)
    await eventually(lambda: of_kind(ledger, SHARED) == ["sent"])
    (mail,) = mail_server.received
    assert mail.subject == "Modèle partagé : « Permanences d’écoute »"
    assert f"https://entente.example.fr/modeles/{event.template_id}" in mail.text.splitlines()
    assert "Centre hospitalier de Bellerive" in mail.text
    assert "Écoute en oncologie" not in mail.text


async def test_who_reads_it_no_more_is_not_written_to(
    notifications: None, partnership: Partnership, ledger: Ledger, mail_server: MailServer
) -> None:
    await begun(partnership, ledger, mail_server)
    administers = AdministrationGranted(
        person_id=partnership.paul.person_id, organization_id=partnership.association
    )
    await partnership.tell(administers)
    partnership.unreadable.add(partnership.odile.person_id)
    await eventually(lambda: administers_in(ledger, partnership))
    await partnership.tell(sharing(partnership), by=partnership.claire)
    await eventually(lambda: sorted(of_kind(ledger, SHARED)) == ["queued", "sent"])
    ledger.age("2 minutes")
    ledger.make_due()
    await eventually(lambda: sorted(of_kind(ledger, SHARED)) == ["cancelled", "sent"])
    assert mail_server.sent_to(partnership.odile.email) == []


def administers_in(ledger: Ledger, partnership: Partnership) -> bool:
    """Whether the service has heard that Paul administers the association."""
    found = ledger.rows(
        "SELECT administrator FROM affiliations WHERE person_id = %s", partnership.paul.person_id
    )
    return found == [{"administrator": True}]
