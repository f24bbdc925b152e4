"""How a name becomes the words that it is found by, and how what somebody types is compared to them.

Both sides go through the same function, so accents, capitals, punctuation and the abbreviations of the field never
stand between a question and its answer.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence

from services.contacts.directory.domain.departements import NAMES, departement_of

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})

# Words that are in nearly every name say nothing about it.
STOP_WORDS = frozenset(
    [
        "a",
        "au",
        "aux",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "par",
        "pour",
        "s",
        "sous",
        "sur",
        "un",
        "une",
    ]
)

# One word for another: either spelling finds the other.
_SAME = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "hop": "hopital",
    "hopitaux": "hopital",
    "hosp": "hospitalier",
    "clin": "clinique",
    "ctre": "centre",
    "inst": "institut",
    "asso": "association",
    "assoc": "association",
    "fede": "federation",
    "univ": "universitaire",
}

# One word for several, as the registers write them and as people say them.
_ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "ch": ("centre", "hospitalier"),
    "chi": ("centre", "hospitalier", "intercommunal"),
    "chr": ("centre", "hospitalier", "regional"),
    "chru": ("centre", "hospitalier", "regional", "universitaire"),
    "chs": ("centre", "hospitalier", "specialise"),
    "chu": ("centre", "hospitalier", "universitaire"),
    "clcc": ("centre", "lutte", "contre", "cancer"),
    "ght": ("groupement", "hospitalier", "territoire"),
    "gh": ("groupe", "hospitalier"),
    "had": ("hospitalisation", "domicile"),
    "hl": ("hopital", "local"),
    "hp": ("hopital", "prive"),
    "ehpad": ("etablissement", "hebergement", "personnes", "agees", "dependantes"),
    "smr": ("soins", "medicaux", "readaptation"),
    "ssr": ("soins", "suite", "readaptation"),
}


def words_of(text: str) -> list[str]:
    """The words of a text in their order: folded, without the words that say nothing."""
    return [word for word in folded(text) if word not in STOP_WORDS]


def folded(text: str) -> list[str]:
    """Every word of a text: lower case, without accents, « C.H.U. » as one word, « St » written out."""
    # Decomposed before and after: « Ǽ » is a ligature under an accent, and some capitals fold into marked letters.
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    plain = unicodedata.normalize("NFKD", decomposed).casefold()
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    words: list[str] = []
    after_letter = False
    for word in map(str, _WORD.findall(kept)):
        is_letter = len(word) == 1 and word.isalpha()
        if is_letter and after_letter:
            words[-1] += word
        else:
            words.append(word)
        after_letter = is_letter
    return [_SAME.get(word, word) for word in words]


def findable_by(text: str) -> set[str]:
    """Every word that a name is found by: its own, and those of its abbreviations written out or made."""
    words = words_of(text)
    found = set(words)
    for short, long in _ABBREVIATIONS.items():
        if short in found:
            found.update(long)
        elif _in_a_row(long, words):
            found.add(short)
    if "hospitalier" in found:
        # What a register calls « centre hospitalier », people call « hôpital ».
        found.add("hopital")
    return found


def places_of(postal_code: str) -> set[str]:
    """What a postal code is found by: itself, and the number and the name of its département."""
    departement = departement_of(postal_code)
    if departement is None:
        return set()
    return {postal_code.strip(), departement, *words_of(NAMES[departement])}


def code_of(word: str) -> int:
    """The positive integer that stands for a word in the index. Two words in two thousand million share one."""
    return zlib.crc32(word.encode()) & 0x7FFF_FFFF


def is_number(word: str) -> bool:
    """Whether a word is a number of a register or a postal code, which is typed right or not at all."""
    return any(character.isdigit() for character in word)


def distance(one: str, other: str, *, at_most: int) -> int:
    """How many typing errors lie between two words: a letter more, less, wrong, or two exchanged.

    Stops counting above `at_most`.
    """
    if abs(len(one) - len(other)) > at_most:
        return at_most + 1
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, against in enumerate(other, start=1):
            cost = min(
                previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (letter != against)
            )
            if before and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > at_most:
            return at_most + 1
        before, previous = previous, current
    return previous[-1]


def errors_allowed(word: str) -> int:
    """How many typing errors a word of this length may hold and still be recognised."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 7 else 2


def _in_a_row(part: Sequence[str], whole: Sequence[str]) -> bool:
    return any(
        tuple(whole[start : start + len(part)]) == tuple(part) for start in range(len(whole) - len(part) + 1)
    )
