"""A person of a third organisation sees, guesses and changes nothing of a partnership.

Every address of the pages and of the API that carries an id is asked twice, with an id of Claire's and with one that
nobody has: the two answers must be the same. The addresses come from the code, so a new one is here by itself.
"""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from deploy.sample.people import fixed_id
from services.web import routes
from services.web.api.endpoint import PREFIX
from services.web.api.handlers import ENDPOINTS
from shared.contracts.identifiers import new_id
from tests.journeys.conftest import Entente
from tests.journeys.rest import Api, api, pages, problem_in
from tests.journeys.site import walk

# Open to whoever is signed in: the directory has no secret.
PUBLIC = frozenset({"organization_id"})

# Fields that forms of all pages ask for, each in its right form: what is refused is refused because of who asks.
FORM = {
    "revision": "1",
    "doer": "personne",
    "text": "Un texte.",
    "comment": "Un mot.",
    "sealed_hash": "0" * 64,
    "capacity": "directeur",
    "read": "oui",
    "reason": "Un motif.",
    "version": "1",
    "sign_before": "2030-01-01",
    "person_id": str(new_id()),
    "organization_id": str(new_id()),
    "given_name": "Ada",
    "family_name": "Morel",
    "email": "ada.morel@example.org",
    "title": "Un titre",
    "aim": "Un but.",
    "due_on": "2030-01-01",
    "due_on_known": "2030-01-02",
    "reached_on": "2026-01-01",
    "measured_on": "2026-01-01",
    "kind": "count",
    "numerator": "1",
    "source": "Un cahier",
    "mediation_id": str(new_id()),
    "part": "mediator",
    "mediator": "Anne Lebrun, médiatrice",
    "meets_on": "2030-01-01",
    "end_reason": "Un motif.",
}


@pytest.fixture(scope="module")
def real(entente: Entente) -> dict[str, str]:
    """One thing of Claire's for every kind of id that addresses carry."""
    with api(entente, entente.people["claire"]) as claire:
        # The sample's own, by its name: other journeys leave projects and indicators of theirs.
        project_id = str(fixed_id("project livret"))
        indicators = claire.get("/indicators")["indicators"]
        indicator = next(it for it in indicators if it["project_id"] == project_id and it["measures"])
        convention_id = indicator["convention_id"]
        convention = claire.get(f"/conventions/{convention_id}")
        project = claire.get(f"/projects/{project_id}")
        measure_id = indicator["measures"][0]["measure_id"]
        template_id = str(new_id())
        article = {"title": "Objet", "text": "Une permanence, le mardi."}
        text = {"title": "Permanences", "base": "partnership", "articles": [article]}
        claire.do("/organization-templates", template_id=template_id, text=text)
        mediation_id = str(new_id())
        asked = {"reason": "Un désaccord.", "mediator": "Anne Lebrun, médiatrice"}
        claire.do(f"/conventions/{convention_id}/mediations", mediation_id=mediation_id, **asked)
        return {
            "convention_id": convention_id,
            "clause_id": convention["clauses"][0]["clause_id"],
            "project_id": project_id,
            "milestone_id": project["milestones"][-1]["milestone_id"],
            "indicator_id": indicator["indicator_id"],
            "measure_id": measure_id,
            "corrects": measure_id,
            "template_id": template_id,
            "source_id": template_id,
            "mediation_id": mediation_id,
            "task_id": claire.get(f"/conventions/{convention_id}/tasks")["tasks"][0]["task_id"],
            "mandate_id": claire.get(f"/conventions/{convention_id}/mandates")["mandates"][0]["mandate_id"],
            "notice_id": claire.get("/notices", state="filed")["notices"][0]["notice_id"],
            "obligation_id": claire.get(f"/conventions/{convention_id}/obligations")["obligations"][0][
                "obligation_id"
            ],
            "person_id": claire.get("/me")["person_id"],
            "organization_id": convention["parties"][0]["organization_id"],
            "other_organization_id": convention["parties"][1]["organization_id"],
            "delegation_id": str(fixed_id("delegation yanis")),
            "admission_id": str(fixed_id("admission funder information")),
            # Nothing of hers has one: what is refused is refused by the convention in the same address.
            "annex_id": str(new_id()),
            "file_id": str(new_id()),
            "suspension_id": str(new_id()),
            "session_id": str(new_id()),
            "token_id": str(new_id()),
        }


