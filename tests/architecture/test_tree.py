"""House rules that no linter knows: where things are, and what they are called."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = sorted(
    path for folder in ("services", "shared", "deploy", "tests") for path in (ROOT / folder).rglob("*.py")
)
COMMANDS = sorted(ROOT.glob("services/*/*/commands/*.py"))
SERVICES = ("contacts", "projects", "notifications", "web")
BUSINESS_WORDS = (
    "convention",
    "clause",
    "mandate",
    "milestone",
    "indicator",
    "signature",
    "organisation",
    "référent",
)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [path for path in COMMANDS if path.name != "__init__.py"], ids=_name)
def test_a_use_case_is_named_after_its_module(path: Path) -> None:
    functions = {
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AsyncFunctionDef)
    }
    assert path.stem in functions


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in PYTHON if not _says_what_it_is_for(path)]
    assert not silent, [_name(path) for path in silent]


def _says_what_it_is_for(path: Path) -> bool:
    source = path.read_text(encoding="utf-8")
    if path.name == "__init__.py" and not source.strip():
        # The folders of tests need no words; they are named after what they test.
        return path.is_relative_to(ROOT / "tests")
    return source.lstrip().startswith(('"""', 'r"""'))


def test_a_file_holds_one_idea() -> None:
    """Contracts are lists, and lists may be long; everything else fits on a few screens."""
    long = {
        _name(path): lines
        for path in PYTHON
        if (lines := _lines(path)) > (600 if "contracts" in path.parts else 300)
    }
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


COMMON = sorted(path for folder in ("kit", "backbone") for path in (ROOT / "shared" / folder).rglob("*.py"))


@pytest.mark.parametrize("path", COMMON, ids=_name)
def test_what_services_share_knows_no_business_word(path: Path) -> None:
    source = path.read_text(encoding="utf-8").lower()
    # Names of contracts in an example are allowed where the docstring shows how to call.
    without_examples = re.sub(r"`[^`]*`", "", source)
    assert not [word for word in BUSINESS_WORDS if re.search(rf"\b{word}s?\b", without_examples)]


@pytest.mark.parametrize(("folder", "most"), [("kit", 1_200), ("backbone", 2_250)])
def test_what_services_share_stays_small(folder: str, most: int) -> None:
    code = 0
    for path in (ROOT / "shared" / folder).rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        code += sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))
    assert code <= most


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_tells_on_one_screen_what_it_is(service: str) -> None:
    readme = ROOT / "services" / service / "README.md"
    text = readme.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    for heading in ("Purpose", "Data", "Publishes", "Consumes"):
        assert re.search(rf"^## .*{heading}", text, re.MULTILINE), heading


@pytest.mark.parametrize("path", sorted(ROOT.glob("services/*/migrations/*.sql")), ids=_name)
def test_every_table_of_a_room_has_row_level_security(path: Path) -> None:
    """A table is either protected in the same file, or says in a comment before it that it holds ids only."""
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r"CREATE TABLE (\w+)", text):
        table = match.group(1)
        protected = re.search(rf"ALTER TABLE {table}\s+(ENABLE|FORCE) ROW LEVEL SECURITY", text)
        before = text[: match.start()].rstrip().rsplit("\n\n", 1)[-1]
        assert protected or "open" in before.lower(), f"{table}: protect it, or say why it is open"
