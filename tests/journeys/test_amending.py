"""A convention in force changes: one side begins an amendment, the other reads what it changes, both sign; until then
the text in force stays. On two phones, without JavaScript.
"""

from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, Entente, Visit
from tests.journeys.looking import Glass
from tests.journeys.mail import link_in, text_of, wait_for_message
from tests.journeys.situations import Partnership, in_days, in_force
from tests.web.documents.test_sealed_pdf import read_by

REASON = "Les consultations ont lieu le jeudi."
NEW_WORDS = "Une salle leur est ouverte le jeudi"
NEWLY_PROMISED = "6 fois par an"


def test_a_convention_changes_once_both_have_signed_its_amendment(
    entente: Entente, visit: Visit, look: Glass, tmp_path: Path
) -> None:
    paul, ines = entente.people["paul"], entente.people["ines"]
    title = f"Le jeudi plutôt que le mardi {uuid4().hex[:6]}"
    hospital, association = (visit(it, size=PHONE, javascript=False) for it in (paul, ines))
    with in_force(entente, paul, ines) as partnership:
        amendment = _begin(hospital, look, partnership, title)
        _change(hospital, look)

        told = wait_for_message(entente.data, ines.email, "Avenant proposé", title)
        assert REASON not in text_of(told), "an e-mail is not confidential"
        wait_for_message(entente.data, ines.email, "les conditions", title)
        _find_it_at_home(association, look, title, amendment)
        _read_both_texts(association, look, partnership)
        _accept_and_seal(association, look, amendment)

        hospital.goto(link_in(wait_for_message(entente.data, paul.email, "À signer", title), "/signer"))
        look(hospital)
        _sign(hospital, "ce n’est pas le bon mot de passe")
        expect(hospital.get_by_role("alert")).to_contain_text("mot de passe")
        expect(hospital.get_by_label("En quelle qualité")).to_have_value("par délégation")
        _sign(hospital, paul.password)
        expect(hospital.get_by_role("main")).to_contain_text("Il manque Les Passeurs de mots")
        assert not _says(partnership, NEW_WORDS), "one signature is missing"

        association.goto(amendment)
        association.get_by_role("link", name="Relire et signer").click()
        _sign(association, ines.password)
        expect(association.get_by_role("main")).to_contain_text("L’avenant est en vigueur")
        look(association)
        assert _says(partnership, NEW_WORDS)

        wait_for_message(entente.data, paul.email, "Avenant en vigueur", title)
        for page in (hospital, association):
            _read_the_new_text(page, look, partnership, title)
        _documents_say_so(association, partnership, amendment, tmp_path)


def _begin(page: Page, look: Glass, partnership: Partnership, title: str) -> str:
    page.goto(partnership.page)
    look(page)
    page.get_by_role("link", name="Proposer un avenant").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Proposer l’avenant n° 1")
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Pourquoi changer la convention").fill(REASON)
    # Bad input first: what was typed stays, and the problem is said.
    page.get_by_label("En vigueur à partir du").fill(in_days(-1))
    page.get_by_role("button", name="Commencer l’avenant").click()
    expect(page.get_by_role("alert")).to_contain_text("à partir de demain")
    expect(page.get_by_label("Pourquoi changer la convention")).to_have_value(REASON)
    look(page)
    page.get_by_label("En vigueur à partir du").fill("")
    page.get_by_role("button", name="Commencer l’avenant").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("main")).to_contain_text("Rien ne change encore")
    look(page)
    return page.url.split("?")[0]


def _change(page: Page, look: Glass) -> None:
    _article(page).get_by_role("link", name="Modifier ou commenter").click()
    text = page.get_by_label("Texte de l’article 8")
    text.fill(f"{text.input_value()} {NEW_WORDS}.")
    page.get_by_role("button", name="Proposer ce texte").click()
    expect(page.get_by_role("heading", name="Ce que change cet avenant")).to_be_visible()
    page.get_by_role("link", name="Changer autre chose").click()
    page.get_by_role("link", name="Modifier les conditions").click()
    page.get_by_label("Réunions par an").fill("6")
    page.get_by_role("button", name="Proposer ces conditions").click()
    expect(page.get_by_role("main")).to_contain_text(
        "Par rapport au texte en vigueur : 1 article, les conditions"
    )
    look(page)


