"""The main journey without a page: from a draft to a measure through REST alone, with every refusal on the way."""

from typing import Any

from tests.journeys.conftest import Entente, Person
from tests.journeys.mail import wait_for_message
from tests.journeys.rest import Api, api
from tests.journeys.situations import BLANK, in_days
from tests.support.eventually import eventually_sync

NOBODY = "0199c0de-0000-7000-8000-000000000000"
TOLD_TO_THE_OTHER_SIDE = {
    "mandate_proposed": 1,
    "negotiation_opened": 1,
    "signature_awaited": 1,
    "convention_active": 1,
    "project_proposed": 1,
    "milestone_moved": 1,
    "milestone_reached": 1,
    "indicator_proposed": 1,
}


def test_from_a_draft_to_a_measure(entente: Entente) -> None:
    people = entente.people
    with api(entente, people["claire"]) as claire, api(entente, people["odile"]) as odile:
        convention = _draft(claire, odile)
        _name_and_invite(claire, odile, convention, people["odile"])
        _negotiate(claire, odile, convention)
        with api(entente, people["yanis"]) as yanis:
            _seal_and_sign(claire, odile, yanis, convention, people)
        project = _work(claire, odile, convention)
        _measure(claire, odile, project)
        _both_are_told(claire, odile, convention)
    wait_for_message(entente.data, people["odile"].email, "Convention active")


def _draft(claire: Api, odile: Api) -> str:
    template = claire.get("/templates")["templates"][0]
    parties = [_party(claire, claire), _party(claire, odile)]
    convention: dict[str, Any] = {
        "title": "Ateliers de cuisine",
        "aim": "Des ateliers de cuisine pour les patients et leurs proches.",
        "template": template["template"],
        "parties": parties,
        "starts_on": in_days(-20),
        "ends_on": in_days(400),
    }
    problem = claire.refused(
        422,
        "invalid_request",
        "POST",
        "/conventions",
        json={"title": " ", "parties": [], "starts_on": "hier"},
    )
    # All that is wrong is told at once, each in words.
    assert {it["field"] for it in problem["problems"]} == {"title", "aim", "parties", "starts_on", "ends_on"}
    assert all(it["message"][0].isupper() and it["reason"] for it in problem["problems"])
    backwards = convention | {"ends_on": in_days(-30)}
    claire.refused(422, "ends_before_start", "POST", "/conventions", json=backwards)
    alone = convention | {"parties": [parties[0], parties[0]]}
    claire.refused(422, "parties_not_balanced", "POST", "/conventions", json=alone)
    unknown = convention | {"template": "none"}
    claire.refused(422, "template_not_found", "POST", "/conventions", json=unknown)

    answer = claire.ask("POST", "/conventions", json=convention)
    assert answer.status_code == 201
    path = f"/conventions/{answer.json()['convention_id']}"
    assert answer.headers["location"] == f"/api/v1{path}"
    assert claire.get(path)["state"] == "draft"
    return path


def _name_and_invite(claire: Api, odile: Api, convention: str, invited: Person) -> None:
    odiles_id = odile.get("/me")["person_id"]
    claire.refused(403, "not_a_member", "POST", f"{convention}/mandates", json={"person_id": odiles_id})
    claire.do(f"{convention}/mandates", person_id=claire.get("/me")["person_id"])
    invitation: dict[str, Any] = {
        "organization_id": _party(claire, odile)["organization_id"],
        "given_name": "Odile",
        "family_name": "Marchand",
        "email": invited.email,
    }
    elsewhere = invitation | {"organization_id": NOBODY}
    claire.refused(422, "not_a_party", "POST", f"{convention}/invitations", json=elsewhere)
    mandate = claire.do(f"{convention}/invitations", **invitation)["mandate_id"]
    claire.refused(409, "already_referent", "POST", f"{convention}/invitations", json=invitation)

    assert mandate in [it["mandate_id"] for it in odile.get("/me/mandates")["mandates"]]
    clause = claire.get(convention)["clauses"][1]
    proposal = {"revision": clause["revision"], "text": "Autre chose."}
    path = f"{convention}/clauses/{clause['clause_id']}/proposals"
    odile.refused(403, "not_a_referent", "POST", path, json=proposal)
    odile.do(f"/mandates/{mandate}/acceptance")
    odile.refused(409, "mandate_already_answered", "POST", f"/mandates/{mandate}/refusal", json={})
    eventually_sync(lambda: claire.get(convention)["state"] == "negotiating")


