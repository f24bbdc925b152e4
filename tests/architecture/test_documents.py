"""Documents lead somewhere: every relative link in a Markdown file points to something that exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not {".venv", ".entente", "node_modules", ".pytest_cache"} & set(path.relative_to(ROOT).parts)
)


@pytest.mark.parametrize("page", PAGES, ids=lambda it: str(it.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = [
        target
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_map_names_every_document() -> None:
    """From docs/index.md one reaches every page of docs/ in at most two steps."""
    reached: set[Path] = set()
    edge = [ROOT / "docs" / "index.md"]
    for _ in range(3):
        following: list[Path] = []
        for page in edge:
            if page in reached or page.suffix != ".md":
                continue
            reached.add(page)
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
                path = (page.parent / target).resolve()
                following += sorted(path.glob("*.md")) if path.is_dir() else [path]
        edge = following
    every = set((ROOT / "docs").rglob("*.md"))
    assert every <= reached, sorted(str(it.relative_to(ROOT)) for it in every - reached)
