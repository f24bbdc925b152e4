"""The event stream: counters and one line of news, for who may see them, and no obstacle to stopping."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx

from services.web.live import STREAMS_PER_PERSON, Live
from shared.contracts.identifiers import PersonId, new_id
from tests.support.eventually import eventually
from tests.web.service.conftest import House
from tests.web.service.test_journey import both_referents, draft
from tests.web.service.visitor import Sample, Visitor

ENDED = "ended"


@asynccontextmanager
async def listening(visitor: Visitor, url: str) -> AsyncGenerator[list[str]]:
    """What the stream sends, as it comes; `ENDED` when the server has ended it."""
    heard: list[str] = []
    ready = asyncio.Event()

    async def listen() -> None:
        async with visitor.client.stream("GET", url, timeout=30) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            async for line in answer.aiter_lines():
                ready.set()
                if line.startswith("data: "):
                    heard.append(line)
        heard.append(ENDED)

    task = asyncio.create_task(listen())
    try:
        await asyncio.wait_for(ready.wait(), 10)
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_the_other_side_hears_of_a_proposal_at_once_and_its_author_does_not(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        stream = f"/evenements?convention={url.rpartition('/')[2]}"
        async with listening(hers, stream) as at_hers, listening(theirs, stream) as at_theirs:
            posted = await hers.post(f"{url}/commenter", comment="Bonjour à vous.")
            assert posted.status_code == 303, posted.text
            await eventually(lambda: any("1\N{NO-BREAK SPACE}nouveauté" in it for it in at_theirs))
            await eventually(lambda: any("#non-lus" in it for it in at_theirs))
            assert not any("nouveauté" in it for it in at_hers)


async def test_a_page_made_before_an_act_is_told_when_its_stream_opens_after(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers:
        await hers.sign_in(claire)
        url = await draft(hers, odile)
        page = (await hers.get(url)).text
        stream = page.partition('hx-sse:connect="')[2].partition('"')[0].replace("&amp;", "&")
        await hers.post(f"{url}/referents/nommer", person_id=str(claire.person_id))
        await hers.post(f"{url}/commenter", comment="Un message.")
        async with listening(hers, stream) as heard:
            await eventually(lambda: any("nouveauté" in it for it in heard))


async def test_a_stream_needs_a_session_and_a_convention_that_one_may_see(
    house: House, http: httpx.AsyncClient, claire: Sample, odile: Sample
) -> None:
    assert (await http.get("/evenements")).status_code == 401
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        hidden = await theirs.get(f"/evenements?convention={url.rpartition('/')[2]}")
        unknown = await theirs.get(f"/evenements?convention={new_id()}")
        assert hidden.status_code == unknown.status_code == 404


async def test_a_stream_ends_with_its_session(house: House, claire: Sample, odile: Sample) -> None:
    async with house.visitor() as hers, house.visitor() as elsewhere, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        async with listening(hers, f"/evenements?convention={url.rpartition('/')[2]}") as heard:
            await elsewhere.sign_in(claire)
            ended = await elsewhere.post("/compte/sessions/terminer-les-autres")
            assert ended.status_code == 303, ended.text
            posted = await theirs.post(f"{url}/commenter", comment="Bonjour à vous.")
            assert posted.status_code == 303, posted.text
            await eventually(lambda: ENDED in heard)
            assert not any("nouveauté" in it for it in heard)
            assert (await hers.get("/evenements")).status_code == 401


async def test_a_person_watches_from_a_few_pages_only(house: House, claire: Sample) -> None:
    async with house.visitor() as visitor:
        await visitor.sign_in(claire)
        async with asyncio.timeout(20):
            streams = [listening(visitor, "/evenements") for _ in range(STREAMS_PER_PERSON)]
            for stream in streams:
                await stream.__aenter__()
            refused = await visitor.get("/evenements")
            for stream in streams:
                await stream.__aexit__(None, None, None)
    assert refused.status_code == 429


async def test_open_streams_do_not_hold_the_stop() -> None:
    live = Live()
    watcher = live.watch(PersonId(new_id()), None)
    assert watcher

    async def follow() -> list[tuple[bool, bool]]:
        return [it async for it in watcher.changes()]

    following = asyncio.create_task(follow())
    watcher.change_counters()
    await eventually(lambda: not watcher.waiting)
    live.stop()
    async with asyncio.timeout(1):
        assert await following == [(True, False)]
    assert live.watch(PersonId(new_id()), None) is None