def _negotiate(claire: Api, odile: Api, convention: str) -> None:
    clause = odile.get(convention)["clauses"][8]
    path = f"{convention}/clauses/{clause['clause_id']}"
    mine = {"revision": clause["revision"], "text": clause["text"] + " Une cuisine est prêtée."}
    odile.do(f"{path}/proposals", **mine)
    claire.refused(409, "clause_changed", "POST", f"{path}/proposals", json=mine | {"text": "Non."})
    claire.refused(409, "clause_changed", "POST", f"{path}/acceptance", json={"revision": 1})
    same = mine | {"revision": clause["revision"] + 1}
    claire.refused(422, "clause_unchanged", "POST", f"{path}/proposals", json=same)
    claire.refused(
        404, "clause_not_found", "POST", f"{convention}/clauses/{NOBODY}/acceptance", json={"revision": 1}
    )
    claire.do(f"{convention}/comments", clause_id=clause["clause_id"], text="Avec un four ?")
    assert [it["text"] for it in odile.get(convention)["comments"]] == ["Avec un four ?"]
    assert [it["revision"] for it in odile.get(f"{path}/history")["revisions"]] == [2, 1]

    version = claire.get(convention)["version"]
    seal = {"version": version, "sign_before": in_days(10)}
    problem = claire.refused(409, "convention_incomplete", "POST", f"{convention}/seal", json=seal)
    reasons = {it["reason"] for it in problem["fields"]["problems"]}
    assert reasons == {"clause_not_agreed", "clause_incomplete", "terms_not_agreed"}
    assert {it["reason"] for it in claire.get(f"{convention}/seal-check")["problems"]} == reasons
    for it in claire.get(convention)["clauses"]:
        if BLANK in it["text"]:
            text = it["text"].replace(BLANK, "selon l’usage")
            claire.do(f"{convention}/clauses/{it['clause_id']}/proposals", revision=it["revision"], text=text)
    for voice in (odile, claire):
        seen = voice.get(convention)
        read = [{"clause_id": it["clause_id"], "revision": it["revision"]} for it in seen["clauses"]]
        voice.do(f"{convention}/acceptances", clauses=read, terms_revision=seen["terms"]["revision"])


def _seal_and_sign(claire: Api, odile: Api, yanis: Api, convention: str, people: dict[str, Person]) -> None:
    signature = {
        "sealed_hash": "0" * 64,
        "capacity": "par délégation du directeur",
        "password": people["claire"].password,
    }
    claire.refused(409, "not_sealed", "POST", f"{convention}/signatures", json=signature)
    version = claire.get(convention)["version"]
    late = {"version": version, "sign_before": in_days(-1)}
    claire.refused(422, "sign_before_in_past", "POST", f"{convention}/seal", json=late)
    stale = {"version": version - 1, "sign_before": in_days(10)}
    problem = claire.refused(409, "stale_version", "POST", f"{convention}/seal", json=stale)
    assert problem["fields"] == {"current_version": version}
    sealed = claire.do(f"{convention}/seal", version=version, sign_before=in_days(10))["sealed_hash"]
    assert odile.get(f"{convention}/seal")["sealed_hash"] == sealed

    path = f"{convention}/signatures"
    claire.refused(409, "sealed_text_changed", "POST", path, json=signature)
    signature["sealed_hash"] = sealed
    missing = {name: value for name, value in signature.items() if name != "password"}
    claire.refused(422, "invalid_request", "POST", path, json=missing)
    claire.refused(403, "password_wrong", "POST", path, json=signature | {"password": "ouvre-toi"})
    # A member of the party, without authority to sign.
    yanis.refused(403, "not_a_signatory", "POST", path, json=signature)
    odile.do(f"{convention}/signatures", **signature | {"password": people["odile"].password})
    odile.refused(409, "already_signed", "POST", path, json=signature)
    project = {"convention_id": convention.rpartition("/")[2], "title": "Trop tôt", "aim": "Avant l’heure."}
    problem = claire.refused(409, "convention_not_active", "POST", "/projects", json=project)
    assert problem["fields"]["state"] == "partly_signed"
    claire.do(path, **signature)
    assert odile.get(convention)["state"] == "active"
    clause = odile.get(convention)["clauses"][8]
    proposal = {"revision": clause["revision"], "text": "Trop tard."}
    path = f"{convention}/clauses/{clause['clause_id']}/proposals"
    problem = odile.refused(409, "negotiation_not_open", "POST", path, json=proposal)
    assert problem["fields"]["state"] == "active"


