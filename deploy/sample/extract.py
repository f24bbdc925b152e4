"""Make `organizations.csv` from files of public registers: `python -m deploy.sample.extract <folder of the registers>`.

Reads only what the Licence Ouverte allows to ship (SOURCES.md), and of that no telephone, no e-mail, no address of a
declarant. Run it again when the registers change; the ids stay the same, because they are made from the numbers.
"""

import csv
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from uuid import UUID

from stdnum.fr import siren

TARGET = Path(__file__).parent / "organizations.csv"

# The categories of FINESS that welcome patients' associations most, in our words, and how many of each: the file stays
# small, and every kind is there to be searched for.
KINDS = {
    "101": ("Centre hospitalier régional", 60),
    "131": ("Centre de lutte contre le cancer", 20),
    "355": ("Centre hospitalier", 150),
    "365": ("Établissement de soins pluridisciplinaire", 50),
    "292": ("Centre hospitalier spécialisé en santé mentale", 25),
    "109": ("Établissement de soins de suite et de réadaptation", 25),
    "127": ("Hospitalisation à domicile", 12),
}

# Written as initials, whatever their length.
INITIALS = frozenset(
    [
        "ANAS",
        "APAJH",
        "APHM",
        "CH",
        "CHI",
        "CHIC",
        "CHM",
        "CHR",
        "CHRU",
        "CHS",
        "CHU",
        "CLCC",
        "CMC",
        "CRF",
        "CSSR",
        "EPS",
        "EPSM",
        "EPSMD",
        "GCS",
        "GH",
        "GHI",
        "GHT",
        "GHU",
        "HAD",
        "HIA",
        "HL",
        "HP",
        "PACA",
        "SIS",
        "SOS",
        "SSR",
        "UGECAM",
        "USLD",
        "VLM",
    ]
)
SMALL_WORDS = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sous", "sur", "un", "une"]
)
WRITTEN_OUT = {"ctre": "centre", "etab": "etablissement", "hop": "hopital", "rte": "route"}
KINDS_OF_STREET = {
    "ALL": "allée",
    "AV": "avenue",
    "BD": "boulevard",
    "CHE": "chemin",
    "CRS": "cours",
    "IMP": "impasse",
    "PL": "place",
    "QU": "quai",
    "R": "rue",
    "RTE": "route",
}

# "A.J.O.I.", "C.H"
_DOTTED = re.compile(r"([A-Z]\.)+[A-Z]?")

# When the registers were read: the first part of the ids, so that they sort before those of a running system.
READ_AT_MILLISECONDS = 1_672_444_800_000


@dataclass(frozen=True)
class Line:
    """One organisation, as the loader registers it."""

    organization_id: str
    side: str
    name: str
    kind: str
    finess: str = ""
    siren: str = ""
    rna: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    purpose: str = ""


def main() -> None:
    """Read the registers below the given folder and write the file."""
    registers = Path(sys.argv[1])
    lines = [
        *establishments(_rows(registers / "etablissements", "sae_ID_*.csv", encoding="cp1252")),
        *overseas(registers / "finess"),
        *associations(registers / "associations"),
    ]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Line))
        writer.writerows(astuple(line) for line in lines)
    sys.stdout.write(f"{len(lines)} organisations, {TARGET.stat().st_size} bytes\n")


def establishments(rows: Iterable[dict[str, str]]) -> Iterator[Line]:
    """Establishments of the SAE, one of each legal entity: a SIREN names one organisation of the directory."""
    left = {category: count for category, (_, count) in KINDS.items()}
    entities: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda it: it["fi"]):
        # The lowest number is most often the main site, which bears the name that people know.
        if row["cat"] in KINDS and siren.is_valid(row["sir"][:9]):
            entities.setdefault(row["sir"][:9], row)
    for entity in sorted(entities, key=lambda it: hashlib.sha256(it.encode()).digest()):
        row = entities[entity]
        if not left[row["cat"]]:
            continue
        left[row["cat"]] -= 1
        yield Line(
            organization_id=stable_id(row["fi"]),
            side="establishment",
            name=readable(row["rs"]),
            kind=KINDS[row["cat"]][0],
            finess=row["fi"],
            siren=entity,
            street=street(row["NUMVOI"], row["TYPVOI"], row["NOMVOI"]),
            postal_code=row["CPO"],
            city=readable(row["LIBCOM"]),
        )


