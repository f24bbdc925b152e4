"""Write a letter for its reader: the words, as text and as HTML, and the headers that make it one e-mail."""

from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from services.notifications.delivery.account import AccountParticulars
from services.notifications.delivery.account_wording import ACCOUNT_WORDINGS
from services.notifications.delivery.mime import address, alternatives, words_of_header
from services.notifications.delivery.particulars import Particulars
from services.notifications.delivery.titles import Titles
from services.notifications.delivery.transport import Mail
from services.notifications.delivery.wording import (
    NO_BREAK_SPACE,
    OWN_ORGANIZATION,
    REASONS,
    SOMEBODY,
    WORDINGS,
    Wording,
    typeset,
)
from services.notifications.notices.public import how_many_told, what_all_are_about
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.values import Side
from shared.kit import tracing
from shared.kit.clock import PARIS
from shared.texts.showing import isolated

_TEMPLATES = Path(__file__).parent / "templates"

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]

# The colours and half-discs that say who, as on the pages.
_LOOKS = {
    Side.ESTABLISHMENT: ("#0b6163", "7px 0 0 7px"),
    Side.ASSOCIATION: ("#8c2f63", "0 7px 7px 0"),
    Side.THIRD_PARTY: ("#3b4d4f", "7px"),
}


class AddressNotSupported(Exception):
    """The recipient's address cannot be written in ASCII, which not every mail server on the way reads."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The compiled wording of one kind."""

    subject: Template
    sentence: Template
    act: str
    path: Template
    folded_subject: Template
    folded_sentence: Template
    folded_act: str
    names_actor: bool
    """Whether the sentence says who acted, so that a colour may say it too."""


class Composer:
    """Writes every e-mail of one sender, « Entente <entente@exemple.fr> »."""

    def __init__(self, mail_from: str) -> None:
        self._from_name, self.sender = parseaddr(mail_from)
        self.domain = self.sender.rpartition("@")[2]
        plain = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - words; HTML escapes them
        self._phrases = {kind: _compile(plain, wording) for kind, wording in WORDINGS.items()}
        self._reasons = {reason: plain.from_string(typeset(words)) for reason, words in REASONS.items()}
        layouts = FileSystemLoader(_TEMPLATES)
        self._text = Environment(loader=layouts, undefined=StrictUndefined, autoescape=False).get_template(  # noqa: S701 - text
            "letter.txt.jinja"
        )
        self._html = Environment(loader=layouts, undefined=StrictUndefined, autoescape=True).get_template(
            "letter.html.jinja"
        )

    def compose(self, about: Particulars, now: datetime) -> Mail:
        """The finished e-mail.

        Raises:
            AddressNotSupported: it could not be addressed.
        """
        # The newest of what it carries: the same content keeps its id however often it is sent, and a letter that
        # something joined between two attempts is a new one.
        message_id = str(max(item.delivery_id for item in about.items))
        threading = {
            "In-Reply-To": self._thread(about),
            "References": self._thread(about),
            "List-Id": f"<notifications.{self.domain}>",
        }
        return self._mail(about, self._words(about), message_id, threading, now)

    def compose_account_letter(self, about: AccountParticulars, now: datetime) -> Mail:
        """The finished e-mail about somebody's own account.

        Raises:
            AddressNotSupported: it could not be addressed.
        """
        # Each attempt carries another link: under the same id, a reader's program might keep the first, dead one.
        message_id = f"{about.letter.letter_id}.{about.letter.attempts}"
        return self._mail(about, self._account_words(about), message_id, {}, now)

    def _mail(
        self,
        about: Particulars | AccountParticulars,
        words: dict[str, Any],
        message_id: str,
        threading: dict[str, str],
        now: datetime,
    ) -> Mail:
        recipient = _in_ascii(about.email)
        headers = {
            "From": address(self._from_name, self.sender),
            "To": address(f"{about.given_name} {about.family_name}", recipient),
            "Subject": words_of_header(words["subject"]),
            "Date": format_datetime(now),
            "Message-ID": f"<{message_id}@{self.domain}>",
            **threading,
            "Auto-Submitted": "auto-generated",
            "Content-Language": "fr",
        }
        if trace_id := tracing.trace_id():
            headers["Entente-Trace-Id"] = trace_id
        text, html = self._text.render(words), self._html.render(words)
        return Mail(self.sender, recipient, alternatives(headers, text, html))

    def _thread(self, about: Particulars) -> str:
        # A message that was never sent stands at the root, so that readers' programs gather a partnership's e-mails.
        subject = about.items[0].subject
        if subject.convention_id is None:
            return f"<{subject.template_id}.template@{self.domain}>"
        return f"<{subject.convention_id}.convention@{self.domain}>"

    def _words(self, about: Particulars) -> dict[str, Any]:
        kind, subject = about.letter.kind, what_all_are_about(about.items)
        phrases, titles = self._phrases[kind], about.titles
        count = how_many_told(kind, about.items)
        known = {
            "who": _who(about),
            "own": isolated(about.own_organization or OWN_ORGANIZATION),
            "count": count,
            "convention": isolated(titles.convention),
            "project": isolated(titles.project or titles.convention),
            "milestone": isolated(titles.milestone or titles.project or titles.convention),
            "indicator": isolated(titles.indicator or titles.project or titles.convention),
            "template": isolated(titles.template or ""),
            "clause_number": titles.clause_number,
            "convention_id": subject.convention_id,
            "clause_id": subject.clause_id,
            "project_id": subject.project_id,
            "indicator_id": subject.indicator_id,
            "task_id": subject.task_id,
            "obligation_id": subject.obligation_id,
            "template_id": subject.template_id,
            "invitation_url": about.invitation.url if about.invitation else "",
        }
        folded = count > 1
        path = phrases.path.render(known)
        colour, shape = _LOOKS[about.actor_side] if about.actor_side and phrases.names_actor else (None, None)
        return {
            "subject": (phrases.folded_subject if folded else phrases.subject).render(known),
            "sentence": (phrases.folded_sentence if folded else phrases.sentence).render(known),
            "act": phrases.folded_act if folded else phrases.act,
            "url": path if about.invitation else about.address + path,
            "given_name": isolated(about.given_name),
            "facts": _facts(titles),
            "deadline": _deadline(about),
            "note": _note(about),
            "reason": self._reasons[about.letter.because].render(known),
            "inbox_url": f"{about.address}/boite",
            "side_colour": colour,
            "side_shape": shape,
        }

    def _account_words(self, about: AccountParticulars) -> dict[str, Any]:
        wording = ACCOUNT_WORDINGS[about.letter.kind]
        return {
            "subject": typeset(wording.subject),
            "sentence": typeset(wording.sentence),
            "act": typeset(wording.act),
            "url": about.link.url,
            "given_name": isolated(about.given_name),
            "facts": [],
            "deadline": None,
            "note": typeset(wording.note).format(end=french_moment(about.link.expires_at)),
            "reason": typeset(wording.reason),
            "inbox_url": None,
            "side_colour": None,
            "side_shape": None,
        }


