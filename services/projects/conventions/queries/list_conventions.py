"""The conventions of an organisation."""

from dataclasses import replace

from services.projects.authority.public import Member, require_member
from services.projects.conventions.domain.awaiting import awaited_from
from services.projects.conventions.queries.standings import (
    Standing,
    Wanted,
    count_of,
    folded_words,
    standings_of,
)
from services.projects.conventions.storage import speaker_of
from shared.contracts.actor import Actor
from shared.contracts.projects.counts import AwaitingCount
from shared.contracts.projects.queries import ConventionLine, Conventions, ListConventions
from shared.kit.database import Transaction


async def list_conventions(query: ListConventions, actor: Actor, tx: Transaction) -> Conventions:
    """A page of them: those that await the actor open the first one, then come the last changed."""
    member = await require_member(tx, actor)
    asked = Wanted(words=await folded_words(tx, query.words), party=query.party, state=query.state)
    awaiting = await _awaiting(tx, actor, member, asked)
    # A place is left for another, from which the next page is counted.
    first = awaiting[: query.limit - 1]
    left = query.limit - (len(first) if query.before is None else 0)
    others = replace(
        asked,
        before=query.before,
        without=tuple(it.convention_id for it in first),
        # One more tells whether there is another page.
        limit=left + 1,
    )
    rest = await standings_of(tx, actor, others)
    page = rest[:left]
    await_me = {it.convention_id for it in awaiting}
    shown = (*first, *page) if query.before is None else page
    return Conventions(
        conventions=tuple(_line(it, awaits_me=it.convention_id in await_me) for it in shown),
        total=await count_of(tx, actor, asked),
        awaiting=len(awaiting),
        next_before=page[-1].convention_id if len(rest) > left and page else None,
    )


async def count_awaiting(actor: Actor, tx: Transaction) -> AwaitingCount:
    """How many await the actor. Every page asks it, so only what is not signed yet is read."""
    member = await require_member(tx, actor)
    return AwaitingCount(awaiting=len(await _awaiting(tx, actor, member, Wanted())))


async def _awaiting(tx: Transaction, actor: Actor, member: Member, asked: Wanted) -> list[Standing]:
    return [
        it
        for it in await standings_of(tx, actor, replace(asked, unfinished_only=True))
        if awaited_from(speaker_of(member, it.partnership_id), it.situation, it.sides)
    ]


def _line(standing: Standing, *, awaits_me: bool) -> ConventionLine:
    return ConventionLine(
        convention_id=standing.convention_id,
        title=standing.title,
        state=standing.situation.state,
        parties=standing.parties,
        starts_on=standing.starts_on,
        ends_on=standing.ends_on,
        sign_before=standing.sign_before,
        changed_at=standing.changed_at,
        awaits_me=awaits_me,
    )
