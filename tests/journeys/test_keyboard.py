"""With the keyboard alone: nothing of the way to a signature needs a mouse."""

from collections.abc import Generator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Entente, Visit
from tests.journeys.keys import name_of_focus, skip_to_content, tab_to
from tests.journeys.situations import Partnership, in_days, negotiating

# The budget of the design, from the home page to the form that signs.
MOST_STOPS = 6


@pytest.fixture
def awaiting_claire(entente: Entente) -> Generator[Partnership]:
    """A convention that the other side has signed, due before any other."""
    with negotiating(entente, entente.people["claire"], entente.people["odile"]) as partnership:
        partnership.agree()
        partnership.seal(sign_before=in_days(1))
        partnership.sign(partnership.theirs, entente.people["odile"].password)
        yield partnership


def test_from_signing_in_to_a_signature(entente: Entente, visit: Visit, awaiting_claire: Partnership) -> None:
    claire = entente.people["claire"]
    page = visit()

    page.goto("/connexion")
    skip_to_content(page)
    tab_to(page, "Adresse électronique")
    page.keyboard.type(claire.email)
    tab_to(page, "Mot de passe")
    page.keyboard.type(claire.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Claire")

    skip_to_content(page)
    stops = tab_to(page, awaiting_claire.title)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Relire et signer")
    skip_to_content(page)
    stops += tab_to(page, "En quelle qualité")
    assert stops <= MOST_STOPS

    # Refused first: the focus goes to what is wrong, from there to the field, and what was typed stays.
    page.keyboard.press("Control+A")
    page.keyboard.type("par délégation du directeur")
    tab_to(page, "J’ai lu le texte")
    page.keyboard.press("Space")
    tab_to(page, "Votre mot de passe")
    page.keyboard.type("ce n’est pas celui-là")
    page.keyboard.press("Enter")
    summary = page.locator(".resume-erreurs")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("mot de passe")
    tab_to(page, "mot de passe")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Votre mot de passe")).to_be_focused()
    expect(page.get_by_label("En quelle qualité")).to_have_value("par délégation du directeur")
    expect(page.get_by_label("J’ai lu le texte")).to_be_checked()
    page.keyboard.type(claire.password)
    tab_to(page, "Signer la convention")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez signé")
    assert awaiting_claire.convention()["state"] == "active"


def test_menus_open_and_close(entente: Entente, visit: Visit) -> None:
    page = visit(entente.people["claire"])
    tab_to(page, "Claire Vasseur")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Mon compte")).to_be_visible()
    tab_to(page, "Mon compte")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Mon compte")).to_be_hidden()
    assert "Claire Vasseur" in name_of_focus(page)
    page.keyboard.press("Enter")
    tab_to(page, "Se déconnecter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("onnect")
    page.goto("/")
    assert "/connexion" in page.url
