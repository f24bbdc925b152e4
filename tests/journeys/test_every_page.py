"""Every page of the running system, as the people of the sample reach it: readable by all, light, and no link is dead.

The pages' looks are tested with samples of their own (tests/web/look); here the values are those of real services.
"""

from collections.abc import Generator
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.journeys.conftest import DESK, PHONE, Entente, Person, sign_in
from tests.journeys.looking import TRY_IT, unreadable
from tests.journeys.mail import link_in, wait_for_message
from tests.journeys.operating import make_operator, put_aside
from tests.journeys.rest import pages
from tests.journeys.site import Reached, route_of, walk
from tests.journeys.situations import negotiating

MOST_REQUESTS = 10
MOST_BYTES = 130_000
MOST_SCRIPT_BYTES = 20_000
MOST_STYLE_BYTES = 8_000


@dataclass(frozen=True)
class Walked:
    """What one visitor can reach, and the pages of it to look at closely."""

    reached: Reached
    looked_at: list[str]


@dataclass
class Visited:
    """What one page asked for and said while it loaded."""

    requests: list[Request] = field(default_factory=list)
    finished: list[Request] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Begin with what the page asks and says from now on."""
        page.on("request", self.ask)
        page.on("requestfinished", self.finish)
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def ask(self, request: Request) -> None:
        """Keep what is asked for."""
        self.requests.append(request)

    def finish(self, request: Request) -> None:
        """Keep what has come."""
        self.finished.append(request)

    def hear(self, message: ConsoleMessage) -> None:
        """Keep what the console calls an error, but for the page's own status, which is the test's choice."""
        if message.type == "error" and "status of 404" not in message.text:
            self.said.append(message.text)


@pytest.fixture(scope="module")
def walks(entente: Entente) -> dict[str, Walked]:
    """The site of both sides and of whoever is not signed in; what no link leads to is added."""
    found: dict[str, Walked] = {}
    seen: set[str] = set()
    for who in ("claire", "odile", ""):
        with pages(entente, entente.people.get(who)) as client:
            reached = walk(client)
        kinds = reached.one_of_each_kind()
        # The second side looks at what it sees differently; the rest is the same page.
        found[who] = Walked(reached, [it for it in kinds if who != "odile" or _differs(it, seen)])
        seen |= {route_of(it) for it in kinds}
    found["claire"].looked_at.extend([f"/conventions/{uuid4()}", _ready_to_seal(entente)])
    invitation = link_in(wait_for_message(entente.data, "louise.ferrand@example.org", ""), "/invitation/")
    found["paul"] = _as_operator(entente)
    found["lea"] = _as_observer(entente)
    found[""].looked_at.extend(["/nulle-part", urlsplit(invitation).path, "/invitation/inconnue"])
    return found


def _as_operator(entente: Entente) -> Walked:
    make_operator(entente, entente.people["paul"])
    put_aside(entente)
    with pages(entente, entente.people["paul"]) as client:
        reached = walk(client)
    looked_at = [it for it in reached.pages if it.startswith("/exploitation/")]
    assert len(looked_at) >= 3, "the list, a message, and what comes before it is discarded"
    return Walked(reached, looked_at)


def _as_observer(entente: Entente) -> Walked:
    with pages(entente, entente.people["lea"]) as client:
        reached = walk(client)
    assert reached.failures == [], "no link leads where an observer may not go"
    rooms = [it for it in reached.pages if it.endswith("/salles/commune")]
    assert len(rooms) == 1
    return Walked(reached, ["/", "/conventions", *rooms])


def _differs(address: str, seen: set[str]) -> bool:
    return address == "/" or route_of(address) not in seen or address.startswith("/conventions/")


def _ready_to_seal(entente: Entente) -> str:
    with negotiating(entente, entente.people["claire"], entente.people["ines"]) as partnership:
        partnership.agree()
        return f"{partnership.page}/sceller"


@pytest.mark.parametrize("who", ["claire", "odile", ""])
def test_every_link_leads_somewhere(walks: dict[str, Walked], who: str) -> None:
    assert walks[who].reached.failures == []
    assert len(walks[who].reached.pages) > (60 if who else 4)


@pytest.fixture
def context(browser: Browser, entente: Entente, who: str) -> Generator[BrowserContext]:
    """One visitor's browser."""
    context = browser.new_context(base_url=entente.base, viewport=DESK, locale="fr-FR")  # pyright: ignore[reportArgumentType] - playwright's own TypedDict
    person: Person | None = entente.people.get(who)
    if person is not None:
        page = context.new_page()
        sign_in(page, person.email, person.password)
        page.close()
    context.add_init_script(Axe().axe_script)
    yield context
    context.close()


@pytest.mark.parametrize("who", ["claire", "odile", "paul", "lea", ""])
def test_every_page_is_readable_and_light(
    walks: dict[str, Walked], context: BrowserContext, entente: Entente, who: str
) -> None:
    problems: list[str] = []
    for address in walks[who].looked_at:
        page, visited = _open(context, address)
        found = [*_too_heavy(visited, address), *_strangers(visited, entente.base), *visited.said]
        found += unreadable(page, address, (DESK, PHONE))
        page.close()
        problems += [f"{address}: {it}" for it in found]
    assert problems == []


@pytest.mark.parametrize("who", [""])
def test_what_is_broken_is_found(context: BrowserContext, who: str) -> None:
    page = context.new_page()
    page.goto("/aide")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x><a href=/ id=small>.</a>'")
    # Through the object model, which the content policy leaves open; it refuses a <style>.
    page.evaluate("Object.assign(small.style, {display: 'block', width: '400px', height: '9px'})")
    found = "\n".join(unreadable(page, "/aide", (DESK, PHONE)))
    assert all(it in found for it in ("image-alt", "page-has-heading-one", "too small", "wider")), found


def _open(context: BrowserContext, address: str) -> tuple[Page, Visited]:
    page, visited = context.new_page(), Visited()
    # Nothing is kept from one page to the next, so that each weighs what it weighs alone.
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    visited.listen(page)
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    return page, visited


def _too_heavy(visited: Visited, address: str) -> list[str]:
    if address == TRY_IT:
        return []
    weights = {"script": 0, "stylesheet": 0}
    total = 0
    for request in visited.finished:
        size = request.sizes()["responseBodySize"]
        total += size
        weights[request.resource_type] = weights.get(request.resource_type, 0) + size
    measured = (
        (len(visited.requests), MOST_REQUESTS, "requests"),
        (total, MOST_BYTES, "bytes"),
        (weights["script"], MOST_SCRIPT_BYTES, "bytes of scripts"),
        (weights["stylesheet"], MOST_STYLE_BYTES, "bytes of styles"),
    )
    return [f"{amount} {what}" for amount, most, what in measured if amount > most]


def _strangers(visited: Visited, base: str) -> list[str]:
    return [f"asks {it.url}" for it in visited.requests if not it.url.startswith((f"{base}/", "data:"))]
