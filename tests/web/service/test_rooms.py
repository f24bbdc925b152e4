"""The rooms of a partnership through pages: both sides side by side, and what each of them does not see."""

import json
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from services.web.live import Live
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import EventId, PersonId, new_id
from shared.contracts.values import Side
from shared.kit import clock
from tests.support.eventually import eventually
from tests.web.service.conftest import House, enroll
from tests.web.service.test_journey import both_referents, draft
from tests.web.service.test_live import listening
from tests.web.service.visitor import Sample, Visitor

SECRET = "Zibeline"


@dataclass(frozen=True)
class Both:
    """Two browsers, and the address of what they work on."""

    hers: Visitor
    theirs: Visitor
    url: str

    @property
    def shared(self) -> str:
        return f"{self.url}/salles/commune"

    @property
    def private(self) -> str:
        return f"{self.url}/salles/privee"


@pytest.fixture
async def both(house: House, claire: Sample, odile: Sample) -> AsyncGenerator[Both]:
    """Both sides have their référente."""
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))

        async def open_room() -> bool:
            return "Votre message" in (await hers.get(f"{url}/salles/commune")).text

        await eventually(open_room)
        yield Both(hers, theirs, url)


async def test_a_message_goes_to_the_room_that_it_was_written_in(both: Both) -> None:
    posted = await both.hers.post(f"{both.shared}/messages", text="Bonjour à vous.")
    assert posted.headers["location"] == both.shared
    await both.hers.post(f"{both.private}/messages", text=f"{SECRET} entre nous.")

    there = await both.theirs.get(both.url)
    assert "Salle commune (1" in there.text
    page = (await both.theirs.get(both.shared)).text
    assert "Bonjour à vous." in page
    assert "nouveau</span>" in page
    assert "nouveau</span>" not in (await both.theirs.get(both.shared)).text, "it has been read"
    own = (await both.hers.get(both.private)).text
    assert SECRET in own
    for path in ("", "/historique", "/salles/commune", "/salles/privee", "/salles/privee/historique"):
        assert SECRET not in (await both.theirs.get(both.url + path)).text, path
    assert "Salle privée (" not in (await both.theirs.get(both.url)).text


async def test_what_was_typed_is_kept_when_it_is_refused(both: Both) -> None:
    long = "mot " * 600
    refused = await both.hers.post(f"{both.shared}/messages", text=long)
    assert refused.status_code == 422
    assert long.strip() in refused.text
    task = await both.hers.post(f"{both.shared}/taches", title="Réserver", doer="personne", due_on="bientôt")
    assert task.status_code == 422
    assert "Réserver" in task.text


async def test_a_task_is_added_changed_done_and_reopened(both: Both, odile: Sample) -> None:
    added = await both.hers.post(
        f"{both.shared}/taches",
        title="Réserver la salle",
        doer=f"{odile.organization_id}:",
        due_on="2030-01-15",
    )
    assert added.status_code == 303, added.text
    page = (await both.theirs.get(both.shared)).text
    found = re.search(rf'href="({both.shared}/taches/[0-9a-f-]+)"', page)
    assert found
    task = found.group(1)
    home = await both.theirs.get("/")
    assert "Réserver la salle" in home.text
    named = {"revision": "1", "title": "Réserver la salle", "due_on": ""}
    changed = await both.theirs.post(
        f"{task}/modifier", **named, doer=f"{odile.organization_id}:{odile.person_id}"
    )
    assert changed.headers["location"] == task
    stale = await both.hers.post(
        f"{task}/modifier", revision="1", title="Une autre", doer="personne", due_on=""
    )
    assert stale.status_code == 422
    assert "Quelqu’un a modifié la tâche" in stale.text
    assert 'value="Une autre"' in stale.text
    assert 'name="revision" value="2"' in stale.text
    done = await both.theirs.post(f"{task}/faite")
    assert done.headers["location"] == both.shared
    assert "Réserver la salle" in (await both.hers.get(f"{both.shared}/taches-faites")).text
    assert (await both.hers.post(f"{task}/rouvrir")).status_code == 303
    elsewhere = task.replace("/commune/", "/privee/")
    assert (await both.hers.get(elsewhere)).status_code == 404
    assert (await both.hers.post(f"{elsewhere}/faite")).status_code == 404


