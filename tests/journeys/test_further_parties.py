"""Others come to a convention of two: one more party, which signs like them and leaves alone; one that reads along."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from shared.kit.clock import today_in_paris
from tests.journeys.conftest import PHONE, Entente, Person, Visit
from tests.journeys.looking import Glass
from tests.journeys.mail import link_in, wait_for_message
from tests.journeys.operating import enroll_agency, let_day_pass
from tests.journeys.rest import api
from tests.journeys.situations import Partnership, in_days, negotiating

NOT_THERE = "Cette page n’existe pas"
NEWCOMER = "Souffle partagé"
TO_ALL = "La première réunion a lieu mardi."
TO_ITSELF = "Demandons d’abord l’avis du service."
WHY = "Notre association se consacre à une autre région."
INTEREST = "Finance la formation des bénévoles."


def test_a_third_party_comes_signs_and_leaves_and_the_others_go_on(
    entente: Entente, visit: Visit, look: Glass
) -> None:
    paul, ines, marc = (entente.people[name] for name in ("paul", "ines", "marc"))
    hospital, association, third = visit(paul), visit(ines), visit(marc, size=PHONE)
    with negotiating(entente, paul, ines) as partnership:
        _write_in_rooms(partnership)
        _propose(association, look, partnership, NEWCOMER, as_what="Partie")
        third.goto(partnership.page)
        expect(third.get_by_role("heading", level=1)).to_have_text(NOT_THERE)
        asked = wait_for_message(entente.data, paul.email, "À décider", partnership.title)
        _agree(hospital, look, link_in(asked, "/parties"))
        expect(hospital.get_by_role("region", name="Parties", exact=True)).to_contain_text(NEWCOMER)

        _invite(association, partnership, marc)
        _come_in(third, look, entente, marc, partnership)
        _read_own_rooms(third, look, partnership)
        _agree_on_the_text(third, partnership)
        _sign_as_three(third, look, entente, partnership)
        _leave(third, look, partnership, marc)

        wait_for_message(entente.data, ines.email, "Départ annoncé", partnership.title)
        hospital.goto(f"{partnership.page}/vie")
        expect(hospital.get_by_role("main")).to_contain_text("départ annoncé")
        expect(hospital.get_by_role("main")).to_contain_text(WHY)
        look(hospital)
        let_day_pass(entente, partnership.convention_id, today_in_paris() + timedelta(days=1))
        wait_for_message(entente.data, paul.email, "Une partie de moins", partnership.title)
        _is_gone(third, partnership)
        for page in (hospital, association):
            _goes_on(page, look, partnership)


def test_an_observer_reads_the_shared_room_and_writes_nothing(
    entente: Entente, visit: Visit, look: Glass
) -> None:
    agency = enroll_agency(entente)
    paul, ines = entente.people["paul"], entente.people["ines"]
    hospital, association, reader = visit(paul), visit(ines, size=PHONE), visit(agency, size=PHONE)
    with negotiating(entente, paul, ines) as partnership:
        _write_in_rooms(partnership)
        room = f"{partnership.page}/salles/commune"
        _propose(hospital, look, partnership, agency.organization, as_what="Financeur", interest=INTEREST)
        reader.goto(room)
        expect(reader.get_by_role("heading", level=1)).to_have_text(NOT_THERE)
        _agree(association, look, f"{partnership.page}/parties")
        watching = association.get_by_role("region", name="Observateurs et financeurs")
        expect(watching).to_contain_text(f"{agency.organization} Financeur")
        expect(watching).to_contain_text(INTEREST)

        told = wait_for_message(entente.data, agency.email, "Vous observez", partnership.title)
        reader.goto(link_in(told, "/salles/commune"))
        _reads_and_writes_nothing(reader, look, entente, agency, partnership)
        hospital.goto(room)
        expect(hospital.get_by_role("main")).to_contain_text(f"{agency.organization} (qui observe)")
        look(hospital)

        reader.goto("/conventions")
        observed = reader.get_by_role("region", name="Vous observez")
        expect(observed).to_contain_text(partnership.title)
        look(reader)
        observed.get_by_role("button", name="Ne plus observer").click()
        expect(observed).to_have_count(0)
        reader.goto(room)
        expect(reader.get_by_role("heading", level=1)).to_have_text(NOT_THERE)


def _write_in_rooms(partnership: Partnership) -> None:
    for room, text in (("shared", TO_ALL), ("private", TO_ITSELF)):
        partnership.ours.do(f"{partnership.path}/messages", room=room, text=text)


def _propose(
    page: Page, look: Glass, partnership: Partnership, name: str, *, as_what: str, interest: str = ""
) -> None:
    page.goto(partnership.page)
    page.get_by_role("link", name="Parties et observateurs").click()
    page.get_by_label("Chercher dans l’annuaire").fill(name.lower())
    page.get_by_role("button", name="Chercher").click()
    found = page.get_by_role("link", name=name, exact=True)
    expect(found).to_be_visible()
    look(page)
    found.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Proposer {name}")
    page.get_by_label(as_what, exact=True).check()
    if interest:
        # Bad input first: what was chosen stays, and the problem is said.
        page.get_by_role("button", name="Vérifier").click()
        expect(page.get_by_role("alert")).to_contain_text("ce que cette organisation finance")
        expect(page.get_by_label(as_what, exact=True)).to_be_checked()
        page.get_by_label("Son intérêt").fill(interest)
    look(page)
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez vos réponses")
    look(page)
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_text("C’est proposé.")).to_be_visible()


def _agree(page: Page, look: Glass, address: str) -> None:
    page.goto(address)
    look(page)
    page.get_by_role("region", name="À accueillir").get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("Votre accord est enregistré.")).to_be_visible()


def _invite(page: Page, partnership: Partnership, person: Person) -> None:
    page.goto(f"{partnership.page}/referents")
    newcomer = page.get_by_role("region", name=person.organization)
    given_name, _, family_name = person.name.partition(" ")
    newcomer.get_by_label("Prénom").fill(given_name)
    newcomer.get_by_label("Nom", exact=True).fill(family_name)
    newcomer.get_by_label("Adresse électronique").fill(person.email)
    newcomer.get_by_role("button", name="Envoyer l’invitation").click()
    expect(newcomer.get_by_text("réponse attendue")).to_be_visible()


def _come_in(page: Page, look: Glass, entente: Entente, person: Person, partnership: Partnership) -> None:
    message = wait_for_message(entente.data, person.email, "À accepter", partnership.title)
    page.goto(link_in(message, "/invitation/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Les Passeurs de mots vous invite")
    # One association invites another.
    expect(page.get_by_role("region", name="Qui vous invite")).not_to_contain_text("Établissement")
    look(page)
    page.get_by_role("button", name="Accepter l’invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(partnership.title)
    look(page)


def _read_own_rooms(page: Page, look: Glass, partnership: Partnership) -> None:
    page.get_by_role("region", name="Salles").get_by_role("link", name="Salle commune").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(TO_ALL)
    expect(main).not_to_contain_text(TO_ITSELF)
    expect(page.locator(".chapo")).to_contain_text(NEWCOMER)
    look(page)
    page.get_by_role("link", name="Salle privée").click()
    expect(main).to_contain_text("Lue par votre organisation seulement")
    expect(main).to_contain_text("Aucun message encore")
    page.goto(f"{partnership.page}/salles/recherche?texte=service")
    expect(main).not_to_contain_text(TO_ITSELF)


def _agree_on_the_text(third: Page, partnership: Partnership) -> None:
    # Without notice, whoever leaves does so tomorrow.
    terms = partnership.convention()["terms"]
    without_notice = terms["terms"] | {"notice_months": 0}
    partnership.ours.do(
        f"{partnership.path}/terms/proposals", revision=terms["revision"], terms=without_notice
    )
    partnership.agree()
    third.goto(partnership.page)
    third.get_by_role("button", name=re.compile(r"^Accepter les \d+ articles et les conditions")).click()
    expect(third.get_by_role("link", name="Vérifier et sceller")).to_be_visible()


def _sign_as_three(page: Page, look: Glass, entente: Entente, partnership: Partnership) -> None:
    paul, ines, marc = (entente.people[name] for name in ("paul", "ines", "marc"))
    partnership.seal(sign_before=in_days(10))
    partnership.sign(partnership.ours, paul.password)
    partnership.sign(partnership.theirs, ines.password)
    assert partnership.convention()["state"] == "partly_signed"
    message = wait_for_message(entente.data, marc.email, "À signer", partnership.title)
    page.goto(link_in(message, "/signer"))
    page.get_by_label("En quelle qualité signez-vous").fill("secrétaire général")
    page.get_by_label("J’ai lu le texte").check()
    page.get_by_label("Votre mot de passe").fill(marc.password)
    page.get_by_role("button", name="Signer la convention").click()
    expect(page.get_by_role("main")).to_contain_text("Toutes les parties ont signé")
    page.goto(partnership.page)
    signed = page.get_by_role("region", name="Signée par toutes les parties")
    expect(signed.get_by_role("heading", level=3)).to_have_text(
        ["Clinique du Val-Clair", "Les Passeurs de mots", NEWCOMER]
    )
    look(page)


def _leave(page: Page, look: Glass, partnership: Partnership, marc: Person) -> None:
    page.get_by_role("link", name="Vie de la convention").click()
    page.get_by_role("link", name="Quitter la convention").click()
    page.get_by_label("Pourquoi partir").fill(WHY)
    expect(page.get_by_label("Plus partie à partir du")).to_have_value(in_days(1))
    look(page)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez vos réponses")
    look(page)
    page.get_by_label("Votre mot de passe").fill("ce n’est pas le bon mot de passe")
    page.get_by_role("button", name="Annoncer le départ").click()
    expect(page.get_by_role("alert")).to_contain_text("mot de passe")
    expect(page.get_by_role("main")).to_contain_text(WHY)
    page.get_by_label("Votre mot de passe").fill(marc.password)
    page.get_by_role("button", name="Annoncer le départ").click()
    expect(page.get_by_text("Votre départ est annoncé.")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(f"{partnership.page}/vie")))


def _is_gone(page: Page, partnership: Partnership) -> None:
    for address in (partnership.page, f"{partnership.page}/salles/commune", f"{partnership.page}/vie"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(NOT_THERE)
    page.goto("/conventions")
    expect(page.get_by_role("main")).not_to_contain_text(partnership.title)


def _goes_on(page: Page, look: Glass, partnership: Partnership) -> None:
    page.goto(partnership.page)
    signed = page.get_by_role("region", name="Signée par toutes les parties")
    expect(signed.get_by_role("heading", level=3)).to_have_text(
        ["Clinique du Val-Clair", "Les Passeurs de mots"]
    )
    expect(page.get_by_role("link", name="Commencer un projet")).to_be_visible()
    look(page)
    page.goto(f"{partnership.page}/vie")
    expect(page.get_by_role("main")).to_contain_text("n’est plus partie")
    expect(page.get_by_role("main")).to_contain_text("La convention est en vigueur")


def _reads_and_writes_nothing(
    page: Page, look: Glass, entente: Entente, agency: Person, partnership: Partnership
) -> None:
    main = page.get_by_role("main")
    expect(main).to_contain_text(TO_ALL)
    expect(main).to_contain_text("elle lit cette salle, sans y écrire")
    expect(main.get_by_role("textbox")).to_have_count(0)
    look(page)
    page.get_by_role("link", name="Chercher").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chercher dans les salles")
    # No link leads where it may not go.
    expect(page.get_by_role("link", name=partnership.title)).to_have_count(0)
    look(page)
    pages = ("", "/parties", "/historique", "/salles/privee", "/vie", "/convention.pdf", "/archive.zip")
    for address in pages:
        assert page.request.get(partnership.page + address).status == 404, address
    address = f"{entente.base}{partnership.page}/salles/commune/messages"
    sent = page.request.post(address, form={"text": "Bonjour."}, headers={"origin": entente.base})
    assert sent.status == 422
    message = {"room": "shared", "text": "Bonjour."}
    with api(entente, agency) as voice:
        voice.refused(403, "room_read_only", "POST", f"{partnership.path}/messages", json=message)
