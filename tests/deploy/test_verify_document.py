"""`entente verify FILE.pdf` tells whether a document is whole, ours, and still what the convention stands on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.credentials import Credentials
from deploy.documents import describe_document, read_document, verify_document
from deploy.errors import CommandFailure
from services.web.documents import certificates
from services.web.documents.checking import LARGEST_BYTES, Integrity
from services.web.documents.printing import Printer
from services.web.documents.seal_key import SealKey
from shared.kit.database import connected, transaction
from tests.support.servers import FreshDatabase
from tests.web.documents.printed import HASH, SIGNED_AT, attached, convention


@pytest.fixture
async def document(tmp_path: Path) -> bytes:
    """Sealed by the key in `tmp_path`."""
    Credentials(tmp_path).make_seal()
    seal = SealKey.load(tmp_path / "credentials" / "seal.pem")
    return await Printer(seal).print_convention(convention(), SIGNED_AT, attached())


async def a_system(database: Callable[[str], FreshDatabase], folder: Path) -> None:
    """Databases where the certificate is known and the text is not."""
    databases = {service: database(service) for service in ("web", "projects")}
    for service, it in databases.items():
        Credentials(folder).write_addresses(service, {"ENTENTE_POSTGRES_URL": it.url})
    seal = SealKey.load(folder / "credentials" / "seal.pem")
    async with connected(databases["web"].url) as web, transaction(web, actor=None) as tx:
        await certificates.remember(tx, seal.certificate)
        await certificates.remember(tx, seal.certificate)


async def test_a_document_that_this_system_sealed_is_known_and_its_text_is_asked_for(
    database: Callable[[str], FreshDatabase], tmp_path: Path, document: bytes
) -> None:
    await a_system(database, tmp_path)
    found = await verify_document(document, tmp_path)
    assert found.checked.integrity is Integrity.INTACT
    assert found.here
    assert not found.good
    said = describe_document("convention.pdf", found)
    assert "convention.pdf: whole" in said
    assert "of this installation" in said
    assert "THIS SYSTEM DOES NOT KNOW THE TEXT" in said
    assert HASH in said
    assert "Odile" not in said


async def test_without_a_system_only_wholeness_is_told(tmp_path: Path, document: bytes) -> None:
    found = await verify_document(document, tmp_path / "nowhere")
    assert (found.good, found.here, found.standing) == (True, False, None)
    said = describe_document("convention.pdf", found)
    assert "of an installation that is not known here" in said
    changed = bytearray(document)
    changed[3_000] ^= 1
    found = await verify_document(bytes(changed), tmp_path / "nowhere")
    assert not found.good
    assert "CHANGED" in describe_document("convention.pdf", found)


def test_a_file_that_is_not_there_or_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandFailure, match="cannot be read"):
        read_document(tmp_path / "nothing.pdf")
    with (tmp_path / "large.pdf").open("wb") as large:
        large.truncate(LARGEST_BYTES + 1)
    with pytest.raises(CommandFailure, match="larger than"):
        read_document(tmp_path / "large.pdf")
