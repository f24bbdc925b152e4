"""Render every template with sample values, to be looked at. Run alone, it also takes pictures.

    python -m tests.web.look.render /tmp/entente-pages            # HTML, then PNG at 390 and 1280 px
    python -m tests.web.look.render /tmp/entente-pages accueil    # only the pages whose name holds "accueil"
"""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.web.wording.dates import FILTERS, moment
from tests.web.look.browser import open_browser, serve
from tests.web.look.samples import PAGES, TODAY, frame

WEB = Path(__file__).parents[3] / "services" / "web"
WIDTHS = (390, 1280)


def environment() -> Environment:
    """As the web service has it. StrictUndefined: a variable that a template does not document fails here."""
    env = Environment(loader=FileSystemLoader(WEB / "templates"), autoescape=True, undefined=StrictUndefined)
    env.filters |= {**FILTERS, "moment": partial(moment, today=TODAY)}
    env.globals["asset"] = lambda path: f"/static/{path}?v=1"
    return env


def render_pages(folder: Path, only: str = "") -> list[str]:
    """Write the pages whose name holds `only`, and the static files, under `folder`; return their names."""
    env = environment()
    names = [name for name in PAGES if only in name]
    for name in names:
        template, context = PAGES[name]
        html = env.get_template(template).render(frame(context))
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    shutil.copytree(WEB / "static", folder / "static", dirs_exist_ok=True)
    return names


def take_pictures(folder: Path, names: list[str]) -> None:
    """One full-page PNG per page and width."""
    with serve(folder) as base, open_browser() as browser:
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900})
            for name in names:
                page.goto(f"{base}/{name}.html")
                page.evaluate("document.fonts.ready")
                page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def main(arguments: SimpleNamespace) -> None:
    folder = Path(arguments.folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = render_pages(folder, arguments.only)
    take_pictures(folder, names)
    print(f"{len(names)} pages in {folder}")


if __name__ == "__main__":
    main(SimpleNamespace(folder=sys.argv[1], only=sys.argv[2] if len(sys.argv) > 2 else ""))
