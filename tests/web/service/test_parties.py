"""Several parties, observers and a party that leaves, through the pages, each side in its own browser."""

import re
from datetime import timedelta

import pytest

from shared.contracts.values import Side
from shared.kit.clock import today_in_paris
from tests.support.eventually import eventually
from tests.web.service.conftest import House, enroll, enroll_colleague
from tests.web.service.test_journey import accept_all, both_referents, complete, draft, seal, sign
from tests.web.service.visitor import Sample, Visitor

_ADMISSION = re.compile(r'name="admission_id" value="([0-9a-f-]+)"')
_MADE = re.compile(r'name="made_id" value="([0-9a-f-]+)"')


@pytest.fixture
async def leila(house: House) -> Sample:
    """Of a second association: administers it and may sign."""
    return await enroll(
        house, Side.ASSOCIATION, "Souffle", "Leila", "Benali", administrator=True, signatory=True
    )


@pytest.fixture
async def agent(house: House) -> Sample:
    """Of an agency that pays for some of it."""
    return await enroll(
        house, Side.THIRD_PARTY, "Agence de santé", "Paul", "Roux", administrator=True, signatory=True
    )


async def propose(visitor: Visitor, url: str, organization: Sample, role: str, interest: str = "") -> None:
    """Answer, check, confirm."""
    form = await visitor.get(f"{url}/parties/ajouter?organisation={organization.organization_id}")
    made = _MADE.search(form.text)
    assert made, form.text
    answers = {
        "made_id": made.group(1),
        "organization_id": str(organization.organization_id),
        "role": role,
        "interest": interest,
    }
    check = await visitor.post(f"{url}/parties/ajouter", **answers)
    assert "Vérifiez vos réponses" in check.text, check.text
    assert organization.organization in check.text
    for _ in range(2):
        sent = await visitor.post(f"{url}/parties/ajouter", **answers, step="confirm")
        assert sent.status_code == 303, "sent twice, it is proposed once"


async def accept(visitor: Visitor, url: str) -> None:
    found = _ADMISSION.search((await visitor.get(f"{url}/parties")).text)
    assert found
    answer = await visitor.post(f"{url}/parties/accepter", admission_id=found.group(1))
    assert answer.status_code == 303, answer.text


