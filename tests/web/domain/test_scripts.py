"""Names, titles and texts of any script on a page: kept apart, and what cannot be seen is told."""

from types import SimpleNamespace as View

import pytest
from pydantic import TypeAdapter, ValidationError

from services.web.pages.names import Names
from services.web.rendering import Rendering
from services.web.wording.titles import quoted
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.values import ClauseText, Name, Side, Title
from tests.web.look.samples import PAGES, frame

ARABIC = "جمعية المرضى"


def test_names_are_kept_apart_from_the_words_around_them() -> None:
    person, organization = PersonId(new_id()), OrganizationId(new_id())
    names = Names({person: "ليلى"}, {organization: ARABIC}, {organization: Side.ASSOCIATION}, person)
    assert names.person(person) == "\u2068ليلى\u2069"
    assert names.who(person, organization).organization == f"\u2068{ARABIC}\u2069"
    assert quoted(ARABIC) == f"«\N{NO-BREAK SPACE}\u2068{ARABIC}\u2069\N{NO-BREAK SPACE}»"


def test_texts_run_as_their_first_letter_does() -> None:
    template, context = PAGES["article-versions"]
    page = Rendering().page(template, frame(context))
    assert 'class="texte" dir="auto"' in page


def test_a_change_that_cannot_be_seen_is_told() -> None:
    template, context = PAGES["article-versions"]
    hidden = View(kind="added", text="le mardi\u200b", side=None, by=None)
    text = View(rows=[View(changed=True, before=[], after=[hidden])], added=2, removed=0)
    assert "le mardi[U+200B]" in Rendering().page(template, frame(context | {"text": text}))


@pytest.mark.parametrize("kind", [Name, Title, ClauseText])
@pytest.mark.parametrize("character", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_would_reorder_a_text_is_refused(kind: type[str], character: str) -> None:
    """« 100 € » may not be shown as « € 001 » by an override, nor a name swallow the words behind it."""
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(f"un{character}mot")
    assert TypeAdapter(kind).validate_python(ARABIC) == ARABIC
