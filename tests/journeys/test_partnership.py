"""The main journey: from "let us work together" to a signed convention, a project, a milestone and an indicator.

Two people with a browser each, side by side; once on a desk with JavaScript, once on a phone without.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from shared.kit.clock import today_in_paris
from tests.journeys.conftest import DESK, PHONE, Entente, Person, Visit
from tests.journeys.mail import link_in, wait_for_message

NEW_PASSWORD = "sept navettes sur le canal"


@dataclass(frozen=True)
class Device:
    """What somebody holds."""

    size: dict[str, int]
    javascript: bool
    association: str


DEVICES = (
    pytest.param(Device(DESK, javascript=True, association="Basiliade"), id="desk"),
    pytest.param(Device(PHONE, javascript=False, association="Sante Actif"), id="phone, no JavaScript"),
)


@pytest.mark.parametrize("device", DEVICES)
def test_from_working_together_to_a_measure(entente: Entente, visit: Visit, device: Device) -> None:
    claire = entente.people["claire"]
    hospital = visit(claire, size=device.size, javascript=device.javascript)
    title = f"Écoute et présence {uuid4().hex[:6]}"
    email = f"jeanne.{uuid4().hex[:8]}@example.org"

    convention = _draft_and_invite(hospital, claire, device.association, title, email)
    association = visit(size=device.size, javascript=device.javascript)
    _accept_invitation(association, entente, email, convention, title)
    _negotiate(hospital, association, convention, javascript=device.javascript)
    _seal_and_sign(hospital, association, entente, claire, convention, email, title)
    _work(hospital, association, entente, convention, email)
    _same_history(hospital, association, convention)


def _draft_and_invite(page: Page, claire: Person, association: str, title: str, email: str) -> str:
    page.goto("/annuaire")
    page.get_by_label("Chercher une organisation").fill(association.lower())
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("main").get_by_role("link", name=association).first.click()
    page.get_by_role("link", name="Proposer une convention").click()

    # Bad input first: what was typed stays, and every problem is said.
    page.get_by_label("Titre").fill(title)
    page.get_by_label("But").fill("Des bénévoles tiennent une permanence d’écoute.")
    page.get_by_label("Premier jour").fill(_in_days(300))
    page.get_by_label("Dernier jour").fill(_in_days(-30))
    _choose_only_template(page)
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_label("Titre")).to_have_value(title)
    page.get_by_label("Premier jour").fill(_in_days(-10))
    page.get_by_label("Dernier jour").fill(_in_days(700))
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez vos réponses")
    page.get_by_role("button", name="Créer la convention").click()
    # Created: the next thing to do is to name who negotiates.
    expect(page.get_by_role("heading", level=1)).to_have_text("Référents")
    convention = page.url.split("?")[0].removesuffix("/referents")
    assert "/conventions/" in convention
    page.get_by_label("Désigner une personne de votre organisation").select_option(
        label=_option(page, claire.name)
    )
    page.get_by_role("button", name="Désigner").click()
    expect(page.get_by_text("a accepté", exact=True)).to_be_visible()
    form = page.locator("form", has_text="Adresse électronique").filter(has_text="Prénom").last
    if not form.is_visible():
        page.get_by_text("Inviter une personne de").click()
    form.get_by_label("Prénom").fill("Jeanne")
    form.get_by_label("Nom", exact=True).fill("Roussel")
    form.get_by_label("Adresse électronique").fill(email)
    form.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text("réponse attendue")).to_be_visible()
    return convention


def _accept_invitation(page: Page, entente: Entente, email: str, convention: str, title: str) -> None:
    link = link_in(wait_for_message(entente.data, email, title), "/invitation/")
    # A scanner that follows the link changes nothing: it still opens afterwards.
    page.goto(link)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("vous invite")
    page.get_by_label("Votre fonction").fill("Présidente")
    page.get_by_label("Choisissez un mot de passe").fill("court")
    page.get_by_label("J’ai pouvoir de signer").check()
    page.get_by_role("button", name="Accepter l’invitation").click()
    expect(page.get_by_label("Votre fonction")).to_have_value("Présidente")
    page.get_by_label("Choisissez un mot de passe").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Accepter l’invitation").click()
    page.wait_for_url(lambda url: "/invitation/" not in url)
    page.goto(convention)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def _negotiate(hospital: Page, association: Page, convention: str, *, javascript: bool) -> None:
    # The blanks of the model are for both to fill: the hospital writes, the association accepts.
    hospital.goto(convention + "?vue=texte")
    while True:
        blank = hospital.locator("article", has_text="[à compléter]").first
        if not blank.count():
            break
        blank.get_by_role("link", name="Modifier ou commenter").click()
        text = hospital.get_by_label(re.compile("^Texte (de l’article|du préambule)"))
        text.fill(text.input_value().replace("[à compléter]", "selon l’usage des deux parties"))
        hospital.get_by_role("button", name="Proposer ce texte").click()
        hospital.goto(convention + "?vue=texte")

    association.goto(convention + "?vue=texte")
    article = association.locator("article", has_text="Article 8").first
    article.get_by_role("link", name="Modifier ou commenter").click()
    text = association.get_by_label("Texte de l’article 8")
    mine = text.input_value() + " Une armoire fermant à clé leur est réservée."
    hospital.goto(convention)
    text.fill(mine)
    association.get_by_role("button", name="Proposer ce texte").click()
    association.wait_for_load_state()
    if javascript:
        # It shows on the other side at once, on one reserved line, and nothing else moves.
        expect(hospital.get_by_role("status").first).to_contain_text("nouveauté")
    association.goto(f"{convention}?vue=texte")
    association.locator("article", has_text="Article 8").first.get_by_role(
        "link", name="Modifier ou commenter"
    ).click()
    association.get_by_label("Votre commentaire").fill("Pour ranger les livres.")
    association.get_by_role("button", name="Publier").click()
    expect(association.get_by_text("Pour ranger les livres.")).to_be_visible()

    hospital.goto(convention)
    expect(hospital.get_by_role("main")).to_contain_text("Une armoire fermant à clé")
    hospital.get_by_role("button", name="Accepter l’article").or_(
        hospital.get_by_role("button", name="Accepter les")
    ).first.click()
    association.goto(convention)
    association.get_by_role("button", name="Accepter les").first.click()
    expect(association.get_by_role("link", name="Vérifier et sceller")).to_be_visible()


def _seal_and_sign(
    hospital: Page,
    association: Page,
    entente: Entente,
    claire: Person,
    convention: str,
    email: str,
    title: str,
) -> None:
    hospital.goto(convention)
    hospital.get_by_role("link", name="Vérifier et sceller").click()
    hospital.get_by_label("Dernier jour pour signer").fill(_in_days(10))
    hospital.get_by_role("button", name="Sceller le texte").click()
    expect(hospital.get_by_role("link", name="Relire et signer")).to_be_visible()

    # The e-mail carries its act.
    association.goto(link_in(wait_for_message(entente.data, email, "ign"), "/signer"))
    _sign(association, "présidente", "ce n’est pas le bon mot de passe")
    expect(association.get_by_label("En quelle qualité")).to_have_value("présidente")
    _sign(association, "présidente", NEW_PASSWORD)
    expect(association.get_by_role("heading", level=1)).to_have_text("Vous avez signé")

    # A change on the way voids the signature; both sides accept again, and the signatory is told.
    hospital.goto(convention + "?vue=texte")
    hospital.locator("article", has_text="Article 10").first.get_by_role(
        "link", name="Modifier ou commenter"
    ).click()
    text = hospital.get_by_label("Texte de l’article 10")
    text.fill(text.input_value() + " Il est présenté aux équipes.")
    hospital.get_by_role("button", name="Proposer ce texte").click()
    wait_for_message(entente.data, email, "annul")
    association.goto(convention)
    association.get_by_role("button", name="Accepter l’article").first.click()
    expect(association.get_by_role("link", name="Vérifier et sceller")).to_be_visible()
    hospital.goto(convention + "/sceller")
    hospital.get_by_label("Dernier jour pour signer").fill(_in_days(10))
    hospital.get_by_role("button", name="Sceller le texte").click()
    expect(hospital.get_by_role("link", name="Relire et signer")).to_be_visible()

    association.goto(convention + "/signer")
    _sign(association, "présidente", NEW_PASSWORD)
    hospital.goto(convention)
    hospital.get_by_role("link", name="Relire et signer").click()
    _sign(hospital, "par délégation du directeur", claire.password)
    expect(hospital.get_by_role("main")).to_contain_text("Toutes les parties ont signé")

    pdf = hospital.request.get(convention + "/convention.pdf")
    assert pdf.status == 200
    assert pdf.body().startswith(b"%PDF-")
    wait_for_message(entente.data, email, "Convention active")
    hospital.goto(convention)
    expect(hospital.get_by_text("Signée par toutes les parties")).to_be_visible()


def _sign(page: Page, capacity: str, password: str) -> None:
    page.get_by_label("En quelle qualité signez-vous").fill(capacity)
    page.get_by_label("J’ai lu le texte").check()
    page.get_by_label("Votre mot de passe").fill(password)
    page.get_by_role("button", name="Signer la convention").click()


def _work(hospital: Page, association: Page, entente: Entente, convention: str, email: str) -> None:
    hospital.goto(convention)
    hospital.get_by_role("link", name="Commencer un projet").click()
    hospital.get_by_label("Titre").fill("Livret de sortie")
    hospital.get_by_label("But").fill("Un livret que les patients comprennent.")
    hospital.get_by_role("button", name="Proposer le projet").click()
    expect(hospital.get_by_role("heading", level=1)).to_have_text("Livret de sortie")
    project = hospital.url.split("?")[0]

    association.goto(project)
    association.get_by_label("Personne", exact=True).select_option(label="Jeanne Roussel")
    association.get_by_role("button", name="Nommer", exact=True).click()
    association.get_by_role("button", name="Démarrer le projet").click()
    expect(association.get_by_text("en cours", exact=True)).to_be_visible()

    hospital.goto(project)
    hospital.get_by_label("Ce qui sera fait").fill("Texte relu par dix patients")
    hospital.get_by_label("Avant le").fill(_in_days(30))
    hospital.get_by_role("button", name="Ajouter le jalon").click()
    hospital.get_by_role("button", name="Atteint aujourd’hui").click()
    expect(hospital.get_by_text("Atteint le")).to_be_visible()
    wait_for_message(entente.data, email, "Jalon atteint")

    hospital.get_by_role("link", name="Proposer un indicateur").click()
    hospital.get_by_label("Nom", exact=True).fill("Livrets compris")
    hospital.get_by_label("Une part, en pour cent").check()
    hospital.get_by_label("On compte", exact=True).fill("Patients qui redisent l’essentiel")
    hospital.get_by_label(re.compile("^Sur")).fill("Patients interrogés")
    hospital.get_by_label("Source").fill("Entretien de sortie")
    hospital.get_by_label("Objectif").fill("80")
    hospital.get_by_role("button", name="Proposer l’indicateur").click()
    expect(hospital.get_by_role("heading", level=1)).to_have_text("Livrets compris")
    indicator = hospital.url.split("?")[0]
    assert "/indicateurs/" in indicator

    association.goto(indicator)
    association.get_by_role("button", name="Accepter").click()
    association.get_by_label("Patients qui redisent l’essentiel").fill("42")
    association.get_by_label("Patients interrogés").fill("50")
    association.get_by_role("button", name="Enregistrer la mesure").click()
    expect(association.get_by_role("table")).to_contain_text("42 sur 50")
    hospital.goto(indicator)
    expect(hospital.get_by_role("table")).to_contain_text("42 sur 50")
    expect(hospital.get_by_role("main")).to_contain_text("84")


def _same_history(hospital: Page, association: Page, convention: str) -> None:
    told: list[list[str]] = []
    for page in (hospital, association):
        page.goto(convention + "/historique")
        told.append(
            page.get_by_role("main").locator("time").evaluate_all("all => all.map(it => it.dateTime)")
        )
    assert told[0] == told[1]
    assert len(told[0]) > 20


def _choose_only_template(page: Page) -> None:
    page.get_by_role("radio").first.check()


def _option(page: Page, name: str) -> str:
    options = page.get_by_label("Désigner une personne").locator("option").all_inner_texts()
    return next(it for it in options if it.startswith(name))


def _in_days(days: int) -> str:
    return (today_in_paris() + timedelta(days=days)).isoformat()