async def test_a_third_party_joins_signs_and_leaves_and_the_others_go_on(
    house: House, claire: Sample, odile: Sample, leila: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as theirs, house.visitor() as third:
        for visitor, sample in ((hers, claire), (theirs, odile), (third, leila)):
            await visitor.sign_in(sample)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        found = await hers.get(f"{url}/parties?q=Souffle")
        assert str(leila.organization_id) in found.text or "organisation" in found.text
        await propose(hers, url, leila, "party")
        assert (await third.get(url)).status_code == 404
        await accept(theirs, url)
        assert "Souffle" in (await theirs.get(f"{url}/parties")).text

        async def invited() -> bool:
            answer = await hers.post(
                f"{url}/referents/inviter",
                organization_id=str(leila.organization_id),
                given_name="Leila",
                family_name="Benali",
                email=leila.email,
            )
            assert answer.status_code == 303, re.sub(r"<[^>]+>", " ", answer.text)[-3000:]
            return True

        await eventually(invited)

        async def mandate() -> str | None:
            page = await third.get(f"{url}/referents")
            action = re.search(r'action="(/mandats/[0-9a-f-]+/accepter)"', page.text)
            return action.group(1) if action else None

        action = await eventually(mandate)
        assert action
        assert (await third.post(action)).status_code == 303
        await complete(hers, claire, url)
        await accept_all(theirs, url)
        await accept_all(third, url)
        await seal(hers, url)
        for visitor, sample in ((hers, claire), (theirs, odile), (third, leila)):
            assert (await sign(visitor, url, sample)).status_code == 303
        page = await third.get(url)
        assert "Signée par toutes les parties" in page.text
        document = await hers.get(f"{url}/convention.pdf")
        assert document.content.startswith(b"%PDF")

        ended = await third.get(f"{url}/vie/mettre-fin")
        assert "Annoncez votre départ" in ended.text
        needed = await hers.get(f"{url}/vie/quitter")
        assert "Mettez fin à la convention" in needed.text
        form = await third.get(f"{url}/vie/quitter")
        made = _MADE.search(form.text)
        assert made
        day = today_in_paris() + timedelta(days=200)
        answers = {"made_id": made.group(1), "reason": "Nous changeons de région.", "effective_on": day}
        check = await third.post(f"{url}/vie/quitter", **answers)
        assert "Vérifiez vos réponses" in check.text, check.text
        wrong = await third.post(f"{url}/vie/quitter", **answers, step="confirm", password="autre")
        assert wrong.status_code == 422
        assert "Nous changeons de région." in wrong.text, "nothing typed is lost"
        for _ in range(2):
            sent = await third.post(f"{url}/vie/quitter", **answers, step="confirm", password=leila.password)
            assert sent.status_code == 303, sent.text
        read = await theirs.get(f"{url}/vie")
        assert "départ annoncé" in read.text
        assert "Nous changeons de région." in read.text
        assert "Leila Benali" in read.text


async def test_a_party_that_never_answers_is_taken_back(
    house: House, claire: Sample, odile: Sample, leila: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as theirs:
        for visitor, sample in ((hers, claire), (theirs, odile)):
            await visitor.sign_in(sample)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        await propose(hers, url, leila, "party")
        await accept(theirs, url)
        invitation = {
            "organization_id": str(leila.organization_id),
            "given_name": "Leila",
            "family_name": "Benali",
            "email": leila.email,
        }

        async def invited() -> bool:
            return (await hers.post(f"{url}/referents/inviter", **invitation)).status_code == 303

        await eventually(invited)

        async def asked() -> str | None:
            found = re.search(
                r'name="instead_of" value="([0-9a-f-]+)"', (await hers.get(f"{url}/referents")).text
            )
            return found.group(1) if found else None

        first = await eventually(asked)
        other = invitation | {"given_name": "Paul", "email": "paul@souffle.example.org"}
        refused = await hers.post(f"{url}/referents/inviter", **other)
        assert refused.status_code == 422
        assert "est invitée et n’a pas répondu" in refused.text
        assert "paul@souffle.example.org" in refused.text, "nothing typed is lost"
        assert (await hers.post(f"{url}/referents/inviter", **other, instead_of=first)).status_code == 303

        missing = await theirs.get(f"{url}/sceller")
        assert "Souffle n’a encore rien accepté." in missing.text
        assert f'href="{url}/parties"' in missing.text
        assert "Retirer l’invitation" in (await theirs.get(f"{url}/parties")).text
        taken_back = {"organization_id": str(leila.organization_id)}
        assert (await theirs.post(f"{url}/parties/retirer", **taken_back)).status_code == 303
        again = await theirs.post(f"{url}/parties/retirer", **taken_back)
        assert again.status_code == 404
        page = await hers.get(f"{url}/parties")
        assert "Souffle" not in page.text
        assert "a retiré l’invitation d’une partie" in (await hers.get(f"{url}/historique")).text


async def test_a_funder_reads_the_shared_room_and_no_other_page(
    house: House, claire: Sample, odile: Sample, agent: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as theirs, house.visitor() as funder:
        for visitor, sample in ((hers, claire), (theirs, odile), (funder, agent)):
            await visitor.sign_in(sample)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        written = await hers.post(f"{url}/salles/commune/messages", text="La permanence ouvre mardi.")
        assert written.status_code == 303
        silent = await hers.post(
            f"{url}/parties/ajouter", organization_id=str(agent.organization_id), role="funder"
        )
        assert silent.status_code == 422
        assert "Dites ce que cette organisation finance" in silent.text
        await propose(hers, url, agent, "funder", "Finance la formation des bénévoles.")
        assert (await funder.get(f"{url}/salles/commune")).status_code == 404
        await accept(theirs, url)

        listed = await funder.get("/conventions")
        assert "Vous observez" in listed.text
        assert "Finance la formation des bénévoles." in listed.text

        async def named() -> bool:
            return "Claire Vasseur" in (await funder.get(f"{url}/salles/commune")).text

        await eventually(named)
        room = await funder.get(f"{url}/salles/commune")
        assert "La permanence ouvre mardi." in room.text
        assert "elle lit cette salle, sans y écrire" in room.text
        assert f'href="{url}"' not in room.text, "no link leads where it may not go"
        for page in (
            "",
            "/parties",
            "/referents",
            "/historique",
            "/annexes",
            "/conditions",
            "/vie",
            "/preuves",
            "/convention.pdf",
            "/archive.zip",
            "/releve",
            "/salles/privee",
            "/engagements",
        ):
            assert (await funder.get(url + page)).status_code == 404, page
        search = await funder.get(f"{url}/salles/recherche?texte=permanence")
        assert "La permanence ouvre mardi." in search.text
        refused = await funder.post(f"{url}/salles/commune/messages", text="Bonjour.")
        assert refused.status_code == 422
        assert "Agence de santé" in (await theirs.get(f"{url}/salles/commune")).text

        async def told() -> bool:
            return "Votre organisation observe" in (await funder.get("/boite?tiroir=a-lire")).text

        await eventually(told)
        admission = _ADMISSION.search(listed.text)
        assert admission
        colleague = await enroll_colleague(house, agent, "Ines", "Morel")
        async with house.visitor() as hers_too:
            await hers_too.sign_in(colleague)

            async def seen() -> bool:
                return "Vous observez" in (await hers_too.get("/conventions")).text

            await eventually(seen)
            assert "Ne plus observer" not in (await hers_too.get("/conventions")).text
            tried = await hers_too.post(f"{url}/ne-plus-observer", admission_id=admission.group(1))
            assert tried.status_code == 303
            refused = (await hers_too.get("/conventions")).text
            assert 'encart-presse flash" role="alert"' in refused
            assert "Un administrateur ou un signataire" in refused
            assert "encart-presse flash" not in (await hers_too.get("/conventions")).text, "it is said once"
        left = await funder.post(f"{url}/ne-plus-observer", admission_id=admission.group(1))
        assert left.status_code == 303
        assert (await funder.get(f"{url}/salles/commune")).status_code == 404
        assert "Vous observez" not in (await funder.get("/conventions")).text
