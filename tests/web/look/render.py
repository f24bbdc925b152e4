"""Render every template with sample values, to be looked at. Run alone, it also takes pictures.

python -m tests.web.look.render /tmp/entente-pages            # HTML, then PNG at 390 and 1280 px
python -m tests.web.look.render /tmp/entente-pages accueil    # only the pages whose name holds "accueil"
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from services.web.rendering import STATIC, Rendering
from tests.web.look.browser import open_browser, serve
from tests.web.look.samples import PAGES, frame

WIDTHS = (390, 1280)


def render_pages(folder: Path, only: str = "") -> list[str]:
    """Write the pages whose name holds `only`, and the static files, under `folder`; return their names."""
    rendering = Rendering()
    names = [name for name in PAGES if only in name]
    for name in names:
        template, context = PAGES[name]
        (folder / f"{name}.html").write_text(rendering.page(template, frame(context)), encoding="utf-8")
    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
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


def main(folder: Path, only: str = "") -> None:
    """Render, take pictures, say where."""
    folder.mkdir(parents=True, exist_ok=True)
    names = render_pages(folder, only)
    take_pictures(folder, names)
    sys.stdout.write(f"{len(names)} pages in {folder}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