def _work(claire: Api, odile: Api, convention: str) -> str:
    proposal: dict[str, Any] = {
        "convention_id": convention.rpartition("/")[2],
        "title": "Recettes",
        "aim": "Un livre.",
    }
    project = f"/projects/{claire.do('/projects', **proposal)['project_id']}"
    version = claire.get(project)["version"]
    problem = claire.refused(409, "lead_missing", "POST", f"{project}/start", json={"version": version})
    assert problem["fields"]["organization_ids"] == [_party(claire, odile)["organization_id"]]
    stranger = {"person_id": claire.get("/me")["person_id"]}
    odile.refused(422, "lead_not_of_side", "PUT", f"{project}/lead", json=stranger)
    odile.do(f"{project}/lead", method="PUT", person_id=odile.get("/me")["person_id"])
    odile.refused(409, "stale_version", "POST", f"{project}/start", json={"version": version})
    odile.do(f"{project}/start", version=version + 1)
    odile.refused(409, "project_already_started", "POST", f"{project}/start", json={"version": version + 2})

    outside = {"title": "Imprimé", "due_on": in_days(500)}
    claire.refused(422, "date_outside_convention", "POST", f"{project}/milestones", json=outside)
    made = claire.do(f"{project}/milestones", title="Dix recettes", due_on=in_days(30))
    milestone = f"{project}/milestones/{made['milestone_id']}"
    moved = {"due_on_known": in_days(31), "due_on": in_days(40)}
    claire.refused(409, "milestone_changed", "PATCH", milestone, json=moved)
    claire.do(milestone, method="PATCH", **moved | {"due_on_known": in_days(30)})
    claire.refused(422, "date_in_future", "POST", f"{milestone}/reaching", json={"reached_on": in_days(1)})
    claire.do(f"{milestone}/reaching", reached_on=in_days(0))
    # Saying it again is no other fact; another day would be.
    claire.do(f"{milestone}/reaching", reached_on=in_days(0))
    another_day = {"reached_on": in_days(-1)}
    odile.refused(409, "milestone_already_reached", "POST", f"{milestone}/reaching", json=another_day)
    assert odile.get(project)["milestones"][0]["reached_on"] == in_days(0)
    return project


def _measure(claire: Api, odile: Api, project: str) -> None:
    definition: dict[str, Any] = {
        "project_id": project.rpartition("/")[2],
        "title": "Recettes essayées",
        "numerator": "Recettes essayées chez soi",
        "denominator": "Recettes reçues",
        "source": "Carnet rendu",
        "target": 50,
    }
    indicator = f"/indicators/{claire.do('/indicators', **definition)['indicator_id']}"
    value: dict[str, Any] = {"measured_on": in_days(0), "numerator": 9, "denominator": 12}
    claire.refused(409, "indicator_not_agreed", "POST", f"{indicator}/measures", json=value)
    claire.refused(409, "indicator_already_accepted", "POST", f"{indicator}/acceptance", json={"version": 1})
    odile.do(f"{indicator}/acceptance", version=odile.get(indicator)["version"])
    path = f"{indicator}/measures"
    odile.refused(422, "numerator_above_denominator", "POST", path, json=value | {"numerator": 13})
    odile.refused(422, "denominator_mismatch", "POST", path, json=value | {"denominator": None})
    odile.refused(422, "date_in_future", "POST", path, json=value | {"measured_on": in_days(2)})
    first = odile.do(path, **value)["measure_id"]
    correction: dict[str, Any] = {"numerator": 10, "denominator": 12, "reason": "Un carnet oublié."}
    odile.do(f"{path}/{first}/correction", **correction)
    odile.refused(409, "measure_already_corrected", "POST", f"{path}/{first}/correction", json=correction)
    values = claire.get(indicator)["measures"]
    assert sorted((it["numerator"], it["corrected_by"] is None) for it in values) == [(9, False), (10, True)]


def _both_are_told(claire: Api, odile: Api, convention: str) -> None:
    timelines = [_whole_timeline(voice, convention) for voice in (claire, odile)]
    assert timelines[0] == timelines[1]
    assert len(timelines[0]) > 30
    convention_id = convention.rpartition("/")[2]

    def told() -> bool:
        kinds = [it["kind"] for it in _notices(odile) if it["convention_id"] == convention_id]
        return all(kinds.count(kind) == times for kind, times in TOLD_TO_THE_OTHER_SIDE.items())

    eventually_sync(told)
    unread = odile.get("/notices/unread")["unread"]
    notice = next(it for it in _notices(odile) if not it["read"])
    odile.do(f"/notices/{notice['notice_id']}/reading")
    assert odile.get("/notices/unread")["unread"] == unread - 1
    claire.refused(404, "notice_not_found", "POST", f"/notices/{notice['notice_id']}/reading", json={})


def _notices(voice: Api) -> list[dict[str, Any]]:
    return [
        it
        for state in ("to_do", "to_read", "filed")
        for it in voice.get("/notices", state=state, limit=200)["notices"]
    ]


def _whole_timeline(voice: Api, convention: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": 20}
    while True:
        page = voice.get(f"{convention}/timeline", **query)
        entries += page["entries"]
        if page["next_before"] is None:
            return entries
        query["before"] = page["next_before"]


def _party(voice: Api, whose: Api) -> dict[str, Any]:
    """The organisation of somebody, as the directory has it."""
    organization_id = whose.get("/me")["affiliations"][0]["organization_id"]
    known = voice.get(f"/organizations/{organization_id}")
    return {"organization_id": organization_id, "side": known["side"], "name": known["name"]}
