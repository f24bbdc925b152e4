"""A forgotten password: from the sign-in page to the home page, by way of the mailbox."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Entente, Visit
from tests.journeys.mail import link_in, wait_for_message
from tests.journeys.operating import enroll_agency
from tests.journeys.rest import pages

NEW_PASSWORD = "quatre canards jaunes au soleil"


def test_from_a_forgotten_password_to_the_home_page(entente: Entente, visit: Visit) -> None:
    # Of no sample: the tokens of whoever resets a password end with it, and other journeys act by theirs.
    nadia = enroll_agency(entente)
    elsewhere = visit(nadia)
    page = visit(size=PHONE, javascript=False)
    page.goto("/connexion")
    page.get_by_role("link", name="Mot de passe oublié").click()
    _ask(page, "nadia@exemple")
    expect(page.get_by_role("alert")).to_contain_text("adresse électronique complète")
    expect(page.get_by_label("Adresse électronique")).to_have_value("nadia@exemple")
    _ask(page, nadia.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")

    link = link_in(
        wait_for_message(entente.data, nadia.email, "nouveau mot de passe"), "/mot-de-passe-oublie/"
    )
    # A scanner that follows the link changes nothing: it still opens afterwards.
    page.goto(link)
    page.goto(link)
    _choose(page, "court")
    expect(page.get_by_role("alert")).to_contain_text("au moins 12")
    _choose(page, NEW_PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Nadia")
    expect(page.get_by_text("Votre nouveau mot de passe est enregistré")).to_be_visible()

    elsewhere.goto("/compte")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Se connecter")
    with pages(entente) as program:
        bearer = {"authorization": f"Bearer {nadia.token}"}
        assert program.get("/api/v1/me", headers=bearer).status_code == 401
    elsewhere.goto(link)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Ce lien ne fonctionne plus")


def _ask(page: Page, email: str) -> None:
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir le lien").click()


def _choose(page: Page, password: str) -> None:
    page.get_by_label("Nouveau mot de passe").fill(password)
    page.get_by_role("button", name="Enregistrer et entrer").click()
