"""The preamble of a convention: it names the parties, in the words of annexe 11-1 where each side has one."""

from collections.abc import Iterable, Sequence

from services.projects.conventions.domain.clause import TO_COMPLETE
from services.projects.conventions.domain.party import Party
from shared.contracts.values import Side

_AGREED = "il est convenu ce qui suit :"


def preamble(parties: Iterable[Party]) -> str:
    """Who agrees: the establishments, then the associations. The articles speak of « l'établissement » and
    « l'association » however many they are.
    """
    everybody = list(parties)
    establishments = [it for it in everybody if it.side is Side.ESTABLISHMENT]
    associations = [it for it in everybody if it.side is Side.ASSOCIATION]
    return "\n\n".join((_establishments(establishments), _associations(associations), _AGREED))


def with_party(text: str, party: Party) -> str:
    """The preamble as it stands, that names one party more before what is agreed; what was written stays."""
    joining = (
        f"l'établissement {party.name}, compris dans les mots « l'établissement », {_seat(party, 'sis')}"
        if party.side is Side.ESTABLISHMENT
        else f"l'association {party.name}, comprise dans les mots « l'association », {_seat(party, 'sise')}"
    )
    head, agreed, tail = text.rpartition(_AGREED)
    paragraph = f"et {joining},"
    return f"{head}{paragraph}\n\n{agreed}{tail}" if agreed else f"{text}\n\n{paragraph}"


def without_party(text: str, party: Party) -> str:
    """The preamble as it stands, without the paragraph that names this party alone. One that was reworded otherwise stays."""
    kind = "établissement" if party.side is Side.ESTABLISHMENT else "association"
    openings = (f"et l'{kind} {party.name}, compris", f"{party.name}, sis")
    paragraphs = text.split("\n\n")
    named = [it for it in paragraphs if it.startswith(openings)]
    return "\n\n".join(it for it in paragraphs if it not in named) if len(named) == 1 else text


def _establishments(parties: Sequence[Party]) -> str:
    if len(parties) == 1:
        one = parties[0]
        return (
            f"Entre l'établissement {one.name}, ci-dessous dénommé l'établissement, "
            f"sis {one.seat or TO_COMPLETE}, représenté par {TO_COMPLETE},"
        )
    named = "\n\n".join(f"{it.name}, {_seat(it, 'sis')}," for it in parties)
    return f"Entre les établissements\n\n{named}\n\nensemble dénommés ci-dessous l'établissement,"


def _associations(parties: Sequence[Party]) -> str:
    if len(parties) == 1:
        one = parties[0]
        return (
            f"et l'association {one.name}, sise {one.seat or TO_COMPLETE}, "
            f"ci-dessous dénommée l'association, représentée par {TO_COMPLETE},"
        )
    named = "\n\n".join(f"{it.name}, {_seat(it, 'sise')}," for it in parties)
    return f"et les associations\n\n{named}\n\nensemble dénommées ci-dessous l'association,"


def _seat(party: Party, situated: str) -> str:
    represented = "représenté" if situated == "sis" else "représentée"
    return f"{situated} {party.seat or TO_COMPLETE}, {represented} par {TO_COMPLETE}"
