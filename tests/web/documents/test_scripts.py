"""A document can be made of every text: of any script, with emoji, with characters that no font has."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from deploy.seal_key import make_seal_key
from services.web.documents.evidence import Attached
from services.web.documents.printing import PrintedClause, Printer
from services.web.documents.seal_key import SealKey
from services.web.documents.sealed_files import check_file
from tests.web.documents.printed import SIGNED_AT, TEXT, attached, convention
from tests.web.documents.test_sealed_pdf import read_by

# The tools of Debian's poppler-utils.
pytestmark = pytest.mark.heavy

HEBREW, ARABIC = "אגודת החולים", "جمعية المرضى"


@pytest.fixture(scope="module")
def printer() -> Printer:
    return Printer(SealKey(make_seal_key().encode()))


async def read(printer: Printer, text: str, folder: Path) -> str:
    it = replace(convention(), clauses=[PrintedClause(1, "Objet", text)])
    document = await printer.print_convention(it, SIGNED_AT, attached())
    # pdftotext writes beside the file.
    read_by("pdftotext", document, folder, "-enc", "UTF-8")
    return " ".join((folder / "convention.txt").read_text(encoding="utf-8").split())


async def test_names_and_texts_that_run_from_right_to_left_are_printed(
    printer: Printer, tmp_path: Path
) -> None:
    told = await read(printer, f"Avec \u2068{ARABIC}\u2069, le mardi.\n\n{HEBREW}.", tmp_path)
    assert "numéro Unicode" not in told
    assert "le mardi" in told
    assert "החולים" in told


async def test_what_no_font_has_is_written_by_its_number(printer: Printer, tmp_path: Path) -> None:
    for text in (
        "Le mardi 😀 à 14 h, 漢字.",
        "Un\u0378 a\u0301\u20dd b\u20dd",
        "👨\u200d👩\u200d👧",
        "\U0001f1eb\U0001f1f7 ก",
    ):
        assert "numéro Unicode" in await read(printer, text, tmp_path), text
    told = await read(printer, "Le mardi 😀 à 14 h, 漢字.", tmp_path)
    assert "[U+1F600]" in told
    assert "[U+6F22][U+5B57]" in told
    # What was learnt of one document changes nothing in another one.
    assert "numéro Unicode" not in await read(printer, "Le mardi à 14 h.", tmp_path)


async def test_a_whole_text_of_another_script_is_a_document(printer: Printer, tmp_path: Path) -> None:
    told = await read(printer, "".join(map(chr, range(0x4E00, 0x4E00 + 3_000))), tmp_path)
    assert "[U+4E00]" in told


async def test_the_text_that_was_signed_stays_as_it_was_typed() -> None:
    seal = SealKey(make_seal_key().encode())
    signed = TEXT.replace("mardi", "mardi 😀 漢字")
    evidence = attached().evidence.model_copy(update={"sealed_hash": sha256(signed.encode()).hexdigest()})
    it = replace(convention(), title="Écoute 😀")
    pdf = await Printer(seal).print_convention(it, SIGNED_AT, Attached(sealed_text=signed, evidence=evidence))
    carried = check_file(pdf, [seal.certificate]).attached
    assert carried is not None
    assert carried.sealed_text == signed
