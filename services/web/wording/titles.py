"""Titles that people gave, inside our sentences."""

from services.web.wording.dates import NBSP
from shared.texts.showing import isolated


def quoted(title: str) -> str:
    """« Écoute en oncologie », kept apart from the words around it where it runs from right to left."""
    return f"«{NBSP}{isolated(title)}{NBSP}»"
