"""How an article is called in a sentence."""

from services.web.wording.dates import NBSP


def clause_name(number: int) -> str:
    """« l’article 4 »; what comes before article 1 names the parties."""
    return f"l’article{NBSP}{number}" if number else "le préambule"
