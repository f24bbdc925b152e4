"""Every page, as people see it: readable by all, light and dark, on a phone and on a desk, under budget.

The pages are rendered from samples and served with the content policy of production. What this cannot see is whether
a view gives these values: the journeys do.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from typing_extensions import override

from services.web.rendering import STATIC
from tests.web.look.browser import open_browser, serve
from tests.web.look.render import render_pages
from tests.web.look.samples import PAGES

KIB = 1000
SWAGGER_PAGE = "api"  # its weight and its inner markup are Swagger UI's
OPEN_DETAILS = "document.querySelectorAll('main details').forEach(details => details.open = true)"
#: A plain space where French wants one that does not break, or a straight apostrophe.
WRONG_TYPOGRAPHY = re.compile(r".{0,20}(?: [:;?!%\u00bb](?!\w)|\u00ab |\w'\w).{0,20}")
OURS = [name for name in PAGES if name != SWAGGER_PAGE]
ONE_OF_EACH_TEMPLATE = list({PAGES[name][0]: name for name in reversed(OURS)}.values())
PARTS = 4  # of the pages: a test that looks at all of them takes minutes on a small machine
COLOUR_RULES = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pages")
    render_pages(place)
    return place


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_a_rule_of_accessibility(browser: Browser, base: str, part: int) -> None:
    """axe-core, rules A, AA, AAA and best practices; in the dark, those about colour once more."""
    page = browser.new_page(viewport={"width": 390, "height": 900})
    broken = _broken_rules(page, base, OURS[part::PARTS])
    page.close()
    assert broken == []


@pytest.mark.parametrize("part", range(PARTS))
def test_no_wide_page_breaks_a_rule_of_accessibility(browser: Browser, base: str, part: int) -> None:
    """What depends on the width is laid out by the template: one page of each is enough."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    broken = _broken_rules(page, base, ONE_OF_EACH_TEMPLATE[part::PARTS])
    page.close()
    assert broken == []


