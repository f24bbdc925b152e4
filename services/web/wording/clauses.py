"""How an article is called in a sentence, and several things one after another."""

from collections.abc import Iterable

from services.web.wording.dates import NBSP


def clause_name(number: int) -> str:
    """« l’article 4 »; what comes before article 1 names the parties."""
    return f"l’article{NBSP}{number}" if number else "le préambule"


def listed(names: Iterable[str]) -> str:
    """« A, B et C »."""
    *before, last = names
    return f"{', '.join(before)} et {last}" if before else last
