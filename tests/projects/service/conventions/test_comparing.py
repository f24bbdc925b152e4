"""Any two versions of a clause, and of the whole text, compared on the running service."""

from datetime import timedelta

import pytest

from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import AnnexId, ClauseId, new_id
from shared.contracts.projects.commands import (
    AddClause,
    AnnounceAnnex,
    GiveAnnexFile,
    ProposeTerms,
    ReadConvention,
    WithdrawClause,
)
from shared.contracts.projects.comparisons import (
    CompareClause,
    CompareConvention,
    ListTextVersions,
    Piece,
    PieceKind,
    VersionNotFound,
)
from shared.contracts.projects.refusals import ClauseNotFound, ConventionNotFound
from tests.projects.service.world import World, numbered

FILE = GivenFile(sha256="ab" * 32, size=3, media_type=MediaType.PDF, name="planning.pdf")


def text_of(pieces: tuple[Piece, ...], *kinds: PieceKind) -> str:
    return "".join(it.text for it in pieces if it.kind in kinds)


async def test_each_word_of_a_clause_is_told_in_the_name_of_who_changed_it(world: World) -> None:
    convention = await world.negotiate()
    first = numbered(convention, 4)
    await world.propose(first, "Le mardi, de 14 h à 17 h.", world.claire)
    await world.propose(numbered(await world.get(), 4), "Le mardi, de 13 h à 17 h.", world.claire)
    await world.propose(numbered(await world.get(), 4), "Le jeudi, de 13 h à 17 h.", world.odile)

    ask = CompareClause(convention_id=world.convention, clause_id=first.clause_id, before=2, after=4)
    told = await world.ask(ask, world.karim)
    assert (told.before, told.after, told.number) == (2, 4, 4)
    assert [(it.revision, it.organization_id) for it in told.versions] == [
        (4, world.association),
        (3, world.hospital),
        (2, world.hospital),
        (1, world.hospital),
    ]
    assert [(it.kind, it.text, it.by) for it in told.pieces if it.kind is not PieceKind.SAME] == [
        (PieceKind.REMOVED, "mardi", world.association),
        (PieceKind.ADDED, "jeudi", world.association),
        (PieceKind.REMOVED, "14", world.hospital),
        (PieceKind.ADDED, "13", world.hospital),
    ]
    # The wrong way round, and without saying which, is answered all the same.
    assert await world.ask(ask.model_copy(update={"before": 4, "after": 2}), world.karim) == told
    last = await world.ask(
        CompareClause(convention_id=world.convention, clause_id=first.clause_id), world.odile
    )
    assert (last.before, last.after) == (3, 4)

    with pytest.raises(VersionNotFound):
        await world.ask(ask.model_copy(update={"after": 5}), world.claire)
    with pytest.raises(ClauseNotFound):
        await world.ask(ask.model_copy(update={"clause_id": ClauseId(new_id())}), world.claire)
    with pytest.raises(ConventionNotFound):
        await world.ask(ask, world.yann)


async def test_the_whole_text_is_compared_at_any_two_versions(world: World) -> None:
    convention = await world.negotiate()
    began = convention.version
    await world.ask(ReadConvention(convention_id=world.convention, version=began), world.karim)
    article, other = numbered(convention, 4), numbered(convention, 5)
    await world.propose(article, "Le mardi.", world.odile)
    added = AddClause(
        convention_id=world.convention,
        clause_id=ClauseId(new_id()),
        title="Stationnement",
        text="Une place.",
    )
    await world.ask(added, world.odile)
    with_article = (await world.get()).version
    terms = convention.terms.terms
    longer = terms.model_copy(update={"ends_on": terms.ends_on + timedelta(days=30)})
    await world.ask(ProposeTerms(convention_id=world.convention, revision=1, terms=longer), world.claire)
    annex = AnnexId(new_id())
    await world.ask(
        AnnounceAnnex(convention_id=world.convention, annex_id=annex, title="Planning"), world.claire
    )
    await world.ask(
        GiveAnnexFile(convention_id=world.convention, annex_id=annex, revision=1, file=FILE), world.claire
    )
    # Changed, and changed back: nothing happened to it between the ends.
    await world.propose(other, "Autre chose.", world.claire)
    await world.propose(numbered(await world.get(), 5), other.text, world.claire)
    before_it_went = (await world.get()).version
    await world.ask(
        WithdrawClause(convention_id=world.convention, clause_id=added.clause_id, revision=1), world.odile
    )
    end = (await world.get()).version

    # Karim has read the beginning: that is what he is shown by himself.
    told = await world.ask(CompareConvention(convention_id=world.convention), world.karim)
    assert (told.before, told.after, told.changed, told.unchanged) == (began, end, 1, 11)
    assert told.terms is not None
    assert (told.terms.before, told.terms.after, told.terms.by) == (terms, longer, (world.hospital,))
    (file,) = told.annexes
    assert (file.number, file.before, file.after, file.withdrawn) == (1, None, FILE, False)
    (changed,) = told.clauses
    assert (changed.number, changed.revision_before, changed.revision_after) == (4, 1, 2)
    assert changed.by == (world.association,)
    assert text_of(changed.pieces, PieceKind.SAME, PieceKind.REMOVED) == article.text
    assert text_of(changed.pieces, PieceKind.SAME, PieceKind.ADDED) == "Le mardi."
    assert {it.by for it in changed.pieces if it.kind is not PieceKind.SAME} == {world.association}

    # The article that came and went again stands in the versions in between.
    came = await world.ask(
        CompareConvention(convention_id=world.convention, before=began, after=with_article), world.claire
    )
    assert [(it.title, it.revision_before, it.revision_after) for it in came.clauses] == [
        (article.title, 1, 2),
        ("Stationnement", None, 1),
    ]
    went = await world.ask(
        CompareConvention(convention_id=world.convention, before=before_it_went, after=end), world.claire
    )
    assert [(it.title, it.revision_after, it.by) for it in went.clauses] == [
        ("Stationnement", None, (world.association,))
    ]
    # What was taken back stays readable where links lead to it.
    kept = await world.ask(
        CompareClause(convention_id=world.convention, clause_id=added.clause_id), world.claire
    )
    assert kept.withdrawn_at is not None
    assert (kept.withdrawn_by, text_of(kept.pieces, PieceKind.SAME)) == (world.association, "Une place.")

    with pytest.raises(VersionNotFound):
        await world.ask(
            CompareConvention(convention_id=world.convention, before=1, after=end + 1), world.claire
        )


