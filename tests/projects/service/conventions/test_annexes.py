"""Annexes on the running service: stored, told, awaited, sealed, and only for the two sides."""

import asyncio
import json

import pytest

from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import AnnexId, new_id
from shared.contracts.projects.commands import AcceptAnnex, AnnounceAnnex, GiveAnnexFile, WithdrawAnnex
from shared.contracts.projects.queries import (
    Act,
    AnnexView,
    CheckSealing,
    ConventionView,
    GetAnnexHistory,
    GetHome,
    GetSealedText,
    GetTimeline,
)
from shared.contracts.projects.refusals import AnnexChanged, AnnexNotFound
from shared.kit.database import connected, transaction
from tests.projects.service.world import Member, World
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase


def file(fill: str, name: str = "planning.pdf") -> GivenFile:
    return GivenFile(sha256=fill * 32, size=1200, media_type=MediaType.PDF, name=name)


async def give(world: World, member: Member, given: GivenFile, annex_id: AnnexId | None = None) -> AnnexId:
    """A member announces an annex, or changes one that stands at its first file."""
    revision = 2 if annex_id else 1
    if annex_id is None:
        annex_id = AnnexId(new_id())
        await world.ask(
            AnnounceAnnex(convention_id=world.convention, annex_id=annex_id, title="Planning"), member
        )
    await world.ask(
        GiveAnnexFile(convention_id=world.convention, annex_id=annex_id, revision=revision, file=given),
        member,
    )
    return annex_id


def only(view: ConventionView) -> AnnexView:
    (annex,) = view.annexes
    return annex


async def test_both_sides_see_the_file_and_its_history(world: World) -> None:
    await world.negotiate()
    annex_id = await give(world, world.claire, file("ab"))
    await give(world, world.odile, file("cd", "مخطط.pdf"), annex_id)
    seen = only(await world.get(world.claire))
    assert seen == only(await world.get(world.odile))
    assert (seen.revision, seen.file, seen.accepted_by) == (3, file("cd", "مخطط.pdf"), (world.association,))
    history = await world.ask(
        GetAnnexHistory(convention_id=world.convention, annex_id=annex_id), world.claire
    )
    assert [(it.revision, it.file) for it in history.revisions] == [
        (3, file("cd", "مخطط.pdf")),
        (2, file("ab")),
        (1, None),
    ]
    with pytest.raises(AnnexNotFound):
        await world.ask(
            GetAnnexHistory(convention_id=world.convention, annex_id=AnnexId(new_id())), world.claire
        )


async def test_an_annex_is_awaited_accepted_and_told(world: World) -> None:
    await world.agree()
    annex_id = await give(world, world.claire, file("ab"))
    assert Act.ACCEPT in (await world.get(world.odile)).may
    assert Act.SEAL not in (await world.get(world.claire)).may
    assert any(
        it.convention_id == world.convention for it in (await world.ask(GetHome(), world.odile)).awaiting
    )
    problems = (await world.ask(CheckSealing(convention_id=world.convention), world.claire)).problems
    assert [(it.reason, it.annex_id) for it in problems] == [("annex_not_agreed", annex_id)]
    await world.ask(AcceptAnnex(convention_id=world.convention, annex_id=annex_id, revision=2), world.odile)
    assert only(await world.get()).agreed_at
    assert Act.SEAL in (await world.get(world.claire)).may

    async def told() -> bool:
        entries = (await world.ask(GetTimeline(convention_id=world.convention), world.claire)).entries
        return [it.type.rsplit(".", 2)[1] for it in entries[:3]] == [
            "annex_accepted",
            "annex_proposed",
            "annex_proposed",
        ]

    await eventually(told)


async def test_the_seal_covers_it(world: World) -> None:
    await world.agree()
    annex_id = await give(world, world.claire, file("ab"))
    await world.ask(AcceptAnnex(convention_id=world.convention, annex_id=annex_id, revision=2), world.odile)
    await world.seal_again((await world.get()).version)
    text = await world.ask(GetSealedText(convention_id=world.convention), world.odile)
    assert [it["file"] for it in json.loads(text.text)["annexes"]] == ["ab" * 32]


async def test_what_was_taken_out_is_gone_from_the_page_and_stays_in_the_history(world: World) -> None:
    await world.negotiate()
    annex_id = await give(world, world.claire, file("ab"))
    await world.ask(
        WithdrawAnnex(convention_id=world.convention, annex_id=annex_id, revision=2), world.claire
    )
    assert (await world.get()).annexes == ()
    history = await world.ask(GetAnnexHistory(convention_id=world.convention, annex_id=annex_id), world.odile)
    assert [it.withdrawn for it in history.revisions] == [True, False, False]


async def test_an_annex_that_the_other_side_took_up_awaits_it_before_it_goes(world: World) -> None:
    await world.negotiate()
    annex_id = await give(world, world.claire, file("ab"))
    await give(world, world.odile, file("cd"), annex_id)
    await world.ask(WithdrawAnnex(convention_id=world.convention, annex_id=annex_id, revision=3), world.odile)
    assert only(await world.get()).withdrawn
    await world.ask(AcceptAnnex(convention_id=world.convention, annex_id=annex_id, revision=4), world.claire)
    assert (await world.get()).annexes == ()


async def test_of_two_files_given_at_once_one_counts_and_the_other_is_told(world: World) -> None:
    await world.negotiate()
    annex_id = await give(world, world.claire, file("ab"))
    results = await asyncio.gather(
        give(world, world.claire, file("cd"), annex_id),
        give(world, world.odile, file("ef"), annex_id),
        return_exceptions=True,
    )
    assert sorted(type(it).__name__ for it in results) == sorted(
        [type(annex_id).__name__, AnnexChanged.__name__]
    )
    assert only(await world.get()).revision == 3


async def test_the_service_names_each_file_once(world: World, projects_database: FreshDatabase) -> None:
    await world.negotiate()
    for _ in range(2):
        await give(world, world.claire, file("ab"))
    async with connected(projects_database.url, size=1) as database, transaction(database, actor=None) as tx:
        rows = await tx.fetch("SELECT sha256, size FROM stored_files WHERE sha256 = $1", "ab" * 32)
    assert [tuple(row) for row in rows] == [("ab" * 32, 1200)]
