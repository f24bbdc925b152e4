"""What one may not see looks like what does not exist: by requests, and in the database itself."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from shared.contracts.actor import Actor
from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import (
    AnnexId,
    ClauseId,
    CommentId,
    ConventionId,
    new_id,
)
from shared.contracts.messages import Audience, Request
from shared.contracts.projects import commands, comparisons, paper, parties, queries, seals
from shared.contracts.projects.commands import (
    AcceptAnnex,
    AcceptClause,
    AcceptClauses,
    AcceptTerms,
    AddClause,
    AddComment,
    AnnounceAnnex,
    ClauseAtRevision,
    GiveAnnexFile,
    ProposeClause,
    ProposeTerms,
    ReadConvention,
    RefuseSignature,
    SealConvention,
    SignConvention,
    WithdrawAnnex,
    WithdrawClause,
)
from shared.contracts.projects.comparisons import CompareClause, CompareConvention, ListTextVersions
from shared.contracts.projects.paper import AttestPaperSignature, GivePaperScan
from shared.contracts.projects.queries import (
    CheckSealing,
    GetAnnexHistory,
    GetClauseHistory,
    GetConvention,
    GetSealedText,
    GetTermsHistory,
    ListConventions,
)
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.projects.seals import GetEvidence
from shared.contracts.projects.terms import Terms
from shared.kit.database import connected, transaction
from tests.projects.service.conventions.admission_requests import ADMISSIONS
from tests.projects.service.world import SIGN_BEFORE, World, numbered
from tests.support.servers import FreshDatabase

HASH = "0" * 64
FILE = GivenFile(sha256=HASH, size=1, media_type=MediaType.PDF, name="planning.pdf")
SCAN = GivenFile(sha256=HASH, size=1, media_type=MediaType.PDF, name="scan.pdf")

REQUESTS: dict[str, Callable[[ConventionId, ClauseId], Request[Any]]] = {
    "ProposeClause": lambda it, clause: ProposeClause(
        convention_id=it, clause_id=clause, revision=1, text="Texte."
    ),
    "AddClause": lambda it, clause: AddClause(
        convention_id=it, clause_id=clause, title="Un article", text="Texte."
    ),
    "WithdrawClause": lambda it, clause: WithdrawClause(convention_id=it, clause_id=clause, revision=1),
    "AcceptClause": lambda it, clause: AcceptClause(convention_id=it, clause_id=clause, revision=1),
    "AcceptClauses": lambda it, clause: AcceptClauses(
        convention_id=it, clauses=(ClauseAtRevision(clause_id=clause, revision=1),)
    ),
    "ProposeTerms": lambda it, _: ProposeTerms(
        convention_id=it, revision=1, terms=Terms(starts_on=SIGN_BEFORE, ends_on=SIGN_BEFORE)
    ),
    "AcceptTerms": lambda it, _: AcceptTerms(convention_id=it, revision=1),
    "AnnounceAnnex": lambda it, _: AnnounceAnnex(
        convention_id=it, annex_id=AnnexId(new_id()), title="Planning"
    ),
    "GiveAnnexFile": lambda it, _: GiveAnnexFile(
        convention_id=it, annex_id=AnnexId(new_id()), revision=1, file=FILE
    ),
    "WithdrawAnnex": lambda it, _: WithdrawAnnex(convention_id=it, annex_id=AnnexId(new_id()), revision=1),
    "AcceptAnnex": lambda it, _: AcceptAnnex(convention_id=it, annex_id=AnnexId(new_id()), revision=1),
    "AddComment": lambda it, clause: AddComment(
        convention_id=it, comment_id=CommentId(new_id()), clause_id=clause, text="Texte."
    ),
    "ReadConvention": lambda it, _: ReadConvention(convention_id=it, version=1),
    "SealConvention": lambda it, _: SealConvention(convention_id=it, version=1, sign_before=SIGN_BEFORE),
    "SignConvention": lambda it, _: SignConvention(convention_id=it, sealed_hash=HASH, capacity="présidente"),
    "RefuseSignature": lambda it, _: RefuseSignature(convention_id=it, sealed_hash=HASH, reason="Non."),
    "GetConvention": lambda it, _: GetConvention(convention_id=it),
    "GetTermsHistory": lambda it, _: GetTermsHistory(convention_id=it),
    "GetClauseHistory": lambda it, clause: GetClauseHistory(convention_id=it, clause_id=clause),
    "CompareClause": lambda it, clause: CompareClause(convention_id=it, clause_id=clause),
    "ListTextVersions": lambda it, _: ListTextVersions(convention_id=it),
    "CompareConvention": lambda it, _: CompareConvention(convention_id=it),
    "GetAnnexHistory": lambda it, _: GetAnnexHistory(convention_id=it, annex_id=AnnexId(new_id())),
    "CheckSealing": lambda it, _: CheckSealing(convention_id=it),
    "GetSealedText": lambda it, _: GetSealedText(convention_id=it),
    "GivePaperScan": lambda it, _: GivePaperScan(convention_id=it, sealed_hash=HASH, file=SCAN),
    "AttestPaperSignature": lambda it, _: AttestPaperSignature(
        convention_id=it,
        sealed_hash=HASH,
        scan=HASH,
        signatory="Jeanne Morel",
        capacity="directrice",
        signed_on=SIGN_BEFORE,
    ),
    "GetEvidence": lambda it, _: GetEvidence(convention_id=it),
    **ADMISSIONS,
}

TABLES = (
    "conventions",
    "convention_parties",
    "clauses",
    "clause_revisions",
    "convention_terms",
    "convention_annexes",
    "annex_revisions",
    "clause_comments",
    "convention_seals",
    "convention_signatures",
    "signature_refusals",
    "reading_marks",
    "convention_access",
    "mandates",
)


def test_every_request_about_one_convention_is_tried_here() -> None:
    of_this_module = {
        name
        for module in (commands, comparisons, paper, parties, queries, seals)
        for name, it in vars(module).items()
        if isinstance(it, type)
        and issubclass(it, Request)
        and getattr(it, "audience", None) is Audience.PEOPLE
        and it.__module__ == module.__name__
        and "convention_id" in it.model_fields
    }
    elsewhere = {"DraftConvention", "ProposeProject", "ListProjects", "GetTimeline"}
    assert of_this_module - elsewhere == REQUESTS.keys()


async def test_a_third_organisation_and_nobody_at_all_get_the_same_answer(world: World) -> None:
    active = await world.activate()
    clause_id = numbered(active, 1).clause_id
    for name, request in REQUESTS.items():
        for about in (
            request(world.convention, clause_id),
            request(ConventionId(new_id()), clause_id),
        ):
            with pytest.raises(ConventionNotFound) as caught:
                await world.ask(about, world.yann)
            assert caught.value.fields == {}, name
    assert (await world.ask(ListConventions(), world.yann)).conventions == ()
    assert (await world.get()).version == active.version


async def test_the_other_party_sees_nothing_of_a_draft_that_is_not_shared(world: World) -> None:
    clause_id = numbered(await world.draft(), 1).clause_id
    for name, request in REQUESTS.items():
        with pytest.raises(ConventionNotFound) as caught:
            await world.ask(request(world.convention, clause_id), world.odile)
        assert caught.value.fields == {}, name


async def test_who_left_reads_nothing_any_more_whatever_she_speaks_as(world: World) -> None:
    await world.negotiate()
    odile = world.odile
    assert await world.sees(odile)
    await world.leave(odile)
    assert not await world.sees_alone(Actor(odile.person_id, None))
    second = await world.join_as(odile, world.outsider)
    assert not await world.sees(second)


async def test_the_policies_hide_every_row_from_a_third_organisation(
    world: World, projects: FreshDatabase
) -> None:
    await everything_that_leaves_rows(world)
    async with connected(projects.url) as database:
        for table in TABLES:
            async with transaction(database, actor=world.claire.actor) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table}") > 0, table
            async with transaction(database, actor=world.yann.actor) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 0, table
        # Without an actor, and without being the service, nothing is visible either.
        for table in (*TABLES, "affiliations"):
            assert await database.pool.fetchval(f"SELECT count(*) FROM {table}") == 0, table


async def test_the_policies_let_nobody_write_into_another_room_or_change_the_parties(
    world: World, projects: FreshDatabase
) -> None:
    active = await world.activate()
    convention, clause = world.convention, numbered(active, 1).clause_id
    yann, claire = world.yann, world.claire
    attempts: list[tuple[Any, str, tuple[Any, ...]]] = [
        (
            yann,
            "INSERT INTO clause_revisions VALUES ($1, 99, $2, 1, 'intrus', $3, $4, now())",
            (clause, convention, yann.organization_id, yann.person_id),
        ),
        (
            yann,
            "INSERT INTO clause_comments VALUES ($1, gen_random_uuid(), NULL, 1, $2, $3, 'intrus', now())",
            (convention, yann.organization_id, yann.person_id),
        ),
        (
            claire,
            "INSERT INTO clause_comments VALUES ($1, gen_random_uuid(), NULL, 1, $2, $3, 'pour elle', now())",
            (convention, world.association, world.odile.person_id),
        ),
        (
            yann,
            "INSERT INTO convention_access (convention_id, organization_id) VALUES ($1, $2)",
            (convention, yann.organization_id),
        ),
        (
            yann,
            "INSERT INTO convention_parties VALUES ($1, $2, 'association', 'Intrus', '', now())",
            (convention, yann.organization_id),
        ),
        (claire, "UPDATE convention_parties SET name = 'Autre' WHERE convention_id = $1", (convention,)),
        (
            claire,
            "UPDATE convention_parties SET organization_id = $2 WHERE convention_id = $1",
            (convention, yann.organization_id),
        ),
        (
            claire,
            "UPDATE conventions SET drafted_by = $2 WHERE convention_id = $1",
            (convention, yann.organization_id),
        ),
        (claire, "UPDATE clause_revisions SET text = 'autre' WHERE convention_id = $1", (convention,)),
        (claire, "DELETE FROM convention_signatures WHERE convention_id = $1", (convention,)),
        (claire, "DELETE FROM conventions WHERE convention_id = $1", (convention,)),
        (
            claire,
            "INSERT INTO affiliations VALUES ($1, $2, true, true)",
            (claire.person_id, world.association),
        ),
    ]
    async with connected(projects.url) as database:
        for member, statement, values in attempts:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with transaction(database, actor=member.actor) as tx:
                    await tx.execute(statement, *values)
        async with transaction(database, actor=yann.actor) as tx:
            assert await tx.execute("UPDATE conventions SET changed_at = now()") == "UPDATE 0"
            assert await tx.execute("UPDATE clauses SET revision = 9") == "UPDATE 0"
        async with transaction(database, actor=claire.actor) as tx:
            # Only the service shares a convention, when it hears of a mandate.
            assert await tx.execute("UPDATE convention_parties SET shared_at = now()") == "UPDATE 0"


async def everything_that_leaves_rows(world: World) -> None:
    """A convention with an annex that was commented, read, sealed, signed and refused."""
    await world.agree()
    annex_id = AnnexId(new_id())
    await world.ask(
        AnnounceAnnex(convention_id=world.convention, annex_id=annex_id, title="Planning"), world.claire
    )
    await world.ask(
        GiveAnnexFile(convention_id=world.convention, annex_id=annex_id, revision=1, file=FILE), world.claire
    )
    await world.ask(AcceptAnnex(convention_id=world.convention, annex_id=annex_id, revision=2), world.odile)
    sealed_hash = await world.seal_again((await world.get()).version)
    await world.ask(
        AddComment(convention_id=world.convention, comment_id=CommentId(new_id()), text="Merci."), world.odile
    )
    await world.ask(ReadConvention(convention_id=world.convention, version=1), world.claire)
    await world.sign(world.hugo, sealed_hash)
    await world.ask(
        RefuseSignature(convention_id=world.convention, sealed_hash=sealed_hash, reason="Pas encore."),
        world.odile,
    )