def overseas(folder: Path) -> Iterator[Line]:
    """Hospitals of the FINESS extraction, whose lines begin by `structureet` and have no header."""
    for path in sorted(folder.glob("etalab-cs1100502*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter=";"):
                if row[0] != "structureet" or row[18] not in KINDS or row[1].startswith("01"):
                    continue
                postal_code, _, city = row[15].partition(" ")
                yield Line(
                    organization_id=stable_id(row[1]),
                    side="establishment",
                    name=readable(row[4] or row[3]),
                    kind=KINDS[row[18]][0],
                    finess=row[1],
                    siren=row[22][:9] if siren.is_valid(row[22][:9]) else "",
                    street=street(row[7], row[8], row[9]),
                    postal_code=postal_code,
                    city=readable(city),
                )


def associations(folder: Path) -> Iterator[Line]:
    """Associations of the RNA, and those that a company declared to have helped (their names only)."""
    for path in sorted(folder.glob("rna_*waldec_*.csv")):
        for row in _rows(folder, path.name):
            # The publisher's first extract lost its accents: its purposes would be unreadable.
            whole = "39col" in path.name
            yield Line(
                organization_id=stable_id(row["id"]),
                side="association",
                name=readable(row["titre"]) if row["titre"].isupper() else row["titre"],
                kind="Association déclarée",
                rna=row["id"],
                postal_code=row["adrs_codepostal"],
                city=readable(row["adrs_libcommune"]),
                purpose=" ".join(row["objet"].split()) if whole else "",
            )
    seen: set[tuple[str, str]] = set()
    for row in _rows(folder, "transparence_sante_*.csv", delimiter=","):
        name, postal_code = row["Nom personne morale"], row["code postal"]
        if (name, postal_code) in seen:
            continue
        seen.add((name, postal_code))
        yield Line(
            organization_id=stable_id(f"{name} {postal_code}"),
            side="association",
            name=readable(name),
            kind="Association",
            postal_code=postal_code,
        )


def readable(name: str) -> str:
    """A name of a register, all in capitals, as one writes it; initials stay as they are."""
    words = " ".join(name.split()).lower().split(" ")
    return " ".join(_in_parts(word, first=place == 0) for place, word in enumerate(words))


def street(number: str, kind: str, name: str) -> str:
    """The line of an envelope: « 900 route de Paris »."""
    kind = KINDS_OF_STREET.get(kind, kind.lower())
    return " ".join(filter(None, (number, kind, readable(f"{kind} {name}")[len(kind) + 1 :] if name else "")))


def _in_parts(word: str, *, first: bool) -> str:
    for separator in ("-", "'", "’", "/"):
        if separator in word:
            parts = word.split(separator)
            return separator.join(_in_parts(part, first=first and at == 0) for at, part in enumerate(parts))
    return _cased(word, first=first)


def _cased(word: str, *, first: bool) -> str:
    word = WRITTEN_OUT.get(word, word)
    bare = word.strip("().,").upper()
    if _DOTTED.fullmatch(bare):
        return word.upper()
    if bare in INITIALS or (len(bare) > 1 and bare.isalpha() and not set(bare) & set("AEIOUY")):
        return word.capitalize() if bare in {"DR", "MT", "ST"} else word.upper()
    if not word or word[0].isdigit() or (not first and word in SMALL_WORDS):
        return word
    capital = next((at for at, letter in enumerate(word) if letter.isalpha()), 0)
    return word[:capital] + word[capital:].capitalize()


def stable_id(number: str) -> str:
    """A UUIDv7 made from what identifies the organisation, so that loading twice changes nothing."""
    digest = int.from_bytes(hashlib.sha256(number.encode()).digest()[:10])
    value = READ_AT_MILLISECONDS << 80 | digest
    value = value & ~(0xF << 76) | 7 << 76
    return str(UUID(int=value & ~(0x3 << 62) | 2 << 62))


def _rows(
    folder: Path, pattern: str, *, encoding: str = "utf-8", delimiter: str = ";"
) -> Iterator[dict[str, str]]:
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding=encoding, newline="") as file:
            yield from csv.DictReader(file, delimiter=delimiter)


if __name__ == "__main__":
    main()