async def test_search_says_in_which_room_something_is(both: Both) -> None:
    await both.hers.post(f"{both.private}/messages", text=f"{SECRET}, été comme hiver.")
    search = f"{both.url}/salles/recherche"
    assert "Message, salle privée" in (await both.hers.get(search, params={"texte": "ETE zibeline"})).text
    theirs = (await both.theirs.get(search, params={"texte": "zibeline"})).text
    assert "Aucun résultat" in theirs
    assert SECRET not in theirs
    assert (await both.hers.get(search, params={"texte": "\x00"})).status_code == 200


async def test_an_export_holds_one_room_whole(both: Both, claire: Sample) -> None:
    for number in range(53):
        await both.hers.post(f"{both.private}/messages", text=f"{SECRET} {number}")
    await both.hers.post(f"{both.private}/taches", title="Relire", doer="personne", due_on="")
    answer = await both.hers.get(f"{both.private}/export.json")
    assert 'filename="salle-privee-' in answer.headers["content-disposition"]
    kept = answer.json()
    assert (kept["form"], kept["room"], kept["read_by"]) == (
        "entente-room/1",
        "private",
        [str(claire.organization_id)],
    )
    assert [it["text"] for it in kept["messages"]] == [f"{SECRET} {it}" for it in reversed(range(53))]
    assert [it["title"] for it in kept["tasks"]] == ["Relire"]
    assert str(claire.person_id) in kept["people"]
    theirs = await both.theirs.get(f"{both.private}/export.json")
    assert theirs.json()["messages"] == theirs.json()["tasks"] == []
    assert SECRET not in json.dumps(theirs.json())


async def test_an_open_page_hears_of_its_own_room_only(both: Both) -> None:
    convention = both.url.rpartition("/")[2]
    shared = f"/evenements?convention={convention}&salle=commune"
    private = f"/evenements?convention={convention}&salle=privee"
    async with (
        listening(both.theirs, shared) as at_shared,
        listening(both.theirs, private) as at_private,
        listening(both.theirs, f"/evenements?convention={convention}") as at_convention,
    ):
        await both.hers.post(f"{both.private}/messages", text=f"{SECRET} entre nous.")
        await both.hers.post(f"{both.shared}/messages", text="Bonjour à vous.")
        await eventually(lambda: any("1\N{NO-BREAK SPACE}nouveauté" in it for it in at_shared))
        await eventually(lambda: any("1\N{NO-BREAK SPACE}nouveauté" in it for it in at_convention))
        assert not any("nouveauté" in it for it in at_private)
    assert (await both.theirs.get(f"{private}x")).status_code == 404


async def test_a_third_organisation_finds_no_room(house: House, both: Both) -> None:
    others = await enroll(house, Side.ASSOCIATION, "Une autre association", "Hugo", "Caron")
    nowhere = f"/conventions/{new_id()}"
    async with house.visitor() as stranger:
        await stranger.sign_in(others)
        for path in (
            "/salles/commune",
            "/salles/privee",
            "/salles/privee/historique",
            "/salles/commune/taches-faites",
            "/salles/commune/export.json",
            "/salles/recherche?texte=bonjour",
        ):
            theirs, nobodys = await stranger.get(both.url + path), await stranger.get(nowhere + path)
            assert theirs.status_code == nobodys.status_code == 404, path


async def test_a_fact_is_counted_once_where_a_room_and_its_partnership_are_one() -> None:
    live, subject = Live(), new_id()
    watcher = live.watch(PersonId(new_id()), subject)
    assert watcher
    live._tell(
        Envelope(
            event_id=EventId(new_id()),
            source="urn:entente:projects",
            type="entente.projects.room.message_posted.v1",
            occurred_at=clock.now(),
            aggregate_id=subject,
            version=1,
            epoch=1,
            partnership_id=subject,
            actor_person=None,
            actor_organization=None,
            traceparent=None,
            data=b"{}",
        )
    )
    assert watcher.news == 1