async def test_the_whole_convention_tells_what_is_new_since_it_was_read(world: World) -> None:
    """Articles that came or went, annexes, and whose the changes are: not only the texts that changed."""
    convention = await world.negotiate()
    gone = AddClause(
        convention_id=world.convention, clause_id=ClauseId(new_id()), title="Parking", text="Une place."
    )
    await world.ask(gone, world.odile)
    read = (await world.get()).version
    await world.ask(ReadConvention(convention_id=world.convention, version=read), world.karim)
    await world.ask(
        WithdrawClause(convention_id=world.convention, clause_id=gone.clause_id, revision=1), world.odile
    )
    came = gone.model_copy(update={"clause_id": ClauseId(new_id()), "title": "Assurance"})
    await world.ask(came, world.odile)
    await world.propose(numbered(convention, 4), "Le mardi.", world.odile)
    await world.propose(numbered(await world.get(), 4), "Le jeudi.", world.claire)
    annex = AnnexId(new_id())
    await world.ask(
        AnnounceAnnex(convention_id=world.convention, annex_id=annex, title="Planning"), world.odile
    )

    seen = await world.get(world.karim)
    assert [(it.title, it.withdrawn_by) for it in seen.withdrawn] == [("Parking", world.association)]
    new = [it for it in seen.clauses if it.is_new]
    assert [(it.title, it.changed_by) for it in new] == [("Assurance", (world.association,))]
    assert set(numbered(seen, 4).changed_by) == {world.association, world.hospital}
    assert numbered(seen, 5).changed_by == ()
    assert [it.changed for it in seen.annexes] == [True]
    # To whoever wrote it, her own is no news; somebody who never read it has none at all.
    assert [it.changed for it in (await world.get(world.odile)).annexes] == [False]
    assert not any(it.is_new or it.changed_by for it in (await world.get(world.hugo)).clauses)

    await world.ask(ReadConvention(convention_id=world.convention, version=seen.version), world.karim)
    seen = await world.get(world.karim)
    assert (seen.withdrawn, [it.changed for it in seen.annexes]) == ((), [False])
    assert not any(it.is_new or it.text_before for it in seen.clauses)


async def test_versions_of_the_text_are_listed_with_what_changed(world: World) -> None:
    sealed_hash = await world.seal()
    listed = await world.ask(ListTextVersions(convention_id=world.convention), world.claire)
    assert listed.versions[0].sealed
    assert listed.versions[0].version == listed.current
    assert (listed.first, listed.versions[-1].version, listed.read) == (1, 1, None)
    assert listed.versions[-1].terms
    assert len(listed.versions[-1].clauses) == 12
    versions = [it.version for it in listed.versions]
    assert versions == sorted(set(versions), reverse=True)
    assert sealed_hash
    with pytest.raises(ConventionNotFound):
        await world.ask(ListTextVersions(convention_id=world.convention), world.yann)


async def test_a_long_comparison_comes_page_by_page(world: World) -> None:
    convention = await world.negotiate()
    for clause in convention.clauses:
        await world.propose(clause, f"{clause.number} " + "à " * 6_600, world.claire)
    pages = []
    begin: int | None = 0
    while begin is not None:
        page = await world.ask(
            CompareConvention(convention_id=world.convention, before=1, begin=begin), world.claire
        )
        pages.append(page)
        begin = page.next_from
    assert len(pages) > 1
    assert [it.number for page in pages for it in page.clauses] == list(range(12))
    assert {page.changed for page in pages} == {12}
