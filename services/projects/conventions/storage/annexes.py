"""The annexes of a convention: how they are loaded with it, and what of them is stored."""

from typing import Any

from services.projects.conventions.domain.annex import Annex
from services.projects.conventions.domain.convention import Convention
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import AnnexId, ConventionId, OrganizationId
from shared.contracts.projects.events import AnnexAccepted, AnnexProposed
from shared.kit.database import Transaction
from shared.kit.files import name_file

_ANNEXES = """
SELECT annex.annex_id, annex.number, annex.title, annex.revision, annex.accepted_by, annex.agreed_at, annex.taken_up,
       current.sha256, current.size, current.media_type, current.name, current.withdrawn, current.organization_id,
       current.person_id, current.proposed_at
FROM convention_annexes AS annex JOIN annex_revisions AS current USING (convention_id, annex_id, revision)
WHERE annex.convention_id = $1
ORDER BY annex.number
"""

_SAVE = """
INSERT INTO convention_annexes (convention_id, annex_id, number, title, revision, accepted_by, agreed_at, taken_up)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (convention_id, annex_id)
DO UPDATE SET revision = excluded.revision, accepted_by = excluded.accepted_by, agreed_at = excluded.agreed_at,
              taken_up = excluded.taken_up
"""

_ADD_REVISION = """
INSERT INTO annex_revisions (convention_id, annex_id, revision, convention_version, sha256, size, media_type, name,
                             withdrawn, organization_id, person_id, proposed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


async def read_annexes(tx: Transaction, convention_id: ConventionId) -> dict[AnnexId, Annex]:
    """All of them, those that were taken out too, by their number."""
    rows = await tx.fetch(_ANNEXES, convention_id)
    return {AnnexId(row["annex_id"]): _annex(row) for row in rows}


async def save_annex(
    tx: Transaction, convention: Convention, event: AnnexProposed | AnnexAccepted, version: int
) -> None:
    """Store where an annex stands and, if it was changed, what came with this version of the convention."""
    annex = convention.annexes[event.annex_id]
    await put_annex(tx, convention, annex)
    if isinstance(event, AnnexProposed):
        await add_annex_revision(tx, convention, annex, version)


async def put_annex(tx: Transaction, convention: Convention, annex: Annex) -> None:
    """Store where an annex stands."""
    await tx.execute(
        _SAVE,
        convention.id,
        annex.id,
        annex.number,
        annex.title,
        annex.revision,
        list(annex.accepted_by),
        annex.agreed_at,
        annex.taken_up,
    )


async def add_annex_revision(tx: Transaction, convention: Convention, annex: Annex, version: int) -> None:
    """Store what an annex is since this version of the convention."""
    file = annex.file
    if file:
        await name_file(tx, file.sha256, file.size)
    await tx.execute(
        _ADD_REVISION,
        convention.id,
        annex.id,
        annex.revision,
        version,
        *((file.sha256, file.size, file.media_type, file.name) if file else (None, None, None, None)),
        annex.withdrawn,
        annex.proposed_by,
        annex.proposed_by_person,
        annex.proposed_at,
    )


def file_of(row: Any) -> GivenFile | None:
    """The file that a row names, if it names one."""
    if row["sha256"] is None:
        return None
    return GivenFile(sha256=row["sha256"], size=row["size"], media_type=row["media_type"], name=row["name"])


def _annex(row: Any) -> Annex:
    return Annex(
        id=AnnexId(row["annex_id"]),
        number=row["number"],
        title=row["title"],
        file=file_of(row),
        withdrawn=row["withdrawn"],
        revision=row["revision"],
        accepted_by=frozenset(OrganizationId(it) for it in row["accepted_by"]),
        proposed_by=row["organization_id"],
        proposed_by_person=row["person_id"],
        proposed_at=row["proposed_at"],
        agreed_at=row["agreed_at"],
        taken_up=row["taken_up"],
    )
