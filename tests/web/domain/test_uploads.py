"""Files that people give: what they are is read from their bytes, and hostile names and contents are refused."""

import io
import random
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.web.uploads.kinds import Examination
from services.web.uploads.names import extension, safe_name
from shared.contracts.files import MediaType

ODF = "application/vnd.oasis.opendocument."


def package(*members: tuple[str, str]) -> bytes:
    """A ZIP file, as offices write theirs."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, stored)
    return written.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40)
ODT = package(("mimetype", ODF + "text"), ("content.xml", "<a/>"))
ODS = package(("mimetype", ODF + "spreadsheet"), ("content.xml", "<a/>"))
DOCX = package(("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>" * 9000))
XLSX = package(("[Content_Types].xml", "<a/>"), ("xl/workbook.xml", "<a/>"))


def examined(whole: bytes, size: int) -> Examination:
    found = Examination()
    for start in range(0, len(whole), size):
        found.take(whole[start : start + size])
    return found


@pytest.mark.parametrize("size", [1, 7, 100, 1 << 20])
@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (PDF, MediaType.PDF),
        (PNG, MediaType.PNG),
        (JPEG, MediaType.JPEG),
        (ODT, MediaType.ODT),
        (ODS, MediaType.ODS),
        (DOCX, MediaType.DOCX),
        (XLSX, MediaType.XLSX),
        (b"", None),
        (b"MZ\x90\x00" + bytes(100), None),
        (b"MZ" + PDF, None),
        (b"<!DOCTYPE html><script>alert(1)</script>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", None),
        (package(("setup.exe", "MZ")), None),
        (package(("word/document.xml", ""), ("xl/workbook.xml", "")), None),
        (package(("mimetype", ODF + "text-template"), ("content.xml", "<a/>")), None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), None),
    ],
)
def test_a_file_is_what_its_bytes_say(whole: bytes, expected: MediaType | None, size: int) -> None:
    found = examined(whole, size)
    assert found.media_type is expected
    assert not found.active


@pytest.mark.parametrize("size", [1, 5, 1 << 20])
@pytest.mark.parametrize(
    "whole",
    [
        PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>",
        PDF + bytes(70_000) + b"<< /S /Launch /F (cmd.exe) >>",
        PDF + b"<< /S /Rendition /JS (app.alert(1)) >>",
        PDF + b"<< /S /J#61v#61Script /JS (app.alert(1)) >>",
        PDF + b"<< /S /" + b"".join(b"#%02x" % it for it in b"JavaScript") + b" >>",
        PDF + b"<< /Type /EmbeddedFile >>",
        PDF + b"<< /Names << /EmbeddedFiles 7 0 R >> >>",
        PDF + b"trailer << /Encrypt 5 0 R >>",
        package(("[Content_Types].xml", "<a/>"), ("word/document.xml", ""), ("word/vbaProject.bin", "x")),
        package(("xl/workbook.xml", ""), ("xl/embeddings/oleObject1.bin", "x")),
        package(("mimetype", ODF + "text"), ("Basic/script-lc.xml", "x")),
    ],
)
def test_what_acts_when_it_is_opened_is_noticed_wherever_the_pieces_end(whole: bytes, size: int) -> None:
    assert examined(whole, size).active


def test_what_compressed_pages_hold_by_chance_is_not_taken_for_a_script() -> None:
    pages = random.Random(2).randbytes(20_000_000)
    assert re.search(rb"/JS\b", pages), "by chance, as in any scan of that size"
    assert not examined(PDF + pages, 1 << 20).active


@given(st.binary(max_size=300), st.integers(1, 50))
def test_nothing_breaks_the_examination(whole: bytes, size: int) -> None:
    one, other = examined(whole, size), examined(whole, 1 << 20)
    assert (one.media_type, one.active) == (other.media_type, other.active)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Planning été 2027.pdf", "Planning été 2027.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("مخطط العمل.pdf", "مخطط العمل.pdf"),
        ("C:\\Users\\claire\\planning.pdf", "planning.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (" planning.pdf ", "planning.pdf"),
    ],
)
def test_a_name_is_kept_as_it_reads(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@pytest.mark.parametrize(
    "given_name",
    [
        "",
        "  ",
        "..",
        "a/",
        "facture_\u202efdp.exe",
        "\u2066facture.pdf",
        "a\nb.pdf",
        "a\x00.pdf",
        "con.pdf",
        "LPT1.pdf",
        "a?.pdf",
        'a".pdf',
        "a" * 147 + ".pdf",
        "fin.",
        ".pdf",
    ],
)
def test_a_name_that_deceives_or_harms_is_refused(given_name: str) -> None:
    assert safe_name(given_name) is None


def test_what_follows_the_last_dot_counts() -> None:
    assert extension("facture.pdf.EXE") == "exe"
    assert extension("facture") == ""
