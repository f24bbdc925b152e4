"""Every text of an article, as it was proposed: what was once written stays."""

from collections.abc import Iterable

from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.convention import Convention
from shared.kit.database import Transaction

_ADD = """
INSERT INTO clause_revisions (clause_id, revision, convention_id, convention_version, text, organization_id, person_id,
                              proposed_at, withdrawn)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def add_clause_revisions(
    tx: Transaction, convention: Convention, clauses: Iterable[Clause], version: int
) -> None:
    """Keep the present text of these articles, which came with this version of the convention."""
    await tx.executemany(
        _ADD,
        [
            (
                it.id,
                it.revision,
                convention.id,
                version,
                it.text,
                it.proposed_by,
                it.proposed_by_person,
                it.proposed_at,
                it.withdrawn,
            )
            for it in clauses
        ],
    )
