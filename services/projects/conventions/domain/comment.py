"""What somebody says about a clause, or about the whole."""

from dataclasses import dataclass

from shared.contracts.identifiers import ClauseId, CommentId, OrganizationId, PersonId


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. It stays as it was written."""

    id: CommentId
    clause_id: ClauseId | None
    organization_id: OrganizationId
    person_id: PersonId
    text: str
