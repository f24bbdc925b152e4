"""A sealed document, read by programs that are not ours (poppler), and checked by ours."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from deploy.seal_key import make_seal_key
from services.web.documents.checking import Integrity
from services.web.documents.printing import Printer
from services.web.documents.seal_key import SealKey
from services.web.documents.sealed_files import certificates_in, check_file
from shared.kit.service import Unusable
from tests.web.documents.printed import HASH, SIGNED_AT, TEXT, attached, convention

# The tools of Debian's poppler-utils.
pytestmark = pytest.mark.heavy


CERTIFICATE = "-----BEGIN CERTIFICATE-----"


@pytest.fixture(scope="module")
def seal() -> SealKey:
    return SealKey(make_seal_key().encode())


@pytest.fixture
async def document(seal: SealKey) -> bytes:
    return await Printer(seal).print_convention(convention(), SIGNED_AT, attached())


def read_by(tool: str, document: bytes, folder: Path, *options: str) -> str:
    file = folder / "convention.pdf"
    file.write_bytes(document)
    done = subprocess.run([tool, *options, file], capture_output=True, text=True, check=True)
    return done.stdout


def test_poppler_finds_one_good_seal_over_the_whole_file(document: bytes, tmp_path: Path) -> None:
    told = read_by("pdfsig", document, tmp_path)
    assert told.count("Signature #") == 1
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert "Entente, cachet de cette installation" in told


def test_poppler_finds_one_changed_byte(document: bytes, tmp_path: Path) -> None:
    changed = bytearray(document)
    changed[2_000] ^= 1
    assert "Signature is Valid" not in read_by("pdfsig", bytes(changed), tmp_path)


def test_the_document_is_tagged_and_says_so(document: bytes, tmp_path: Path) -> None:
    told = read_by("pdfinfo", document, tmp_path)
    assert "Écoute en oncologie" in told
    assert "Tagged:          yes" in told
    assert "PDF version:     1.7" in told
    assert 'pdfuaid:part="1"' in read_by("pdfinfo", document, tmp_path, "-meta")


def test_the_text_holds_the_hash_the_level_and_what_people_wrote(document: bytes, tmp_path: Path) -> None:
    told = read_by("pdftotext", document, tmp_path, "-layout", "-enc", "UTF-8")
    # pdftotext writes beside the file.
    assert told == ""
    text = " ".join((tmp_path / "convention.txt").read_text().split())
    assert HASH in text
    assert "signatures électroniques simples" in text
    assert "ni avancées ni qualifiées" in text
    assert "cachet électronique de la plateforme" in text
    assert "https://entente.example/verifier" in text
    assert "#strong[rien] $x$ <étiquette>" in text


def test_the_sealed_text_and_the_evidence_come_with_it(document: bytes, tmp_path: Path) -> None:
    listed = read_by("pdfdetach", document, tmp_path, "-list")
    assert "texte-scelle.json" in listed
    assert "preuves.json" in listed


def test_our_own_check_finds_it_whole_and_reads_what_it_carries(seal: SealKey, document: bytes) -> None:
    checked = check_file(document, [seal.certificate])
    assert checked.integrity is Integrity.INTACT
    assert checked.attached is not None
    assert checked.attached.sealed_text == TEXT
    assert checked.attached.evidence == attached().evidence
    assert certificates_in(document) == [seal.certificate]


def test_what_follows_the_seal_is_told_and_never_opened(seal: SealKey, document: bytes) -> None:
    checked = check_file(document + b"\n1 0 obj\n<<>>\nendobj\n", [seal.certificate])
    assert checked.integrity is Integrity.EXTENDED
    assert checked.attached is not None


@pytest.mark.parametrize("place", [20, 2_000, -40])
def test_any_other_byte_is_found(seal: SealKey, document: bytes, place: int) -> None:
    changed = bytearray(document)
    changed[place] ^= 1
    assert check_file(bytes(changed), [seal.certificate]).integrity is Integrity.ALTERED


def test_a_document_without_its_end_is_not_ours(seal: SealKey, document: bytes) -> None:
    assert check_file(document[:-30], [seal.certificate]).integrity is Integrity.FOREIGN


async def test_the_seal_of_another_installation_is_foreign(seal: SealKey, document: bytes) -> None:
    other = SealKey(make_seal_key().encode())
    assert check_file(document, [other.certificate]).integrity is Integrity.FOREIGN


async def test_a_text_that_has_not_the_hash_is_told(seal: SealKey) -> None:
    document = await Printer(seal).print_convention(convention(), SIGNED_AT, attached("{}"))
    assert check_file(document, [seal.certificate]).integrity is Integrity.ALTERED


async def test_a_draft_bears_no_seal(seal: SealKey) -> None:
    draft = convention(is_draft=True, hash=None, signatures=[])
    document = await Printer(seal).print_convention(draft, SIGNED_AT, None)
    assert check_file(document, [seal.certificate]).integrity is Integrity.FOREIGN


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"/ByteRange [0 10 20 9999999999]",
        b"/ByteRange [0 31 33 0] " * 100,
        b"/ByteRange [0 2 40 1] <" + b"zz" * 60 + b">",
        b"/ByteRange [0 32 96 1]         <" + b"30" * 31 + b">x",
        b"\x00\xff" * 100_000,
    ],
)
def test_hostile_files_are_foreign(seal: SealKey, data: bytes) -> None:
    assert check_file(data, [seal.certificate]).integrity is Integrity.FOREIGN


def no_key() -> str:
    return "no key"


def of_another_certificate() -> str:
    return make_seal_key().partition(CERTIFICATE)[0] + certificate_alone()


def with_a_password() -> str:
    key = serialization.load_pem_private_key(make_seal_key().encode(), None)
    secret = serialization.BestAvailableEncryption(b"secret")
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, secret).decode() + certificate_alone()


def certificate_alone() -> str:
    return CERTIFICATE + make_seal_key().partition(CERTIFICATE)[2]


@pytest.mark.parametrize("content", [no_key, of_another_certificate, with_a_password])
def test_what_cannot_seal_is_told(tmp_path: Path, content: Callable[[], str]) -> None:
    (tmp_path / "seal.pem").write_text(content())
    with pytest.raises(Unusable, match="cannot be read"):
        SealKey.load(tmp_path / "seal.pem")


def test_a_key_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="entente provision"):
        SealKey.load(tmp_path / "seal.pem")


def test_the_certificate_is_the_first_one(tmp_path: Path) -> None:
    own, other = make_seal_key(), certificate_alone()
    (tmp_path / "seal.pem").write_text(own + other)
    assert SealKey.load(tmp_path / "seal.pem").certificate == SealKey(own.encode()).certificate
