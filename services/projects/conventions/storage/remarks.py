"""What people write beside the text, and how far each of them has read."""

from dataclasses import dataclass
from datetime import datetime

from services.projects.conventions.domain.comment import Comment
from shared.contracts.actor import Actor
from shared.contracts.identifiers import CommentId, ConventionId
from shared.kit.database import Transaction

# The largest version that PostgreSQL's integer holds; a client may claim to have read anything.
_LAST_VERSION = 2**31 - 1

_FIND_COMMENT = """
SELECT clause_id, organization_id, person_id, text, convention_version FROM clause_comments
WHERE convention_id = $1 AND comment_id = $2
"""

_ADD_COMMENT = """
INSERT INTO clause_comments (convention_id, comment_id, clause_id, convention_version, organization_id, person_id,
                             text, written_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

_MARK_READ = """
INSERT INTO reading_marks AS mark (convention_id, person_id, version, read_at)
SELECT convention.convention_id, $2, least($4, convention.version), $5
FROM conventions AS convention
WHERE convention.convention_id = $1
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = convention.convention_id
        AND (access.organization_id = $3 OR access.person_id = $2)
  )
ON CONFLICT (convention_id, person_id)
DO UPDATE SET version = greatest(mark.version, excluded.version), read_at = excluded.read_at
RETURNING (SELECT convention.version FROM conventions AS convention WHERE convention.convention_id = mark.convention_id)
"""


@dataclass(frozen=True, slots=True)
class KnownComment:
    """A comment that is stored, and the version of the convention that it came with."""

    comment: Comment
    at_version: int


async def find_comment(
    tx: Transaction, convention_id: ConventionId, comment_id: CommentId
) -> KnownComment | None:
    """A comment of a convention that was loaded."""
    row = await tx.fetchrow(_FIND_COMMENT, convention_id, comment_id)
    if row is None:
        return None
    comment = Comment(
        id=comment_id,
        clause_id=row["clause_id"],
        organization_id=row["organization_id"],
        person_id=row["person_id"],
        text=row["text"],
    )
    return KnownComment(comment, at_version=row["convention_version"])


async def add_comment(
    tx: Transaction, convention_id: ConventionId, comment: Comment, version: int, now: datetime
) -> None:
    """Store a comment that came with this version of the convention."""
    await tx.execute(
        _ADD_COMMENT,
        convention_id,
        comment.id,
        comment.clause_id,
        version,
        comment.organization_id,
        comment.person_id,
        comment.text,
        now,
    )


async def mark_read(
    tx: Transaction, convention_id: ConventionId, version: int, now: datetime, *, by: Actor
) -> int | None:
    """Remember how far the actor has read; returns the convention's version, None when she may not see it."""
    return await tx.fetchval(
        _MARK_READ, convention_id, by.person_id, by.organization_id, min(version, _LAST_VERSION), now
    )