def test_pages_of_others_are_like_pages_that_do_not_exist(entente: Entente, real: dict[str, str]) -> None:
    differences: list[str] = []
    with pages(entente, entente.people["hugo"]) as hugo:
        form = FORM | {"password": entente.people["hugo"].password}
        for method, path in _pages_with_ids(real):
            given = {"data": form} if method == "POST" else {}
            theirs, unknown = _twice(hugo, method, path, real, **given)
            # A stranger is refused on the page of one's own organisation, beside what was asked.
            expected = 422 if path.startswith("/mon-organisation/") else 404
            if path.endswith("/ne-plus-observer"):
                # Back to the list of what one reads, which says why.
                expected = 303
                hugo.get("/conventions")
            if path.endswith("/depart"):
                # Refused before anybody is looked for: she administers nothing.
                expected = 403
            if theirs != unknown or theirs[0] != expected:
                differences.append(f"{method} {path}: {theirs[0]}, else {unknown[0]}")
    assert differences == []


def test_resources_of_others_are_like_resources_that_do_not_exist(
    entente: Entente, real: dict[str, str]
) -> None:
    differences: list[str] = []
    with api(entente, entente.people["hugo"]) as hugo:
        for endpoint in ENDPOINTS:
            if not endpoint.in_path - PUBLIC:
                continue
            body = endpoint.example | (
                {"password": entente.people["hugo"].password} if endpoint.signs else {}
            )
            given = {"json": body} if endpoint.takes_body else {}
            theirs, unknown = _twice(hugo._client, endpoint.method, PREFIX + endpoint.path, real, **given)
            if theirs != unknown or theirs[0] != 404:
                differences.append(f"{endpoint.method} {endpoint.path}: {theirs}, else {unknown}")
    assert differences == []


def test_bodies_and_queries_that_name_what_others_have(entente: Entente, real: dict[str, str]) -> None:
    nobody = {name: str(new_id()) for name in real}
    with api(entente, entente.people["hugo"]) as hugo:
        for asked in (_acts_that_name, _questions_that_name):
            theirs = [_shape(it, real) for it in asked(hugo, real)]
            assert theirs == [_shape(it, nobody) for it in asked(hugo, nobody)]
        parties = [
            {"organization_id": real["organization_id"], "side": "establishment", "name": "Un hôpital"},
            {
                "organization_id": real["other_organization_id"],
                "side": "association",
                "name": "Une association",
            },
        ]
        convention = {"title": "Pour d’autres", "aim": "Sans eux.", "parties": parties}
        term = {"starts_on": "2030-01-01", "ends_on": "2030-12-31"}
        hugo.refused(422, "parties_not_balanced", "POST", "/conventions", json=convention | term)
    with pages(entente, entente.people["hugo"]) as hugo:
        for path in (
            "/evenements?convention={convention_id}",
            "/evenements?convention={convention_id}&salle=commune",
            "/evenements?convention={convention_id}&salle=privee",
            "/evenements?projet={project_id}",
            "/projets/nouveau?convention={convention_id}",
            "/modeles/nouveau?convention={convention_id}",
            "/boite?tiroir=classe&avant={notice_id}",
        ):
            theirs, unknown = (_shape(hugo.get(path.format_map(ids)), ids) for ids in (real, nobody))
            assert theirs == unknown, path


def test_nothing_of_others_is_in_lists_counts_or_names(entente: Entente, real: dict[str, str]) -> None:
    with api(entente, entente.people["claire"]) as claire:
        titles = [it["title"] for it in claire.get("/conventions")["conventions"]]
    # The organisations are in the directory, which is open; the rest is nobody else's business.
    secret = [
        value for name, value in real.items() if name not in {"organization_id", "other_organization_id"}
    ]
    secret += [*titles, "Vasseur", "Marchand", "Nguyen", "Caron"]
    with api(entente, entente.people["hugo"]) as hugo:
        home = hugo.get("/me/home")
        assert [home[name] for name in ("awaiting", "awaited_from_others", "dates", "news")] == [[]] * 4
        assert hugo.get("/conventions")["conventions"] == []
        assert hugo.get("/projects")["projects"] == []
        assert hugo.get("/indicators")["indicators"] == []
        assert hugo.get("/me/mandates")["mandates"] == []
        assert hugo.get("/notices/unread") == {"unread": 0, "to_do": 0}
        assert hugo.do("/names/subjects", ids=list(real.values())) == {"titles": {}}
        assert hugo.do("/names/people", person_ids=[real["person_id"]]) == {"people": []}
        for words in (titles[0], "Vasseur"):
            assert not _told(hugo.ask("GET", "/organizations", params={"text": words}).text, secret)
    with pages(entente, entente.people["hugo"]) as hugo:
        reached = walk(hugo)
    assert {path: told for path, html in reached.pages.items() if (told := _told(html, secret))} == {}


