"""The whole system with its sample, and browsers in front of it."""

import json
import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.looking import Glass
from tests.support.servers import data_folder
from tests.support.system import RunningSystem

# What the machine's closed network would refuse, many times at every start, is switched off.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

# On two busy cores; a page takes a few hundredths of a second.
PATIENCE_MILLISECONDS = 15_000


@dataclass(frozen=True)
class Person:
    """Somebody of the sample."""

    name: str
    side: str
    organization: str
    email: str
    password: str
    token: str


@dataclass(frozen=True)
class Entente:
    """The running system."""

    base: str
    data: Path
    people: dict[str, Person]


Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def entente() -> Generator[Entente]:
    """The whole system, started as an operator does, with its sample."""
    with data_folder() as folder:
        system = RunningSystem(folder / "home")
        try:
            system.wait_until_ready()
            sample = json.loads((system.data / "sample.json").read_text(encoding="utf-8"))
            people = {it["email"].partition(".")[0]: Person(**it) for it in sample["people"]}
            yield Entente(sample["base"], system.data, people)
        finally:
            system.stop()


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """Chromium, as Debian packages it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is not installed: `make test` says how to get it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, entente: Entente) -> Generator[Visit]:
    """Open a browser of somebody's own: `visit(person, width=390, javascript=False)`; signed in when given a person."""
    contexts: list[BrowserContext] = []

    def open_browser(
        person: Person | None = None,
        *,
        size: dict[str, int] | None = None,
        javascript: bool = True,
        scheme: str = "light",
    ) -> Page:
        context = browser.new_context(
            base_url=entente.base,
            viewport=size or DESK,  # pyright: ignore[reportArgumentType] - playwright's own TypedDict
            java_script_enabled=javascript,
            color_scheme=scheme,  # pyright: ignore[reportArgumentType] - a literal of playwright's
            locale="fr-FR",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        page = context.new_page()
        if person is not None:
            sign_in(page, person.email, person.password)
        return page

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def look(browser: Browser) -> Generator[Glass]:
    """Look at what a browser of `visit` shows: `look(page)`."""
    glass = Glass(browser)
    yield glass
    glass.close()


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in as people do."""
    page.goto("/connexion")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("heading", level=1, name="Bonjour").wait_for()
