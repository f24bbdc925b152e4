"""How text is compared with what somebody looks for: without accents, case or ligatures."""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "\u00a0": " ", "\u202f": " "})
# More words than people type; each is one more comparison for every line of a room.
_MOST_WORDS = 10


def folded(text: str) -> str:
    """« Forêt d’Œuvres » → "foret d'oeuvres"."""
    # Decomposed first: a mathematical A is a capital letter only once it is an ordinary one.
    decomposed = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    )
    return "".join(it for it in decomposed if not unicodedata.combining(it))


def words_of(text: str) -> list[str]:
    """The words to be found, each once, in any order."""
    return list(dict.fromkeys(folded(text).split()))[:_MOST_WORDS]
