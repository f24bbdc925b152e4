"""Terms as rows: every revision is only ever added, the convention says which one stands."""

from typing import Any

from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.terms import TermsOnTable
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.terms import Terms
from shared.kit.database import Transaction

_ADD_REVISION = """
INSERT INTO convention_terms (convention_id, revision, convention_version, starts_on, ends_on, renewal, renewal_months,
                              notice_months, meetings_per_year, reviews_per_year, means, organization_id, person_id,
                              proposed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""

_SAVE = """
UPDATE conventions SET terms_revision = $2, terms_accepted_by = $3, terms_agreed_at = $4, starts_on = $5, ends_on = $6
WHERE convention_id = $1
"""


async def add_terms_revision(tx: Transaction, convention: Convention, version: int) -> None:
    """Store the terms that came with this version of the convention."""
    table = convention.terms
    terms = table.terms
    await tx.execute(
        _ADD_REVISION,
        convention.id,
        table.revision,
        version,
        terms.starts_on,
        terms.ends_on,
        terms.renewal,
        terms.renewal_months,
        terms.notice_months,
        terms.meetings_per_year,
        terms.reviews_per_year,
        [it.model_dump(mode="json", exclude_none=True) for it in terms.means],
        table.proposed_by,
        table.proposed_by_person,
        table.proposed_at,
    )


async def save_terms(tx: Transaction, convention: Convention) -> None:
    """Store which terms stand, and who accepts them."""
    table = convention.terms
    await tx.execute(
        _SAVE,
        convention.id,
        table.revision,
        list(table.accepted_by),
        table.agreed_at,
        table.terms.starts_on,
        table.terms.ends_on,
    )


def terms_of(row: Any) -> TermsOnTable:
    """From a convention's row, with `terms`: the row of its terms as JSON."""
    terms = row["terms"]
    return TermsOnTable(
        terms=Terms.model_validate(terms),
        revision=row["terms_revision"],
        accepted_by=frozenset(OrganizationId(it) for it in row["terms_accepted_by"]),
        proposed_by=row["terms_by"],
        proposed_by_person=row["terms_by_person"],
        proposed_at=row["terms_proposed_at"],
        agreed_at=row["terms_agreed_at"],
    )
