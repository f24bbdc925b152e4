"""The conventions of an organisation."""

from services.projects.authority.public import require_member
from services.projects.conventions.domain.awaiting import awaited_from
from services.projects.conventions.queries.standings import standings_of
from services.projects.conventions.storage import speaker_of
from shared.contracts.actor import Actor
from shared.contracts.projects.queries import ConventionLine, Conventions, ListConventions
from shared.kit.database import Transaction


async def list_conventions(query: ListConventions, actor: Actor, tx: Transaction) -> Conventions:
    """Those that await the actor first, then the last changed."""
    member = await require_member(tx, actor)
    lines = [
        ConventionLine(
            convention_id=it.convention_id,
            title=it.title,
            state=it.situation.state,
            parties=it.parties,
            starts_on=it.starts_on,
            ends_on=it.ends_on,
            sign_before=it.sign_before,
            changed_at=it.changed_at,
            awaits_me=awaited_from(speaker_of(member, it.convention_id), it.situation, it.sides) is not None,
        )
        for it in await standings_of(tx, actor)
    ]
    # The sort is stable: each half keeps the last changed first.
    lines.sort(key=lambda line: not line.awaits_me)
    return Conventions(conventions=tuple(lines[: query.limit]))
