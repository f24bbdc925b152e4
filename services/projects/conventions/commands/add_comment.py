"""Comment a clause, or write to the other side about the whole."""

from services.projects.conventions import storage
from services.projects.conventions.domain import commenting
from services.projects.conventions.domain.comment import Comment
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AddComment
from shared.contracts.projects.refusals import IdentifierTaken
from shared.kit import clock
from shared.kit.database import Transaction


async def add_comment(command: AddComment, actor: Actor, tx: Transaction) -> Done:
    """Add a comment; asking again with the same words changes nothing."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    comment = Comment(
        id=command.comment_id,
        clause_id=command.clause_id,
        organization_id=speaker.organization_id,
        person_id=speaker.person_id,
        text=command.text,
    )
    now = clock.now()
    events = commenting.add_comment(convention, comment, speaker)
    if known := await storage.find_comment(tx, convention.id, comment.id):
        if known.comment != comment:
            raise IdentifierTaken
        return Done(version=known.at_version)
    version = await storage.save_convention(tx, convention, events, now)
    await storage.add_comment(tx, convention.id, comment, version, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