def _compile(environment: Environment, wording: Wording) -> _Phrases:
    def compiled(words: str) -> Template:
        return environment.from_string(typeset(words))

    return _Phrases(
        subject=compiled(wording.subject),
        sentence=compiled(wording.sentence),
        act=typeset(wording.act),
        path=environment.from_string(wording.path),
        folded_subject=compiled(wording.folded_subject or wording.subject),
        folded_sentence=compiled(wording.folded_sentence or wording.sentence),
        folded_act=typeset(wording.folded_act or wording.act),
        names_actor="who" in wording.sentence,
    )


def french_date(day: date) -> str:
    """« vendredi 27 novembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_DAYS[day.weekday()]} {number}{NO_BREAK_SPACE}{_MONTHS[day.month - 1]} {day.year}"


def french_moment(instant: datetime) -> str:
    """« vendredi 27 novembre 2026 à 14 h 32 », as clocks show it in Paris."""
    local = instant.astimezone(PARIS)
    return f"{french_date(local.date())} à {local.hour}{NO_BREAK_SPACE}h{NO_BREAK_SPACE}{local.minute:02}"


def _who(about: Particulars) -> str:
    if about.actor and about.actor_organization:
        return f"{isolated(about.actor)} ({isolated(about.actor_organization)})"
    return isolated(about.actor or about.actor_organization or typeset(SOMEBODY))


def _facts(titles: Titles) -> list[tuple[str, str]]:
    facts = [
        ("Convention", titles.convention),
        ("Projet", titles.project),
        ("Jalon", titles.milestone),
        ("Indicateur", titles.indicator),
        ("Modèle", titles.template),
        ("Article", str(titles.clause_number) if titles.clause_number else None),
    ]
    return [(name, isolated(value)) for name, value in facts if value]


def _deadline(about: Particulars) -> str | None:
    asks = about.letter.kind in {NoticeKind.SIGNATURE_AWAITED, NoticeKind.SIGNATURE_DUE}
    last_day = about.titles.sign_before
    return f"À signer avant le {french_date(last_day)}." if asks and last_day else None


def _note(about: Particulars) -> str | None:
    if about.invitation is None:
        return None
    last_day = about.invitation.expires_at.astimezone(PARIS).date()
    return f"Ce lien est personnel. Il fonctionne jusqu’au {french_date(last_day)}."


def _in_ascii(email: str) -> str:
    local, _, domain = email.rpartition("@")
    try:
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise AddressNotSupported from error
