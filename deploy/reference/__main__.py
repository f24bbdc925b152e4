"""`python -m deploy.reference`: write the generated pages of `docs/reference/`."""

from pathlib import Path

from deploy.reference.pages import pages

FOLDER = Path(__file__).parents[2] / "docs" / "reference"

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in pages().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
