"""Remember what a person has read. No event: what one reads is nobody else's business."""

from services.projects.authority.public import member_or_invited
from services.projects.conventions import storage
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import ReadConvention
from shared.contracts.projects.refusals import ConventionNotFound
from shared.kit import clock
from shared.kit.database import Transaction


async def read_convention(command: ReadConvention, actor: Actor, tx: Transaction) -> Done:
    """Remember that the actor has read the convention up to this version, and never less than before."""
    await member_or_invited(tx, actor, command.convention_id)
    version = await storage.mark_read(tx, command.convention_id, command.version, clock.now(), by=actor)
    if version is None:
        raise ConventionNotFound
    return Done(version=version)
