"""Say something about a clause, or about the whole."""

from services.projects.conventions.domain import rights
from services.projects.conventions.domain.comment import Comment
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.messages import Event
from shared.contracts.projects.events import CommentAdded
from shared.contracts.projects.queries import Act
from shared.contracts.projects.refusals import ClauseNotFound


def add_comment(convention: Convention, comment: Comment, by: Speaker) -> list[Event]:
    """Tell both sides.

    Raises:
        ClauseNotFound: the convention has no such clause.
    """
    rights.check(Act.COMMENT, convention.situation, by)
    if comment.clause_id is not None and comment.clause_id not in convention.clauses:
        raise ClauseNotFound
    return [
        CommentAdded(
            convention_id=convention.id,
            comment_id=comment.id,
            clause_id=comment.clause_id,
            organization_id=by.organization_id,
        )
    ]