def test_whoever_is_not_signed_in_is_asked_to(entente: Entente, real: dict[str, str]) -> None:
    with pages(entente) as nobody:
        for method, path in _pages_with_ids(real):
            if method == "POST":
                # What was typed is carried through sign-in; nothing is done before it.
                answer = nobody.request(method, path.format_map(real), data=FORM)
                assert answer.status_code == 401, (method, path)
                assert "Votre session avait pris fin" in answer.text, (method, path)
            else:
                answer = nobody.request(method, path.format_map(real))
                assert answer.status_code == 303, (method, path)
                assert answer.headers["location"].startswith("/connexion"), (method, path)
    with api(entente, None) as nobody:
        for endpoint in ENDPOINTS:
            given = {"json": endpoint.example} if endpoint.takes_body else {}
            answer = nobody.ask(endpoint.method, endpoint.path.format_map(real), **given)
            problem_in(answer, 401, "not_signed_in")
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_nothing_was_changed_by_all_that(entente: Entente, real: dict[str, str]) -> None:
    with api(entente, entente.people["claire"]) as claire, api(entente, entente.people["hugo"]) as hugo:
        before = _state(claire, real)
        for endpoint in ENDPOINTS:
            if endpoint.is_command and endpoint.in_path - PUBLIC:
                # The right password: it is not for a wrong one that she is refused.
                known = {"password": entente.people["hugo"].password} if endpoint.signs else {}
                hugo.ask(endpoint.method, endpoint.path.format_map(real), json=endpoint.example | known)
        assert _state(claire, real) == before


def _pages_with_ids(real: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every address of a page that carries ids, as `/conventions/{convention_id}`."""
    for handler in routes._PAGES:
        for path in handler.paths:
            named = re.sub(r":uuid}", "}", path)
            names = set(re.findall(r"{(\w+)}", named)) - PUBLIC
            if ":uuid}" in path and names:
                assert names <= real.keys(), f"say which {names} Claire has"
                yield from ((method, named) for method in handler.http_methods if method in {"GET", "POST"})


def _twice(
    client: httpx.Client, method: str, path: str, real: dict[str, str], **given: Any
) -> tuple[tuple[int, str, str, str], tuple[int, str, str, str]]:
    """What the third person is answered, for what exists and for what does not."""
    unknown = {name: str(new_id()) for name in real}
    theirs, nobodys = (
        _shape(client.request(method, path.format_map(ids), **given), ids) for ids in (real, unknown)
    )
    return theirs, nobodys


def _shape(answer: httpx.Response, ids: dict[str, str]) -> tuple[int, str, str, str]:
    """An answer without what is different each time: its trace id, and the id that was asked for."""
    text, location = answer.text, answer.headers.get("location", "")
    for value in ids.values():
        text, location = text.replace(value, "ID"), location.replace(value, "ID")
    text = text.replace(answer.headers["trace-id"], "TRACE")
    return answer.status_code, answer.headers.get("content-type", ""), location, text


def _acts_that_name(hugo: Api, ids: dict[str, str]) -> Iterator[httpx.Response]:
    project = {"convention_id": ids["convention_id"], "title": "Un projet", "aim": "Un but."}
    yield hugo.ask("POST", "/projects", json=project)
    indicator = {
        "project_id": ids["project_id"],
        "title": "Un nombre",
        "numerator": "Un",
        "source": "Un cahier",
    }
    yield hugo.ask("POST", "/indicators", json=indicator)


def _questions_that_name(hugo: Api, ids: dict[str, str]) -> Iterator[httpx.Response]:
    yield hugo.ask("GET", "/projects", params={"convention_id": ids["convention_id"]})
    yield hugo.ask("GET", "/rooms/search", params={"text": "salle", "convention_id": ids["convention_id"]})
    yield hugo.ask("GET", "/notices", params={"state": "filed", "before": ids["notice_id"]})
    yield hugo.ask("POST", "/names/subjects", json={"ids": list(ids.values())})
    yield hugo.ask("POST", "/names/people", json={"person_ids": [ids["person_id"]]})


def _told(text: str, secret: list[str]) -> list[str]:
    return [it for it in secret if it in text]


def _state(claire: Api, real: dict[str, str]) -> list[Any]:
    paths = (
        "/conventions/{convention_id}",
        "/projects/{project_id}",
        "/indicators/{indicator_id}",
        "/members",
    )
    return [claire.get(path.format_map(real)) for path in paths]