def test_no_page_is_wider_than_a_small_phone(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    wide: list[str] = []
    for name in PAGES:
        page.goto(f"{base}/{name}.html")
        page.evaluate(OPEN_DETAILS)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(name)
    page.close()
    assert wide == []


def test_nothing_to_touch_is_smaller_than_24_pixels(browser: Browser, base: str) -> None:
    """Links inside a sentence are exempt (WCAG 2.5.8); everything that stands alone is not."""
    page = browser.new_page(viewport={"width": 390, "height": 900})
    small: list[str] = []
    for name in OURS:
        page.goto(f"{base}/{name}.html")
        page.evaluate(OPEN_DETAILS)
        small += [
            f"{name}: {text}"
            for text in page.evaluate(
                """() => [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea, a')]
                .filter(it => it.checkVisibility() && !(it.matches('a') && getComputedStyle(it).display === 'inline'))
                .filter(it => !it.matches('.evitement'))
                .filter(it => it.getBoundingClientRect().height < 24 || it.getBoundingClientRect().width < 24)
                .map(it => it.outerHTML.slice(0, 100))"""
            )
        ]
    page.close()
    assert small == []


def test_pages_stay_within_their_weight(browser: Browser, base: str) -> None:
    """At most 10 requests and 130 kB with every text file compressed, as the web service sends them."""
    heavy: list[str] = []
    for name in ONE_OF_EACH_TEMPLATE:
        page = browser.new_page()
        weights: list[int] = []
        page.on("requestfinished", lambda request, into=weights: into.append(_weight(request.url, base)))
        page.goto(f"{base}/{name}.html", wait_until="load")
        page.evaluate("document.fonts.ready")
        page.close()
        if len(weights) > 10 or sum(weights) > 130 * KIB:
            heavy.append(f"{name}: {len(weights)} requests, {sum(weights)} bytes")
    assert heavy == []


def test_scripts_and_styles_stay_small() -> None:
    vendored = STATIC / "vendor" / "htmx-4.0.1"
    scripts = [STATIC / "entente.js", *vendored.glob("*.js")]
    assert sum(_compressed(path) for path in scripts) <= 20 * KIB
    assert _compressed(STATIC / "entente.css") <= 8 * KIB
    assert (STATIC / "entente.js").stat().st_size < 3 * KIB


def test_pages_need_nothing_that_the_content_policy_refuses(browser: Browser, base: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for name in PAGES:
        page.goto(f"{base}/{name}.html", wait_until="load")
    page.close()
    assert [text for text in said if "openapi.json" not in text and "404" not in text] == []


def test_a_live_message_fills_the_reserved_line_and_moves_nothing(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=True)
    page.add_init_script(
        "new PerformanceObserver(list => list.getEntries().forEach(it => "
        "globalThis.shift = (globalThis.shift || 0) + it.value)).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"{base}/accueil.html")
    page.locator("#direct", has_text="1 nouveauté.").wait_for()
    assert page.locator("#non-lus").inner_text().startswith("4")
    assert page.evaluate("globalThis.shift || 0") <= 0.01
    page.close()


def test_a_refused_form_shows_its_errors_first_without_any_script(browser: Browser, base: str) -> None:
    page = _without_scripts(browser)
    page.goto(f"{base}/signer-erreur.html")
    assert page.evaluate("document.activeElement.className") == "resume-erreurs"
    page.get_by_role("link", name="Ce mot de passe n’est pas le bon").click()
    assert page.evaluate("location.hash") == "#password"
    page.close()


def test_a_form_is_sent_once(browser: Browser, base: str) -> None:
    page = browser.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(f"{base}/connexion.html")
    page.get_by_label("Adresse électronique").fill("claire@exemple.fr")
    page.get_by_label("Mot de passe", exact=True).fill("une phrase secrète")
    page.evaluate("() => { const form = document.forms[0]; form.requestSubmit(); form.requestSubmit(); }")
    page.locator("#direct", has_text="Chargement…").wait_for()
    page.close()
    assert len(sent) == 1


def test_texts_follow_french_typography(folder: Path) -> None:
    """No-break space before : ; ? ! % and inside « », and the curved apostrophe."""
    wrong: list[str] = []
    for name in PAGES:
        text = _words((folder / f"{name}.html").read_text(encoding="utf-8"))
        wrong += [f"{name}: {it}" for it in WRONG_TYPOGRAPHY.findall(text)]
    assert wrong == []


def _broken_rules(page: Page, base: str, names: list[str]) -> list[str]:
    broken: list[str] = []
    for name in names:
        page.emulate_media(color_scheme="light")
        page.goto(f"{base}/{name}.html")
        page.evaluate(OPEN_DETAILS)
        response = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
        broken += _violations(name, response)
        page.emulate_media(color_scheme="dark")
        # axe-core is in the page already.
        response = page.evaluate(
            "options => axe.run(document, options)", {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
        )
        broken += _violations(f"{name} (dark)", response)
    return broken


def _violations(name: str, response: dict[str, Any]) -> list[str]:
    return [
        f"{name}: {violation['id']}: {node['html'][:120]} {node['failureSummary'].splitlines()[1:]}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]


def _without_scripts(browser: Browser) -> Page:
    return browser.new_context(java_script_enabled=False).new_page()


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def _weight(url: str, base: str) -> int:
    path = url.removeprefix(base).partition("?")[0].removeprefix("/")
    if path.startswith("evenements"):
        return 0
    served = STATIC / path.removeprefix("static/") if path.startswith("static/") else None
    return _file_weight(served) if served else 0


def _file_weight(path: Path) -> int:
    return path.stat().st_size if path.suffix == ".woff2" else _compressed(path)


class _Words(HTMLParser):
    """The text that is shown or read aloud, attributes included."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.skipping = False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipping = tag in {"script", "code"}
        self.words += [value for name, value in attrs if name in {"aria-label", "alt", "title"} and value]

    @override
    def handle_endtag(self, tag: str) -> None:
        self.skipping = False

    @override
    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.words.append(data)


def _words(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    return re.sub(r"[ \n\t]+", " ", "".join(parser.words))
