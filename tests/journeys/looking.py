"""What axe-core and a ruler have against a page: the rules A, AA and AAA and best practices, colours in the dark too."""

from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]

# The page of the API: the markup inside, with a <main> of its own, and the weight are Swagger UI's; the page around it
# is ours.
TRY_IT = "/api"
_SWAGGER = "#swagger-ui"
_RULES_OF_WHOLE_PAGES = ("landmark-no-duplicate-main", "landmark-main-is-top-level", "landmark-unique")

_SMALL_PHONE = {"width": 320, "height": 640}

_OPEN_DETAILS = "document.querySelectorAll('main details').forEach(details => details.open = true)"
_TOO_SMALL = """() => [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea, a')]
  .filter(it => it.checkVisibility() && !(it.matches('a') && getComputedStyle(it).display === 'inline'))
  .filter(it => !it.matches('.evitement') && !it.closest('#swagger-ui'))
  .filter(it => it.getBoundingClientRect().height < 24 || it.getBoundingClientRect().width < 24)
  .map(it => it.outerHTML.slice(0, 100))"""
_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
_RUN_AXE = """([within, options]) =>
  axe.run(within, {...options, resultTypes: ['violations']}).then(found => found.violations)"""


class Glass:
    """Looks at what somebody's browser shows: `look(page)` fails when anything is wrong with it.

    The same HTML is opened once more, in a browser beside: nothing moves under whoever acts, and pages without
    JavaScript, where axe-core cannot run, are looked at as well.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._beside: dict[tuple[int, int], Page] = {}

    def __call__(self, page: Page) -> None:
        """Look at it, as wide as it is. Whoever calls has waited for something of the page."""
        page.wait_for_load_state()
        address, html = page.url.partition("#")[0], page.content()
        beside = self._page_like(page)

        def give(route: Route) -> None:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

        beside.route(lambda url: url == address, give, times=1)
        beside.goto(address)
        if problems := unreadable_here(beside, address):
            raise AssertionError("\n".join([address, *problems]))

    def close(self) -> None:
        """Close the browsers beside."""
        for page in self._beside.values():
            page.context.close()

    def _page_like(self, page: Page) -> Page:
        size = page.viewport_size
        assert size is not None
        width, height = size["width"], size["height"]
        if (width, height) not in self._beside:
            context = self._browser.new_context(viewport=size, locale="fr-FR")
            context.add_init_script(Axe().axe_script)
            self._beside[width, height] = context.new_page()
        return self._beside[width, height]


def unreadable(page: Page, address: str, sizes: Iterable[dict[str, int]]) -> list[str]:
    """What is wrong with a page at some sizes, and on the smallest phone."""
    problems: list[str] = []
    for size in sizes:
        page.set_viewport_size(size)  # pyright: ignore[reportArgumentType] - playwright's own TypedDict
        problems += _seen(page, address)
    problems += _too_small(page)
    page.set_viewport_size(_SMALL_PHONE)  # pyright: ignore[reportArgumentType] - playwright's own TypedDict
    return problems + _too_wide(page)


def unreadable_here(page: Page, address: str) -> list[str]:
    """What is wrong with a page as wide as it is."""
    return [*_seen(page, address), *_too_small(page), *_too_wide(page)]


def _seen(page: Page, address: str) -> list[str]:
    page.evaluate(_OPEN_DETAILS)
    page.emulate_media(color_scheme="light")
    problems = _violations(page, address, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    problems += _violations(page, address, {"type": "rule", "values": COLOUR_RULES})
    page.emulate_media(color_scheme="light")
    return problems


def _too_small(page: Page) -> list[str]:
    return [f"too small: {it}" for it in page.evaluate(_TOO_SMALL)]


def _too_wide(page: Page) -> list[str]:
    size = page.viewport_size
    return [f"wider than {size['width']} px"] if size and page.evaluate(_TOO_WIDE) else []


def _violations(page: Page, address: str, rules: dict[str, object]) -> list[str]:
    within: dict[str, list[str]] = {"exclude": []}
    options: dict[str, object] = {"runOnly": rules}
    if address == TRY_IT:
        within["exclude"] = [_SWAGGER]
        options["rules"] = {name: {"enabled": False} for name in _RULES_OF_WHOLE_PAGES}
    violations: list[dict[str, Any]] = page.evaluate(_RUN_AXE, [within, options])
    return [
        f"{violation['id']}: {node['html'][:120]} {node['failureSummary'].splitlines()[1:]}"
        for violation in violations
        for node in violation["nodes"]
    ]
