"""The REST API as a program of somebody uses it, and the pages as a browser without a window asks for them."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.journeys.conftest import Entente, Person

PROBLEM = "application/problem+json"


class Api:
    """One person, with her token; or anybody, with none."""

    def __init__(self, base: str, token: str | None) -> None:
        self._client = httpx.Client(
            base_url=f"{base}/api/v1",
            headers={"authorization": f"Bearer {token}"} if token else {},
            timeout=20,
            # A proxy of the environment has nothing to do with loopback.
            trust_env=False,
        )

    def close(self) -> None:
        self._client.close()

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Whatever the answer is."""
        return self._client.request(method, path, **given)

    def get(self, path: str, **query: Any) -> Any:
        """What is at an address, which must exist."""
        answer = self.ask("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def do(self, path: str, *, method: str = "POST", **body: Any) -> Any:
        """Act; it must be done."""
        answer = self.ask(method, path, json=body)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    def refused(self, status: int, code: str, method: str, path: str, **given: Any) -> dict[str, Any]:
        """Ask for what the rules refuse; the problem document, which must be one."""
        return problem_in(self.ask(method, path, **given), status, code)


def problem_in(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of an answer, checked against RFC 9457 and our own promises."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:entente:problem:{code}"
    # In French, for a person: a capital letter, words, and never the code itself.
    for sentence in (problem["title"], problem["detail"]):
        assert sentence[0].isupper(), sentence
        assert " " in sentence, sentence
        assert code not in sentence
    assert problem["trace_id"] == answer.headers["trace-id"]
    return problem


@contextmanager
def api(entente: Entente, who: Person | str | None) -> Generator[Api]:
    """The API on behalf of somebody of the sample, of the bearer of a token, or of nobody."""
    opened = Api(entente.base, who.token if isinstance(who, Person) else who)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def pages(entente: Entente, person: Person | None = None) -> Generator[httpx.Client]:
    """A browser without a window: keeps cookies, says where its forms come from, does not follow redirections."""
    headers = {"sec-fetch-site": "same-origin", "user-agent": "Firefox/140 (X11; Linux)"}
    with httpx.Client(base_url=entente.base, headers=headers, timeout=20, trust_env=False) as client:
        if person is not None:
            answer = client.post("/connexion", data={"email": person.email, "password": person.password})
            assert answer.status_code == 303, answer.text
        yield client
