"""The e-mails about somebody's own account, read as their reader's program reads them."""

import re
from datetime import UTC, datetime

import pytest

from services.notifications.delivery.account import AccountParticulars
from services.notifications.delivery.account_wording import ACCOUNT_WORDINGS
from services.notifications.notices.domain.letters import AccountLetter, AccountLetterKind
from shared.contracts.identifiers import PersonId, new_id
from shared.contracts.web.commands import PasswordResetLink
from tests.notifications.domain.test_letters import (
    BASE,
    COMPOSER,
    MOST_WORDS,
    NOW,
    Links,
    part,
    read,
    sentences,
)

LINK = PasswordResetLink(
    url=f"{BASE}/mot-de-passe-oublie/s3cret", expires_at=datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
)


def particulars(kind: AccountLetterKind) -> AccountParticulars:
    letter = AccountLetter(
        letter_id=new_id(),
        claim=new_id(),
        recipient=PersonId(new_id()),
        kind=kind,
        created_at=NOW,
        attempts=1,
        traceparent=None,
    )
    return AccountParticulars(letter, "claire.vasseur@example.fr", "Claire", "Vasseur", LINK)


@pytest.mark.parametrize("kind", AccountLetterKind)
def test_every_kind_is_written_in_short_french_sentences(kind: AccountLetterKind) -> None:
    message = read(COMPOSER.compose_account_letter(particulars(kind), NOW))
    text = part(message, "plain")
    for sentence in sentences(text):
        assert len(sentence.split(" ")) <= MOST_WORDS, sentence
    assert "'" not in text
    assert not re.search(r" [:;?!»]|« |\n\n\n", text)
    assert "Bonjour Claire" in text
    assert LINK.url in text.splitlines()
    assert "jusqu’au dimanche 22\u00a0novembre 2026 à 14\u00a0h\u00a005." in text
    assert "Pourquoi ce message" in text
    assert "None" not in text


@pytest.mark.parametrize("kind", AccountLetterKind)
def test_its_only_link_is_the_secret_one_and_it_loads_nothing(kind: AccountLetterKind) -> None:
    seen = Links()
    seen.feed(part(read(COMPOSER.compose_account_letter(particulars(kind), NOW)), "html"))
    assert seen.links == [LINK.url]
    assert not seen.tags & {"img", "link", "script", "style", "iframe", "form"}


def test_it_belongs_to_no_conversation() -> None:
    about = particulars(AccountLetterKind.PASSWORD_RESET)
    message = read(COMPOSER.compose_account_letter(about, NOW))
    assert message["Message-ID"] == f"<{about.letter.letter_id}.1@example.fr>"
    assert (message["In-Reply-To"], message["References"], message["List-Id"]) == (None, None, None)
    assert message["Auto-Submitted"] == "auto-generated"


def test_every_kind_has_its_words() -> None:
    assert set(ACCOUNT_WORDINGS) == set(AccountLetterKind)
