"""Nothing that names anybody leaves the databases: not in logs, not in measures, not in events; and one trace id leads
from an act to the e-mail that tells of it.
"""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deploy.credentials import Credentials
from deploy.sample.people import PEOPLE
from deploy.topology import SERVICES, STREAMS
from shared.kit.service import connected_client
from tests.journeys.conftest import Entente
from tests.journeys.mail import messages_to
from tests.journeys.rest import pages
from tests.journeys.situations import Partnership, in_days, negotiating
from tests.support.eventually import eventually_sync

INVITED = ("Aurélie", "Quentin-Delorme", "aurelie.quentin@example.org")
WORDS = "Une phrase que personne d’autre n’écrit"


@pytest.fixture(scope="module")
def personal(entente: Entente) -> Iterator[list[str]]:
    """Acts with names and texts of their own, refused ones too; then everything that must be found nowhere."""
    claire, odile = entente.people["claire"], entente.people["odile"]
    with negotiating(entente, claire, odile) as it:
        clause = it.clauses()[3]
        it.propose(it.theirs, clause, f"{clause['text']} {WORDS} (article).")
        it.ours.do(f"{it.path}/comments", text=f"{WORDS} (commentaire).")
        _invite(it)
        stale = {"revision": clause["revision"], "text": f"{WORDS} (refusée)."}
        it.ours.refused(
            409, "clause_changed", "POST", f"{it.path}/clauses/{clause['clause_id']}/proposals", json=stale
        )
        it.ours.refused(422, "invalid_request", "POST", "/conventions", json={"title": WORDS * 20})
        _through_pages(entente, it)
        eventually_sync(lambda: messages_to(entente.data, INVITED[2]))
        known = it.ours
        titles = [entry["title"] for entry in known.get("/conventions")["conventions"]]
        titles += [entry["title"] for entry in known.get("/indicators")["indicators"]]
        secrets = [person.password for person in entente.people.values()]
        secrets += [person.token for person in entente.people.values()]
        names = [name for person in PEOPLE for name in (person.name, person.family_name, person.email)]
        yield [*names, *INVITED, WORDS, *secrets, *titles]


def _invite(it: Partnership) -> None:
    given_name, family_name, email = INVITED
    it.ours.do(
        f"{it.path}/invitations",
        organization_id=it.convention()["parties"][0]["organization_id"],
        given_name=given_name,
        family_name=family_name,
        email=email,
    )


def _through_pages(entente: Entente, it: Partnership) -> None:
    with pages(entente, entente.people["claire"]) as claire:
        claire.get("/annuaire", params={"q": WORDS})
        claire.post(f"{it.page}/commenter", data={"comment": f"{WORDS} (page)."})
        claire.post(f"{it.page}/referents/inviter", data={"given_name": INVITED[0], "email": "faux"})
    with pages(entente) as nobody:
        nobody.post("/connexion", data={"email": INVITED[2], "password": WORDS})
        nobody.get(f"/invitation/{uuid4().hex}")


def test_no_log_names_anybody(entente: Entente, personal: list[str]) -> None:
    logs = sorted((entente.data / "logs").iterdir())
    assert {f"{service}.log" for service in SERVICES} <= {path.name for path in logs}
    assert [
        told for path in logs for told in _told(path.name, path.read_text(encoding="utf-8"), personal)
    ] == []


def test_no_measure_names_anybody(entente: Entente, personal: list[str]) -> None:
    for service in SERVICES:
        answer = httpx.get(f"{_run_file(entente, service)['ops']}/metrics", trust_env=False)
        assert answer.status_code == 200
        assert "entente_" in answer.text
        assert _told(service, answer.text, personal) == []


def test_no_event_names_anybody(entente: Entente, personal: list[str]) -> None:
    # Playwright keeps a loop running in this thread.
    with ThreadPoolExecutor(1) as thread:
        events = thread.submit(asyncio.run, _every_event(entente.data)).result()
    assert len(events) > 100
    assert [told for event in events for told in _told(event.partition("\n")[0], event, personal)] == []


def test_one_trace_leads_from_the_act_to_the_email(entente: Entente) -> None:
    trace_id = uuid4().hex
    claire, odile = entente.people["claire"], entente.people["odile"]
    with negotiating(entente, claire, odile) as it:
        it.agree()
        version = it.version
        answer = it.ours.ask(
            "POST",
            f"{it.path}/seal",
            json={"version": version, "sign_before": in_days(10)},
            headers={"traceparent": f"00-{trace_id}-{uuid4().hex[:16]}-01"},
        )
    assert answer.status_code == 200
    assert answer.headers["trace-id"] == trace_id

    act = eventually_sync(lambda: _lines(entente.data, "web", trace_id))
    assert [(it["event"], it["status"]) for it in act] == [("answered", 200)]
    done = eventually_sync(lambda: _lines(entente.data, "projects", trace_id))
    assert [(it["event"], it["request"]) for it in done] == [("request_done", "seal_convention")]
    letters = eventually_sync(lambda: _lines(entente.data, "notifications", trace_id))
    assert {(it["event"], it["kind"]) for it in letters} == {("letter_sent", "signature_awaited")}


def _told(where: str, text: str, personal: list[str]) -> list[str]:
    # JSON may write what is not ASCII with escapes.
    forms = {it: (it, json.dumps(it)[1:-1]) for it in personal}
    return [f"{where}: {it}" for it, written in forms.items() if any(form in text for form in written)]


def _lines(data: Path, service: str, trace_id: str) -> list[dict[str, Any]]:
    text = (data / "logs" / f"{service}.log").read_text(encoding="utf-8")
    # The last line may be only half written.
    return [
        json.loads(line)
        for line in text.splitlines(keepends=True)
        if trace_id in line and line.endswith("\n")
    ]


def _run_file(entente: Entente, service: str) -> dict[str, str]:
    return json.loads((entente.data / "run" / f"{service}.json").read_text())


async def _every_event(data: Path) -> list[str]:
    """Subject, headers and body of every message of every stream."""
    found: list[str] = []
    async with connected_client(
        Credentials(data).addresses("operator")["ENTENTE_NATS_URL"], service="operator"
    ) as client:
        manager = client.jsm()
        for stream in STREAMS:
            state = (await manager.stream_info(stream.name)).state
            for number in range(state.first_seq, state.last_seq + 1):
                message = await manager.get_msg(stream.name, number)
                found.append(f"{message.subject}\n{message.headers}\n{(message.data or b'').decode()}")
    return found
