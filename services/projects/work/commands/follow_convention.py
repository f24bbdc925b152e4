"""Let projects pause and go on with their convention, in the transaction in which it stops or holds again."""

from services.projects.work import storage
from shared.backbone.outbox import announce
from shared.contracts.identifiers import ConventionId
from shared.kit import clock
from shared.kit.database import Transaction


async def follow_convention(tx: Transaction, convention_id: ConventionId, *, in_force: bool) -> None:
    """Pause every running project of a convention that is locked, or resume every paused one."""
    now = clock.now()
    for project in await storage.load_to_follow(tx, convention_id, in_force=in_force):
        events = project.follow(in_force=in_force)
        await storage.save_project(tx, project, events, now)
        await announce(tx, events, of=project)