def _find_it_at_home(page: Page, look: Glass, title: str, amendment: str) -> None:
    page.goto("/")
    expect(page.get_by_role("region", name="Dernières nouvelles")).to_contain_text(
        f"a commencé un avenant : « {title} »"
    )
    look(page)
    page.get_by_role("region", name="Ce qui vous attend").get_by_role("link", name=title).click()
    expect(page).to_have_url(amendment)


def _read_both_texts(page: Page, look: Glass, partnership: Partnership) -> None:
    expect(page.locator("article ins")).to_contain_text([NEWLY_PROMISED, NEW_WORDS])
    look(page)
    _article(page).get_by_role("link", name="Modifier ou commenter").click()
    page.get_by_role("link", name="Comparer ses versions").click()
    expect(page.get_by_role("main")).to_contain_text("Deux versions côte à côte")
    expect(page.get_by_role("region", name="Texte des deux versions").locator("ins")).to_contain_text(
        NEW_WORDS
    )
    look(page)

    page.goto(partnership.page)
    expect(page.get_by_role("main")).to_contain_text("Le texte de cette page reste en vigueur jusque-là")
    expect(page.get_by_role("main")).not_to_contain_text(NEW_WORDS)
    look(page)
    page.get_by_role("link", name="Tous les avenants").click()
    expect(page.get_by_role("main")).to_contain_text("Un seul avenant à la fois")
    look(page)


def _accept_and_seal(page: Page, look: Glass, amendment: str) -> None:
    page.goto(amendment)
    page.get_by_role("button", name="Accepter l’article et les conditions").click()
    page.get_by_role("link", name="Vérifier et sceller").click()
    page.get_by_label("Dernier jour pour signer").fill(in_days(10))
    look(page)
    page.get_by_role("button", name="Sceller le texte").click()
    expect(page.get_by_role("link", name="Relire et signer")).to_be_visible()


def _sign(page: Page, password: str) -> None:
    page.get_by_label("En quelle qualité signez-vous").fill("par délégation")
    page.get_by_label("J’ai lu le texte").check()
    page.get_by_label("Votre mot de passe").fill(password)
    page.get_by_role("button", name="Signer l’avenant").click()


def _read_the_new_text(page: Page, look: Glass, partnership: Partnership, title: str) -> None:
    page.goto(f"{partnership.page}?vue=texte")
    expect(_article(page)).to_contain_text(NEW_WORDS)
    expect(page.get_by_role("main")).to_contain_text(NEWLY_PROMISED)
    page.goto(f"{partnership.page}/avenants")
    main = page.get_by_role("main")
    for words in ("Celui de l’avenant n° 1", title, REASON, "en vigueur depuis le"):
        expect(main).to_contain_text(words)
    look(page)
    page.goto(f"{partnership.page}/historique")
    expect(page.get_by_role("main")).to_contain_text(f"L’avenant est entré en vigueur : « {title} »")


def _documents_say_so(page: Page, partnership: Partnership, amendment: str, folder: Path) -> None:
    changing = _printed(page, amendment, folder)
    assert "Ce qui change l’article 8 et les conditions" in changing
    assert NEW_WORDS in changing
    original = _printed(page, partnership.page, folder)
    assert "Changée depuis" in original
    assert NEW_WORDS not in original, "it is the text that was signed"


def _printed(page: Page, address: str, folder: Path) -> str:
    document = page.request.get(f"{address}/convention.pdf")
    assert document.status == 200
    read_by("pdftotext", document.body(), folder, "-layout")
    return " ".join((folder / "convention.txt").read_text(encoding="utf-8").split())


def _article(page: Page) -> Locator:
    return page.locator("article", has_text="Article 8.")


def _says(partnership: Partnership, words: str) -> bool:
    return any(words in it["text"] for it in partnership.clauses())
