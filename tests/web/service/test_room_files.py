"""Files of rooms through pages and the API: streamed in and out, each read in its own room only."""

import re
from typing import Any

import httpx

from shared.contracts.identifiers import new_id
from shared.contracts.values import Side
from tests.web.domain.test_uploads import DOCX, PDF
from tests.web.service.conftest import House, enroll
from tests.web.service.test_rooms import SECRET, Both, both
from tests.web.service.visitor import Sample, Visitor

__all__ = ["both"]


async def give(visitor: Visitor, room: str, name: str, content: bytes, **fields: str) -> httpx.Response:
    data = {"made_id": str(new_id())} | fields
    return await visitor.client.post(
        f"{room}/fichiers", data=data, files={"file": (name, content, "application/octet-stream")}
    )


def links(page: str, room: str) -> list[str]:
    return re.findall(rf'href="({room}/fichiers/[0-9a-f-]+)" download', page)


async def test_a_file_is_given_told_found_and_saved(both: Both) -> None:
    given = await give(both.hers, both.shared, "Planning été.pdf", PDF)
    assert given.headers["location"] == f"{both.shared}/fichiers", given.text

    assert "Salle commune (1" in (await both.theirs.get(both.url)).text
    page = (await both.theirs.get(both.shared)).text
    assert "Planning été.pdf" in page
    assert "nouveau</span>" in page
    (link,) = links((await both.theirs.get(f"{both.shared}/fichiers")).text, both.shared)
    got = await both.theirs.get(link)
    assert got.content == PDF
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in got.headers["content-security-policy"]
    assert got.headers["cache-control"] == "no-store"
    found = await both.theirs.get(f"{both.url}/salles/recherche", params={"texte": "planning ETE"})
    assert link in found.text
    assert "a déposé le fichier" in (await both.theirs.get(f"{both.url}/historique")).text


async def test_sending_a_form_twice_gives_one_file(both: Both) -> None:
    made = str(new_id())
    for _ in range(2):
        assert (await give(both.hers, both.private, "a.pdf", PDF, made_id=made)).status_code == 303
    assert len(links((await both.hers.get(f"{both.private}/fichiers")).text, both.private)) == 1


async def test_what_is_refused_is_told_and_the_room_stays_as_it_is(both: Both) -> None:
    for name, content, told in (
        ("planning.pdf", b"", "Ce fichier est vide"),
        ("planning.pdf", b"<html>", "Choisissez un fichier PDF"),
        ("planning.docx", PDF, "sous son vrai type"),
        ("fdp.\u202eexe.pdf", PDF, "Renommez ce fichier"),
        ("con.pdf", PDF, "Renommez ce fichier"),
        ("planning.pdf", PDF + b"/JavaScript (x)", "Ce fichier contient un programme"),
        ("planning.pdf", PDF + bytes(51_000_000), "Ce fichier dépasse 50\u00a0Mo."),
        ("", b"", "Choisissez un fichier."),
    ):
        refused = await give(both.hers, both.shared, name, content)
        assert refused.status_code == 422, told
        assert told in refused.text
    assert "Aucun fichier" in (await both.theirs.get(f"{both.shared}/fichiers")).text


async def test_a_private_file_is_read_by_its_own_side_only(house: House, both: Both) -> None:
    await give(both.hers, both.private, f"{SECRET}.pdf", PDF)
    (link,) = links((await both.hers.get(f"{both.private}/fichiers")).text, both.private)
    assert (await both.hers.get(link)).content == PDF

    unknown = f"{both.private}/fichiers/{new_id()}"
    for path in (link, f"{link}/retirer", link.replace("/privee/", "/commune/")):
        assert (await both.theirs.get(path)).status_code == 404
    assert (await both.theirs.post(f"{link}/retirer")).status_code == 404
    theirs, nobodys = await both.theirs.get(link), await both.theirs.get(unknown)
    assert theirs.status_code == nobodys.status_code == 404
    for path in ("", "/historique", "/salles/commune", "/salles/privee", "/salles/privee/fichiers"):
        assert SECRET not in (await both.theirs.get(both.url + path)).text, path
    assert SECRET not in (await both.theirs.get(f"{both.private}/export.json")).text
    assert SECRET in (await both.hers.get(f"{both.private}/export.json")).text
    stranger = await enroll(house, Side.ASSOCIATION, "Une autre association", "Hugo", "Caron")
    async with house.visitor() as hugo:
        await hugo.sign_in(stranger)
        for path in (f"{both.shared}/fichiers", f"{both.private}/fichiers", link):
            assert (await hugo.get(path)).status_code == 404
        assert (await give(hugo, both.shared, "a.pdf", PDF)).status_code == 404


async def test_the_side_that_gave_a_file_takes_it_out(both: Both) -> None:
    await give(both.hers, both.shared, f"{SECRET}.pdf", PDF)
    (link,) = links((await both.hers.get(f"{both.shared}/fichiers")).text, both.shared)
    assert f"{link}/retirer" not in (await both.theirs.get(f"{both.shared}/fichiers")).text
    assert (await both.theirs.get(f"{link}/retirer")).status_code == 403
    assert (await both.theirs.post(f"{link}/retirer")).status_code == 403

    assert "C’est définitif." in (await both.hers.get(f"{link}/retirer")).text
    removed = await both.hers.post(f"{link}/retirer")
    assert removed.headers["location"] == f"{both.shared}/fichiers"
    assert (await both.hers.get(link)).status_code == 404
    for path in ("/salles/commune", "/salles/commune/fichiers", "/historique"):
        assert SECRET not in (await both.theirs.get(both.url + path)).text, path
    assert "a retiré un fichier" in (await both.theirs.get(f"{both.url}/historique")).text


async def test_programs_do_the_same(both: Both, claire: Sample, odile: Sample) -> None:
    client, api = both.hers.client, f"/api/v1{both.url}/files"

    async def read(path: str, sample: Sample, room: str) -> httpx.Response:
        return await client.get(f"{api}{path}?room={room}", headers=sample.bearer)

    made = await client.post(f"{api}?room=private&name=planning.docx", content=DOCX, headers=claire.bearer)
    assert made.status_code == 201, made.text
    one = f"/{made.json()['file_id']}"
    assert made.headers["location"] == api + one
    listed: dict[str, Any] = (await read("", claire, "private")).json()
    assert [it["file"]["name"] for it in listed["files"]] == ["planning.docx"]
    assert (await read(one, claire, "private")).json()["may_remove"] is True
    assert (await read(f"{one}/content", claire, "private")).content == DOCX
    for sample, room in ((odile, "private"), (odile, "shared"), (claire, "shared")):
        for path in (one, f"{one}/content"):
            answer = await read(path, sample, room)
            assert (answer.status_code, answer.json()["code"]) == (404, "room_file_not_found")
    assert (await read("", odile, "private")).json()["files"] == []
    for query in ("room=elsewhere&name=a.pdf", "name=a.pdf"):
        refused = await client.post(f"{api}?{query}", content=PDF, headers=claire.bearer)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
    claimed = await client.post(f"{api}?room=shared&name=a.pdf&file={{}}", content=PDF, headers=claire.bearer)
    assert claimed.status_code == 201, "what the client says of its bytes is not believed"
    gone = await client.request("DELETE", f"{api}{one}?room=private", headers=claire.bearer)
    assert gone.status_code == 200, gone.text
    assert (await read(f"{one}/content", claire, "private")).status_code == 404
