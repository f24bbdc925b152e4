"""Parts of the system die while people work: each is told what did not happen, loses nothing typed, and goes on."""

import json
import os
import signal
from collections import Counter
from collections.abc import Generator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deploy.http_get import get
from tests.journeys.conftest import Entente, Visit
from tests.journeys.mail import messages_to
from tests.journeys.rest import Api
from tests.journeys.situations import Partnership, negotiating
from tests.support.eventually import eventually_sync

# The supervisor waits longer each time that a part dies; on two busy cores a service takes seconds to start.
BACK_WITHIN_SECONDS = 40.0


@pytest.fixture
def partnership(entente: Entente) -> Generator[Partnership]:
    with negotiating(entente, entente.people["claire"], entente.people["odile"]) as it:
        yield it


def test_people_go_on_when_parts_die(entente: Entente, visit: Visit, partnership: Partnership) -> None:
    hospital = visit(entente.people["claire"])
    association = visit(entente.people["odile"])
    association.goto(partnership.page)

    _projects_dies_while_she_writes(entente, hospital, partnership)
    _notifications_dies_while_she_comments(entente, hospital, partnership)
    _web_dies_while_she_writes(entente, hospital, partnership)

    # The open page of the other side has found its way back to the stream.
    expect(association.get_by_role("status").first).to_contain_text("nouveauté")
    _everything_was_told_once(entente, partnership)


def _projects_dies_while_she_writes(entente: Entente, page: Page, partnership: Partnership) -> None:
    clause, text = _write(page, partnership, number=2, words="Les horaires sont affichés.")
    _kill(entente, "projects")
    page.get_by_role("button", name="Proposer ce texte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le service ne répond pas")
    expect(page.get_by_role("main")).to_contain_text("Ce que vous avez saisi est gardé")
    _wait_until_back(entente, "projects")
    page.get_by_role("button", name="Envoyer à nouveau").click()
    expect(page.get_by_text("Votre texte est proposé.")).to_be_visible()
    _is_proposed_once(partnership, clause, text)


def _notifications_dies_while_she_comments(entente: Entente, page: Page, partnership: Partnership) -> None:
    page.goto(partnership.page)
    page.get_by_text("Écrire un message").click()
    page.get_by_label("Votre message").fill("Nous avançons bien.")
    # A letter in hand would be taken again only when its lease ends.
    eventually_sync(lambda: _letters(partnership, "clause_proposed") == ["sent"])
    _kill(entente, "notifications")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("Votre message est publié.")).to_be_visible()
    _wait_until_back(entente, "notifications")


def _web_dies_while_she_writes(entente: Entente, page: Page, partnership: Partnership) -> None:
    clause, text = _write(page, partnership, number=4, words="Une salle est réservée.")
    _kill(entente, "web")
    # The browser says in its own words that nobody answers, and keeps what it was about to send.
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        page.get_by_role("button", name="Proposer ce texte").click()
    _wait_until_back(entente, "web")
    page.reload()
    # Still signed in: her session was not in the memory of a process.
    expect(page.get_by_text("Votre texte est proposé.")).to_be_visible()
    _is_proposed_once(partnership, clause, text)


def _everything_was_told_once(entente: Entente, partnership: Partnership) -> None:
    address = entente.people["odile"].email

    def told() -> Counter[tuple[str, str | None]]:
        return Counter((it["kind"], it["clause_id"]) for it in _notices(partnership.theirs, partnership))

    clauses = {it["number"]: it["clause_id"] for it in partnership.clauses()}
    expected = Counter(
        [
            ("mandate_proposed", None),
            ("negotiation_opened", None),
            ("clause_proposed", clauses[2]),
            ("comment_added", None),
            ("clause_proposed", clauses[4]),
        ]
    )
    eventually_sync(lambda: told() == expected)

    # The second article waits a little, to be told together with what may follow it.
    eventually_sync(lambda: _letters(partnership, "comment_added") == ["sent"])
    assert sorted(_letters(partnership, "clause_proposed")) == ["queued", "sent"]
    letters = Counter(str(it["Message-ID"]) for it in messages_to(entente.data, address))
    assert max(letters.values()) == 1


def _letters(partnership: Partnership, kind: str) -> list[str]:
    """What became of the e-mails about one kind of notice."""
    notices = _notices(partnership.theirs, partnership)
    return [letter["state"] for it in notices if it["kind"] == kind for letter in it["deliveries"]]


def _write(page: Page, partnership: Partnership, *, number: int, words: str) -> tuple[str, str]:
    """Type a change to an article, and do not send it yet."""
    clause = next(it for it in partnership.clauses() if it["number"] == number)
    text = f"{clause['text']} {words}"
    page.goto(f"{partnership.page}/articles/{clause['clause_id']}")
    page.get_by_label(f"Texte de l’article {number}").fill(text)
    return clause["clause_id"], text


def _is_proposed_once(partnership: Partnership, clause_id: str, text: str) -> None:
    clause = next(it for it in partnership.clauses() if it["clause_id"] == clause_id)
    assert (clause["text"], clause["revision"]) == (text, 2)


def _notices(voice: Api, partnership: Partnership) -> list[dict[str, Any]]:
    return [
        it
        for state in ("to_do", "to_read", "filed")
        for it in voice.get("/notices", state=state, limit=200)["notices"]
        if it["convention_id"] == partnership.convention_id
    ]


def _kill(entente: Entente, service: str) -> None:
    os.kill(_said(entente, service)["pid"], signal.SIGKILL)


def _wait_until_back(entente: Entente, service: str) -> None:
    def ready() -> bool:
        return get(f"{_said(entente, service)['ops']}/readyz")[0] == 200

    eventually_sync(ready, deadline=BACK_WITHIN_SECONDS)


def _said(entente: Entente, service: str) -> dict[str, Any]:
    return json.loads((entente.data / "run" / f"{service}.json").read_text(encoding="utf-8"))
