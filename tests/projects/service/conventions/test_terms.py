"""Terms on the running service: proposed, accepted, read, kept, and sealed with the text."""

import asyncio
import json
from datetime import timedelta

import pytest

from shared.contracts.projects.commands import AcceptTerms, ProposeTerms, ReadConvention
from shared.contracts.projects.queries import (
    Act,
    CheckSealing,
    GetSealedText,
    GetTermsHistory,
    ListConventions,
)
from shared.contracts.projects.refusals import NotAReferent, RenewalUnclear, TermsChanged
from shared.contracts.projects.terms import PromisedMeans, Renewal, Terms
from tests.projects.service.world import TODAY, Member, World


def other_terms(world: World) -> Terms:
    """What the association would rather have."""
    return Terms(
        starts_on=TODAY + timedelta(days=10),
        ends_on=TODAY + timedelta(days=800),
        renewal=Renewal.EXPRESS,
        renewal_months=24,
        notice_months=3,
        meetings_per_year=4,
        reviews_per_year=2,
        means=(
            PromisedMeans(text="Une salle", by=world.hospital, due_on=TODAY + timedelta(days=30)),
            PromisedMeans(text="Un accueil des nouveaux bénévoles"),
        ),
    )


async def propose(world: World, revision: int, terms: Terms, member: Member) -> None:
    await world.ask(ProposeTerms(convention_id=world.convention, revision=revision, terms=terms), member)


async def test_terms_are_proposed_read_as_news_and_accepted(world: World) -> None:
    convention = await world.negotiate()
    first = convention.terms
    assert (first.terms.renewal, first.terms.notice_months) == (Renewal.TACIT, 2)
    assert (first.accepted_by, first.before) == ((world.hospital,), None)
    await world.ask(ReadConvention(convention_id=world.convention, version=convention.version), world.claire)

    wanted = other_terms(world)
    await propose(world, 1, wanted, world.odile)
    news = await world.get()
    assert (news.terms.terms, news.terms.before, news.terms.agreed) == (wanted, first.terms, False)
    assert (news.starts_on, news.ends_on) == (wanted.starts_on, wanted.ends_on)
    assert Act.ACCEPT in news.may
    assert (await world.get(world.odile)).terms.before is None

    await world.ask(AcceptTerms(convention_id=world.convention, revision=2), world.claire)
    agreed = (await world.get()).terms
    assert agreed.agreed
    assert set(agreed.accepted_by) == {world.hospital, world.association}
    (line,) = (await world.ask(ListConventions(), world.claire)).conventions
    assert line.ends_on == wanted.ends_on
    history = await world.ask(GetTermsHistory(convention_id=world.convention), world.odile)
    assert [(it.revision, it.terms) for it in history.revisions] == [(2, wanted), (1, first.terms)]


async def test_of_two_concurrent_proposals_exactly_one_wins(world: World) -> None:
    await world.negotiate()
    outcomes = await asyncio.gather(
        propose(world, 1, other_terms(world), world.odile),
        propose(world, 1, other_terms(world).model_copy(update={"notice_months": 6}), world.claire),
        return_exceptions=True,
    )
    assert [type(it) for it in outcomes if it is not None] == [TermsChanged]
    assert (await world.get()).terms.revision == 2


async def test_refusals_of_terms(world: World) -> None:
    await world.negotiate()
    with pytest.raises(NotAReferent):
        await propose(world, 1, other_terms(world), world.karim)
    with pytest.raises(RenewalUnclear):
        unclear = other_terms(world).model_copy(update={"renewal_months": None})
        await propose(world, 1, unclear, world.odile)
    assert (await world.get()).terms.revision == 1


async def test_terms_that_nobody_accepted_stand_against_sealing_and_are_in_the_sealed_text(
    world: World,
) -> None:
    await world.agree()
    wanted = other_terms(world)
    await propose(world, 1, wanted, world.claire)
    check = await world.ask(CheckSealing(convention_id=world.convention), world.claire)
    assert [it.reason for it in check.problems] == ["terms_not_agreed"]
    await world.accept_all(world.odile)
    await world.seal_again((await world.get()).version)
    sealed = await world.ask(GetSealedText(convention_id=world.convention), world.odile)
    content = json.loads(sealed.text)
    assert content["form"] == "entente-convention/3"
    assert content["terms"]["notice_months"] == 3
    assert content["terms"]["means"][0]["by"] == str(world.hospital)
