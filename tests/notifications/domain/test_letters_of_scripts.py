"""Names that run from right to left move no word of an e-mail around them."""

from shared.contracts.notifications.queries import NoticeKind
from tests.notifications.domain.test_letters import letter, part, written

ASSOCIATION = "جمعية المرضى"
TITLE = "אגודת החולים"


def test_names_and_titles_are_kept_apart_in_subject_text_and_html() -> None:
    message = written(
        letter(NoticeKind.CLAUSE_PROPOSED),
        actor="Odile Marchand",
        actor_organization=ASSOCIATION,
        convention=TITLE,
    )
    kept_apart = f"\u2068{TITLE}\u2069"
    assert kept_apart in message["Subject"]
    for subtype in ("plain", "html"):
        body = part(message, subtype)
        assert kept_apart in body, subtype
        assert f"Odile Marchand (\u2068{ASSOCIATION}\u2069)" in body, subtype


def test_an_e_mail_without_such_names_holds_no_hidden_character() -> None:
    message = written(letter(NoticeKind.CLAUSE_PROPOSED))
    for subtype in ("plain", "html"):
        assert not {"\u2068", "\u2069"} & set(part(message, subtype))
