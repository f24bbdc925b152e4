"""Every kind of e-mail, read as its reader's program reads it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest

from services.notifications.delivery.composing import Composer
from services.notifications.delivery.particulars import Particulars
from services.notifications.delivery.titles import Titles
from services.notifications.delivery.transport import Mail
from services.notifications.delivery.wording import REASONS, WORDINGS
from services.notifications.delivery.wording_of_life import LIFE_WORDINGS
from services.notifications.delivery.wording_of_parties import PARTIES_WORDINGS
from services.notifications.delivery.wording_of_promises import PROMISES
from services.notifications.notices.domain.letters import Item, Letter
from services.notifications.notices.domain.rules import FOLDED_KINDS, Subject
from shared.contracts.identifiers import (
    ClauseId,
    ConventionId,
    IndicatorId,
    MandateId,
    MilestoneId,
    ObligationId,
    OrganizationId,
    PersonId,
    ProjectId,
    TaskId,
    TemplateId,
    new_id,
)
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.contracts.values import Side
from shared.contracts.web.commands import InvitationLink
from shared.kit import tracing

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BASE = "https://entente.example.fr"
MOST_WORDS = 20
COMPOSER = Composer("Entente <entente@example.fr>")


def letter(kind: NoticeKind, *, because: NoticeReason = NoticeReason.REFERENT, count: int = 1) -> Letter:
    convention = ConventionId(new_id())
    return Letter(
        letter_id=new_id(),
        claim=new_id(),
        recipient=PersonId(new_id()),
        as_organization=OrganizationId(new_id()),
        kind=kind,
        because=because,
        created_at=NOW,
        attempts=1,
        traceparent=None,
        items=tuple(
            Item(
                delivery_id=new_id(),
                subject=Subject(
                    convention_id=convention,
                    clause_id=ClauseId(new_id()),
                    project_id=ProjectId(new_id()),
                    milestone_id=MilestoneId(new_id()),
                    indicator_id=IndicatorId(new_id()),
                    mandate_id=MandateId(new_id()),
                    task_id=TaskId(new_id()),
                    obligation_id=ObligationId(new_id()),
                    template_id=TemplateId(new_id()),
                ),
                actor_person=None,
                actor_organization=None,
                settled=False,
            )
            for _ in range(count)
        ),
    )


TITLES = Titles(
    convention="Écoute en oncologie",
    project="Lecture en pédiatrie",
    milestone="Formation des 12 bénévoles",
    indicator="Heures de présence",
    template="Permanences d’écoute",
    clause_number=4,
    sign_before=date(2026, 11, 27),
)


def particulars(about: Letter, **given: Any) -> Particulars:
    link = InvitationLink(url=f"{BASE}/invitation/s3cret", expires_at=NOW)
    filled: dict[str, object] = {
        "letter": about,
        "items": about.items,
        "email": "claire.vasseur@ch-bellerive.example.fr",
        "given_name": "Claire",
        "family_name": "Vasseur",
        "own_organization": "Centre hospitalier universitaire de Bellerive",
        "actor": "Odile Marchand",
        "actor_organization": "Association Main tendue du Val de Loire",
        "actor_side": Side.ASSOCIATION,
        "titles": replace(TITLES, **{name: given.pop(name) for name in Titles.__slots__ if name in given}),
        "address": BASE,
        "invitation": link if about.kind is NoticeKind.MANDATE_PROPOSED else None,
    }
    return Particulars(**(filled | given))  # pyright: ignore[reportArgumentType] - a test may fill in anything


def written(about: Letter, **given: Any) -> EmailMessage:
    return read(COMPOSER.compose(particulars(about, **given), NOW))


def read(mail: Mail) -> EmailMessage:
    message = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def part(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    assert body is not None
    return str(body.get_content())


def sentences(text: str) -> list[str]:
    return [it for it in re.split(r"(?<=[.?!])\s|\n|\u00a0:\s", text) if it.strip()]


class Links(HTMLParser):
    """Collects what a page points to, and its language."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.language: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if tag == "html":
            self.language = given.get("lang")
        if href := given.get("href"):
            self.links.append(href)


ABOUT_PEOPLE = ("mandate_ended", "delegation_", "handover_", "referent_missing", "side_left_vacant")
LETTERS = [*((kind, 1) for kind in NoticeKind), *((kind, 3) for kind in sorted(FOLDED_KINDS))]


@pytest.mark.parametrize(("kind", "count"), LETTERS)
def test_every_kind_has_a_text_part_in_short_french_sentences(kind: NoticeKind, count: int) -> None:
    message = written(letter(kind, count=count))
    text = part(message, "plain")
    for sentence in sentences(text):
        assert len(sentence.split(" ")) <= MOST_WORDS, sentence
    assert "'" not in text
    assert not re.search(r" [:;?!»]|« ", text)
    assert "Claire" in text
    assert "Pourquoi ce message" in text
    assert "None" not in text
    assert "None" not in message["Subject"]


@pytest.mark.parametrize(("kind", "count"), LETTERS)
def test_every_kind_has_an_html_part_that_loads_nothing(kind: NoticeKind, count: int) -> None:
    message = written(letter(kind, count=count))
    html = part(message, "html")
    seen = Links()
    seen.feed(html)
    assert seen.language == "fr"
    assert not seen.tags & {"img", "link", "script", "style", "iframe", "object", "video", "audio", "form"}
    assert "url(" not in html
    assert "<!doctype html>" in html
    assert all(link.startswith(BASE) for link in seen.links)
    assert all(link in part(message, "plain") for link in seen.links)


