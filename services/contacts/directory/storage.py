"""Organisations to rows, with the words that they are found by."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from services.contacts.directory.domain import words
from services.contacts.directory.domain.organization import Organization
from shared.contracts.identifiers import OrganizationId
from shared.kit.database import Transaction

_INSERT = """
INSERT INTO organization (organization_id, version, side, name, kind, finess, siren, rna, street, postal_code, city,
                          purpose, registered_at)
VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT DO NOTHING
RETURNING organization_id
"""

_INSERT_WORDS = """
INSERT INTO organization_words (organization_id, side, sort_name, length, name_words, all_words)
VALUES ($1, $2, $3, $4, $5, $6)
"""

# Sorted, so that two batches at once take the same rows in the same order and never wait for each other in a circle.
_COUNT_WORDS = """
INSERT INTO search_word (word, uses)
SELECT word, uses FROM unnest($1::text[], $2::bigint[]) AS counted (word, uses) ORDER BY word COLLATE "C"
ON CONFLICT (word) DO UPDATE SET uses = search_word.uses + excluded.uses
"""

_TAKEN = """
SELECT organization_id, finess = $2 AS finess, siren = $3 AS siren, rna = $4 AS rna FROM organization
WHERE organization_id = $1 OR finess = $2 OR siren = $3 OR rna = $4
"""


async def insert_organization(tx: Transaction, organization: Organization, *, now: datetime) -> bool:
    """Store a new organisation; False, and nothing stored, when its id or one of its numbers is there already."""
    inserted = await tx.fetchval(
        _INSERT,
        organization.id,
        organization.side,
        organization.name,
        organization.kind,
        organization.finess,
        organization.siren,
        organization.rna,
        organization.address.street,
        organization.address.postal_code,
        organization.address.city,
        organization.purpose,
        now,
    )
    return inserted is not None


async def number_taken(tx: Transaction, organization: Organization) -> str | None:
    """Which of the organisation's numbers another one has; None when the organisation itself is known."""
    rows = await tx.fetch(_TAKEN, organization.id, organization.finess, organization.siren, organization.rna)
    if any(row["organization_id"] == organization.id for row in rows):
        return None
    return next(name for row in rows for name in ("finess", "siren", "rna") if row[name])


async def name_of(tx: Transaction, organization_id: OrganizationId) -> str | None:
    """As the directory has it."""
    return await tx.fetchval("SELECT name FROM organization WHERE organization_id = $1", organization_id)


async def index_words(tx: Transaction, organizations: Sequence[Organization]) -> None:
    """Make organisations findable: by their own words, and through the vocabulary of the whole directory."""
    uses: Counter[str] = Counter()
    rows = [(_index_row(organization, uses)) for organization in organizations]
    await tx.executemany(_INSERT_WORDS, rows)
    await tx.execute(_COUNT_WORDS, list(uses.keys()), list(uses.values()))


async def organization_exists(tx: Transaction, organization_id: OrganizationId) -> bool:
    """Whether the directory has it."""
    return (
        await tx.fetchval("SELECT true FROM organization WHERE organization_id = $1", organization_id)
        or False
    )


def _index_row(
    organization: Organization, uses: Counter[str]
) -> tuple[OrganizationId, str, str, int, list[int], list[int]]:
    all_words = organization.all_words()
    uses.update(word for word in all_words if not words.is_number(word))
    in_name = words.folded(organization.name)
    return (
        organization.id,
        organization.side,
        " ".join(in_name),
        len(in_name),
        [words.code_of(word) for word in organization.name_words()],
        [words.code_of(word) for word in all_words],
    )
