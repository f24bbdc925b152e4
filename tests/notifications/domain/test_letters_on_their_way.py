"""To whom a letter can be addressed, how its words are typeset, and what it belongs to."""

from dataclasses import replace
from datetime import date

import pytest

from services.notifications.delivery.composing import AddressNotSupported, french_date
from services.notifications.delivery.wording import typeset
from services.notifications.notices.domain.rules import Subject
from shared.contracts.identifiers import TemplateId, new_id
from shared.contracts.notifications.queries import NoticeKind
from tests.notifications.domain.test_letters import COMPOSER, NOW, letter, part, particulars, written


def test_an_address_that_servers_on_the_way_may_not_read_is_not_tried() -> None:
    about = letter(NoticeKind.TEXT_SEALED)
    with pytest.raises(AddressNotSupported):
        COMPOSER.compose(particulars(about, email="zoé@example.fr"), NOW)
    about_zoe = particulars(about, email="zoe@hôpital.example.fr")
    assert COMPOSER.compose(about_zoe, NOW).recipient == "zoe@xn--hpital-ixa.example.fr"


def test_french_typography() -> None:
    assert typeset("l'article : « un » ; deux ?") == "l’article\u00a0: «\u00a0un\u00a0»\u202f; deux\u202f?"
    assert french_date(date(2026, 12, 1)) == "mardi 1er\u00a0décembre 2026"


def test_a_letter_about_a_template_is_of_its_thread_and_names_no_convention() -> None:
    about = letter(NoticeKind.TEMPLATE_SHARED)
    subject = Subject(None, template_id=TemplateId(new_id()))
    message = written(about, items=(replace(about.items[0], subject=subject),), convention="", project=None)
    assert message["References"] == f"<{subject.template_id}.template@example.fr>"
    text = part(message, "plain")
    assert "Modèle" in text
    assert "Convention\u00a0:" not in text