def led(page: str, *kinds: str) -> dict[NoticeKind, str]:
    return {it: page for it in NoticeKind if it.startswith(kinds)}


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_the_act_leads_to_the_page_of_the_thing(kind: NoticeKind) -> None:
    about = letter(kind)
    subject = about.items[0].subject
    here = f"/conventions/{subject.convention_id}"
    rooms = f"{here}/salles"
    pages = {
        NoticeKind.MANDATE_PROPOSED: "/invitation/s3cret",
        **led(f"{here}/referents", *ABOUT_PEOPLE),
        # Who reads the convention no more is led to those that she reads.
        NoticeKind.INVITATION_WITHDRAWN: "/conventions",
        NoticeKind.SIGNATURE_AWAITED: f"{here}/signer",
        NoticeKind.PAPER_SCAN_GIVEN: f"{here}/papier",
        NoticeKind.SIGNATURE_DUE: f"{here}/signer",
        **led(f"{here}/articles/{subject.clause_id}", "clause_proposed", "clause_accepted", "comment_"),
        **led(f"{here}/conditions", "terms_"),
        **led(f"{here}/annexes", "annex_"),
        **dict.fromkeys(PARTIES_WORDINGS, f"{here}/parties"),
        NoticeKind.OBSERVING: f"{rooms}/commune",
        **dict.fromkeys(LIFE_WORDINGS, f"{here}/vie"),
        **dict.fromkeys(PROMISES, f"{here}/engagements/{subject.obligation_id}"),
        **led(f"{here}/mediation", "mediation_"),
        NoticeKind.MESSAGE_POSTED: f"{rooms}/commune",
        NoticeKind.PRIVATE_MESSAGE_POSTED: f"{rooms}/privee",
        NoticeKind.FILE_GIVEN: f"{rooms}/commune/fichiers",
        NoticeKind.PRIVATE_FILE_GIVEN: f"{rooms}/privee/fichiers",
        NoticeKind.TASK_ASSIGNED: f"{rooms}/commune/taches/{subject.task_id}",
        NoticeKind.TASK_DONE: f"{rooms}/commune/taches/{subject.task_id}",
        NoticeKind.PRIVATE_TASK_ASSIGNED: f"{rooms}/privee/taches/{subject.task_id}",
        **led(f"/projets/{subject.project_id}", "project_", "milestone_"),
        **led(f"/indicateurs/{subject.indicator_id}", "indicator_", "measure_"),
        **led(f"/modeles/{subject.template_id}", "template_"),
    }
    expected = BASE + pages.get(kind, here)
    lines = part(written(about), "plain").splitlines()
    assert expected in lines
    assert f"{BASE}/boite" in lines


def test_the_headers_make_it_one_automatic_message_of_a_thread() -> None:
    about = letter(NoticeKind.SIGNATURE_AWAITED)
    tracing.begin("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    message = written(about)
    item = about.items[0]
    root = f"<{item.subject.convention_id}.convention@example.fr>"
    assert message["Subject"] == "À signer\u00a0: «\u00a0Écoute en oncologie\u00a0»"
    assert message["From"] == "Entente <entente@example.fr>"
    assert message["To"] == "Claire Vasseur <claire.vasseur@ch-bellerive.example.fr>"
    assert message["Message-ID"] == f"<{item.delivery_id}@example.fr>"
    assert message["In-Reply-To"] == message["References"] == root
    assert message["List-Id"] == "<notifications.example.fr>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert message["Entente-Trace-Id"] == "0af7651916cd43dd8448eb211c80319c"
    assert "vendredi 27\u00a0novembre 2026" in part(message, "plain")


def test_the_same_content_keeps_its_message_id_and_more_content_gets_another() -> None:
    about = letter(NoticeKind.COMMENT_ADDED, count=2)
    first = written(about)["Message-ID"]
    assert written(about)["Message-ID"] == first
    assert written(about, items=about.items[:1])["Message-ID"] != first


def test_everything_travels_in_seven_bits_and_short_lines() -> None:
    about = letter(NoticeKind.MANDATE_PROPOSED)
    content = COMPOSER.compose(particulars(about, given_name="Zoé" * 30, convention="É" * 200), NOW).content
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_what_people_typed_stays_words() -> None:
    hostile = '<img src="https://spy.example/x.png">"\r\nBcc: all@example.org'
    message = written(
        letter(NoticeKind.CLAUSE_PROPOSED),
        convention=hostile,
        given_name='Cl"aire\r\nBcc: x@example.org',
        actor=None,
        actor_organization="<b>Main</b> {{ tendue }}",
    )
    seen = Links()
    seen.feed(part(message, "html"))
    assert not seen.tags & {"img", "b"}
    assert message["Bcc"] is None
    assert "{{ tendue }}" in part(message, "plain")


def test_missing_names_leave_a_readable_sentence() -> None:
    message = written(
        letter(NoticeKind.CLAUSE_PROPOSED),
        actor=None,
        actor_organization=None,
        actor_side=None,
        own_organization=None,
        clause_number=None,
    )
    text = part(message, "plain")
    assert "Une autre partie propose de changer un article." in text
    assert "vous êtes référent·e pour votre organisation." in text


@pytest.mark.parametrize("because", list(NoticeReason))
def test_every_reason_is_said(because: NoticeReason) -> None:
    text = part(written(letter(NoticeKind.CONVENTION_ACTIVE, because=because)), "plain")
    assert REASONS[because].split(" {{")[0] in text


def test_every_kind_has_its_words() -> None:
    assert set(WORDINGS) == set(NoticeKind)
    assert {kind for kind, words in WORDINGS.items() if words.folded_subject} == FOLDED_KINDS
