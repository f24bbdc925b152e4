"""The versions of a text, as a list to choose from names them."""

from collections.abc import Sequence
from datetime import datetime

from services.web.wording.dates import NBSP, heure, plain_date, pluriel
from shared.contracts.projects.comparisons import TextVersion

_NAMED = 4


def moment_in_words(at: datetime) -> str:
    """« 16 novembre 2026 à 10 h 05 », where no HTML can be."""
    return f"{plain_date(at)} à{NBSP}{heure(at)}"


def revision_in_words(revision: int, who: str, at: datetime) -> str:
    """« Version 3 : Odile Marchand, 16 novembre 2026 à 10 h 05 »"""
    return f"Version{NBSP}{revision}{NBSP}: {who}, {moment_in_words(at)}"


def version_in_words(version: TextVersion, who: str, *, first: bool) -> str:
    """« articles 4 et 7, conditions, par Odile Marchand, 16 novembre 2026 à 10 h 05 »"""
    what = "premier texte" if first else ", ".join(_changes(version))
    return f"{what[0].upper()}{what[1:]}, par {who}, {moment_in_words(version.at)}"


def _changes(version: TextVersion) -> list[str]:
    changes = [_clauses(version.clauses)] if version.clauses else []
    if version.withdrawn:
        gone = pluriel(len(version.withdrawn), "retiré", "retirés", nombre=False)
        changes.append(f"{_clauses(version.withdrawn)} {gone}")
    if version.terms:
        changes.append("conditions")
    if version.annexes:
        changes.append(_numbered("annexe", "annexes", version.annexes))
    if version.sealed:
        changes.append("texte scellé")
    return changes


def _clauses(numbers: Sequence[int]) -> str:
    if tuple(numbers) == (0,):
        return "préambule"
    return _numbered("article", "articles", numbers)


def _numbered(one: str, several: str, numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"{one}{NBSP}{numbers[0]}"
    if len(numbers) > _NAMED:
        return f"{len(numbers)}{NBSP}{several}"
    *others, last = map(str, numbers)
    return f"{several}{NBSP}{', '.join(others)} et{NBSP}{last}"
