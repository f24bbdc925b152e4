"""What a sealed text says, read back from its canonical form: a document prints what was signed, whatever changed since."""

import json
from dataclasses import dataclass
from typing import Any

from shared.contracts.projects.terms import Terms


@dataclass(frozen=True, slots=True)
class SealedClause:
    """An article, as it was sealed."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SealedAnnex:
    """A file that the text names."""

    number: int
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SealedText:
    """The members that a document prints, of every form that was ever sealed (docs/architecture/sealed-text.md)."""

    aim: str
    regime: str
    terms: Terms
    clauses: tuple[SealedClause, ...]
    annexes: tuple[SealedAnnex, ...]

    @staticmethod
    def read(form: str) -> "SealedText":
        """From the canonical form."""
        said: dict[str, Any] = json.loads(form)
        return SealedText(
            aim=said["aim"],
            regime=said["regime"],
            # The first form named the term only.
            terms=Terms.model_validate(said.get("terms") or said["term"]),
            clauses=tuple(SealedClause(it["number"], it["title"], it["text"]) for it in said["clauses"]),
            annexes=tuple(
                SealedAnnex(it["number"], it["title"], it["file"]) for it in said.get("annexes", ())
            ),
        )
