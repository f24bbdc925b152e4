"""File names as people's machines give them: kept as they are, refused where they could deceive or harm. Pure."""

import unicodedata

MOST_CHARACTERS = 150

# They reorder what is read: `facture_U+202Efdp.exe` shows as `facture_exe.pdf` (Unicode TR 36, section 3.2).
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Names of devices, which Windows opens instead of a file, whatever follows the dot.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{it}{n}" for it in ("com", "lpt") for n in range(1, 10)}
)


def safe_name(given: str) -> str | None:
    """The last part of the path that a browser gave, in NFC; None for a name that is not safe to show or to save."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/").rpartition("/")[2]).strip()
    stem = name.partition(".")[0].strip().lower()
    if not stem or stem in _DEVICES or len(name) > MOST_CHARACTERS or name.endswith("."):
        return None
    if any(it in _REORDERING or unicodedata.category(it) in {"Cc", "Cs", "Zl", "Zp"} for it in name):
        return None
    return None if set(name) & set('<>:"|?*') else name


def extension(name: str) -> str:
    """What follows the last dot, in lower case."""
    return name.rpartition(".")[2].lower() if "." in name else ""
