"""The archive of each side: what it may read, its own room included, whole or saying what is not."""

import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from shared.contracts.identifiers import new_id
from tests.web.domain.test_uploads import DOCX, PDF
from tests.web.service.conftest import House
from tests.web.service.test_room_files import give
from tests.web.service.test_rooms import SECRET, Both, both
from tests.web.service.visitor import Visitor

__all__ = ["both"]


async def kept(visitor: Visitor, url: str) -> dict[str, bytes]:
    answer = await visitor.get(f"{url}/archive.zip", timeout=60)
    assert answer.headers["content-type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def within(files: Iterable[str], folder: str) -> list[str]:
    return sorted(it.removeprefix(folder) for it in files if it.startswith(folder))


async def test_each_side_keeps_both_of_its_rooms_with_their_files(both: Both) -> None:
    await give(both.hers, both.shared, "planning.docx", DOCX)
    await give(both.hers, both.shared, "planning.docx", DOCX)
    await give(both.hers, both.private, f"{SECRET} été.pdf", PDF)
    await both.hers.post(f"{both.private}/messages", text=f"{SECRET} entre nous.")
    await both.hers.client.post(
        f"{both.url}/annexes",
        data={"title": "Lieux", "made_id": str(new_id())},
        files={"file": ("lieux.pdf", PDF, "application/octet-stream")},
    )

    hers, theirs = await kept(both.hers, both.url), await kept(both.theirs, both.url)
    for archive in (hers, theirs):
        assert archive["annexes/01 lieux.pdf"] == PDF
        assert within(archive, "salle-commune/fichiers/") == ["001 planning.docx", "002 planning.docx"]
        assert archive["salle-commune/fichiers/001 planning.docx"] == DOCX
        assert len(json.loads(archive["salle-commune/salle.json"])["files"]) == 2
        assert "FICHIERS-ABIMES.txt" not in archive
    assert hers[f"salle-privee/fichiers/001 {SECRET} été.pdf"] == PDF
    assert json.loads(hers["salle-privee/salle.json"])["messages"][0]["text"] == f"{SECRET} entre nous."
    happened = [it["type"].split(".")[3] for it in json.loads(hers["salle-privee/evenements.json"])]
    assert happened == ["file_given", "message_posted"]
    assert within(theirs, "salle-privee/") == ["evenements.json", "salle.json"]
    assert not [name for name, content in theirs.items() if SECRET.encode() in content or SECRET in name]


async def test_a_damaged_file_is_named_and_the_rest_is_kept(house: House, both: Both) -> None:
    await give(both.hers, both.private, "abîmé.pdf", PDF + b"damaged later")
    await give(both.hers, both.private, "entier.pdf", PDF)
    listed = (await both.hers.get(f"{both.private}/export.json")).json()["files"]
    sha256 = next(it["file"]["sha256"] for it in listed if it["file"]["name"] == "abîmé.pdf")
    path = Path(house.data) / "files" / "sha256" / sha256[:2] / sha256
    path.write_bytes(path.read_bytes()[:-1])

    files = await kept(both.hers, both.url)
    assert files["salle-privee/fichiers/001 entier.pdf"] == PDF
    assert "salle-privee/fichiers/002 abîmé.pdf" in files["FICHIERS-ABIMES.txt"].decode()
