"""An organisation's own template: made from a legal model, shared with the keyboard alone, used by another organisation."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Entente, Visit
from tests.journeys.keys import skip_to_content, tab_to
from tests.journeys.looking import Glass
from tests.journeys.rest import api
from tests.journeys.situations import in_days

SENTENCE = "Une armoire fermant à clé est réservée aux livres."
USE = "Pour des lectures à voix haute, un après-midi par semaine."
OWNER, READER = "Les Passeurs de mots", "Clinique du Val-Clair"


def test_a_template_made_here_begins_a_convention_there(entente: Entente, visit: Visit, look: Glass) -> None:
    people = entente.people
    title = f"Lectures à voix haute {uuid4().hex[:6]}"
    association, hospital = visit(people["ines"]), visit(people["paul"], size=PHONE)
    template = _make(association, look, title)
    hospital.goto(template)
    expect(hospital.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    _share_with_the_keyboard(association, look)

    _read(hospital, look, title)
    path = f"/organization-templates/{template.rpartition('/')[2]}"
    with api(entente, people["marc"]) as another:
        another.refused(404, "organization_template_not_found", "GET", path)
    _begin_a_convention(hospital, look, title)


def _make(page: Page, look: Glass, title: str) -> str:
    page.goto("/conventions")
    page.get_by_role("link", name="Modèles").click()
    legal = page.get_by_role("region", name="D’Entente, selon le cadre légal")
    legal.get_by_role("link", name="Intervention de bénévoles").click()
    to_mine = page.get_by_role("link", name="En faire votre modèle")
    expect(to_mine).to_be_visible()
    look(page)
    to_mine.click()
    page.get_by_label("Titre du modèle").fill(title)
    page.get_by_label("À quoi il sert").fill(USE)
    text = page.get_by_label("Texte de l’article 8")
    text.fill(f"{text.input_value()} {SENTENCE}")
    # Another article, ready to use: it comes into the form, where all that was typed stays.
    page.get_by_label("Lequel").select_option(label="Confidentialité")
    page.get_by_role("button", name="Ajouter au formulaire").click()
    expect(page.get_by_role("group", name="Article 12")).to_be_focused()
    expect(page.get_by_label("Titre du modèle")).to_have_value(title)
    page.get_by_label("Durée de chaque renouvellement").fill("")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Texte de l’article 12")).not_to_have_value("")
    look(page)
    page.get_by_label("Durée de chaque renouvellement").fill("12")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("main")).to_contain_text("Gardé pour vous")
    look(page)
    return page.url.split("?")[0]


def _share_with_the_keyboard(page: Page, look: Glass) -> None:
    skip_to_content(page)
    tab_to(page, "Partager")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Partager ce modèle")
    look(page)
    skip_to_content(page)
    tab_to(page, "Votre organisation seulement")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Des organisations que vous choisissez")).to_be_checked()
    tab_to(page, READER)
    page.keyboard.press("Space")
    tab_to(page, "Vérifier")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez vos réponses")
    expect(page.get_by_role("main")).to_contain_text(READER)
    look(page)
    skip_to_content(page)
    tab_to(page, "Enregistrer le partage")
    page.keyboard.press("Enter")
    expect(page.get_by_text("C’est noté")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Partagé avec des organisations choisies")


def _read(page: Page, look: Glass, title: str) -> None:
    page.goto("/modeles")
    shared = page.get_by_role("region", name="Partagés par d’autres organisations")
    expect(shared).to_contain_text(USE)
    look(page)
    shared.get_by_role("link", name=title).click()
    expect(page.get_by_role("main")).to_contain_text(SENTENCE)
    # It is another's: read and used, not changed.
    expect(page.get_by_role("link", name="Modifier")).to_have_count(0)
    expect(page.get_by_role("link", name="Partager")).to_have_count(0)
    look(page)


def _begin_a_convention(page: Page, look: Glass, title: str) -> None:
    page.get_by_role("link", name="Commencer une convention").click()
    page.get_by_label("Chercher une organisation").fill(OWNER.lower())
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("main").get_by_role("link", name=OWNER).first.click()
    page.get_by_role("link", name="Proposer une convention").click()
    page.get_by_label("Titre").fill("Lectures du mercredi")
    page.get_by_label("But").fill("Des bénévoles lisent des histoires, le mercredi.")
    page.get_by_label("Premier jour").fill(in_days(30))
    page.get_by_label("Dernier jour").fill(in_days(700))
    expect(page.get_by_role("main")).to_contain_text(f"Partagé par {OWNER}, version 1")
    page.get_by_label(title, exact=True).check()
    look(page)
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez vos réponses")
    expect(page.get_by_role("main")).to_contain_text(title)
    look(page)
    page.get_by_role("button", name="Créer la convention").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Référents")

    page.goto(page.url.split("?")[0].removesuffix("/referents"))
    main = page.get_by_role("main")
    for words in (SENTENCE, "Article 12. Confidentialité", "Article L1112-5", f"association {OWNER}"):
        expect(main).to_contain_text(words)
    look(page)
