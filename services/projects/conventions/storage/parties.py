"""What becomes of the rows of a text when one of its parties is gone."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date, datetime

from services.projects.conventions.domain.convention import Convention
from shared.contracts.identifiers import OrganizationId
from shared.kit.database import Transaction

_GONE = "UPDATE convention_parties SET left_on = $3 WHERE convention_id = $1 AND organization_id = $2"

# As `domain/going_on.py` says: what all who stay have accepted is agreed.
_AGREED = (
    """
    UPDATE clauses SET agreed_at = $3, agreed_once = true
    WHERE convention_id = $1 AND withdrawn_at IS NULL AND agreed_at IS NULL AND accepted_by @> $2::uuid[]
    """,
    """
    UPDATE convention_annexes SET agreed_at = $3
    WHERE convention_id = $1 AND agreed_at IS NULL AND accepted_by @> $2::uuid[]
    """,
    """
    UPDATE conventions SET terms_agreed_at = $3
    WHERE convention_id = $1 AND terms_agreed_at IS NULL AND terms_accepted_by @> $2::uuid[]
    """,
)


_SILENT = """
SELECT party AS organization_id FROM unnest($2::uuid[]) AS party
WHERE NOT EXISTS (
    SELECT FROM event_log
    WHERE aggregate_id = $1 AND actor_organization = party
      AND type <> 'entente.projects.convention.comment_added.v1'
)
"""


@asynccontextmanager
async def noted_by_the_service(tx: Transaction) -> AsyncGenerator[None]:
    """Act as the service for a moment: no party writes who the parties are. After an exception all of it is rolled back."""
    await tx.execute("SELECT set_config('entente.role', 'service', true)")
    yield
    if tx.actor is not None:
        await tx.execute("SELECT set_config('entente.role', 'person', true)")


async def part_from(
    tx: Transaction, convention: Convention, party: OrganizationId, on: date, now: datetime
) -> None:
    """Store that it is a party no more since that day; its row stays for what it signed."""
    async with noted_by_the_service(tx):
        for statement in _AGREED:
            await tx.execute(statement, convention.id, list(convention.party_ids), now)
        await tx.execute(_GONE, convention.id, party, on)


async def silent_parties_of(tx: Transaction, convention: Convention) -> frozenset[OrganizationId]:
    """The parties that have accepted, proposed and signed nothing, however the text changed since: the log remembers.

    None of a convention of two: without either of them it would be none. None of an amendment: it has the parties of its
    convention.
    """
    if convention.amends or len(convention.parties) == 2:
        return frozenset()
    rows = await tx.fetch(_SILENT, convention.id, list(convention.party_ids))
    return frozenset(OrganizationId(row["organization_id"]) for row in rows)
