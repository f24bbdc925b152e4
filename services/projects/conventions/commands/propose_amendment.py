"""Begin an amendment."""

from services.projects.conventions import storage
from services.projects.conventions.domain import amending
from services.projects.conventions.domain.amending import Wanted
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.amendments import ProposeAmendment
from shared.contracts.projects.refusals import IdentifierTaken
from shared.contracts.refusals import Defect
from shared.kit import clock
from shared.kit.database import Transaction


async def propose_amendment(command: ProposeAmendment, actor: Actor, tx: Transaction) -> Done:
    """Begin one with the text in force; asking again with the same words changes nothing."""
    wanted = Wanted(command.amendment_id, command.title, command.reason, command.effective_on)
    base, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    if known := await storage.find_convention_as_service(tx, command.amendment_id):
        if not wanted.began(known, base.id):
            raise IdentifierTaken
        return Done(version=1)
    so_far = await storage.amended_so_far(tx, base.id)
    amendment, events = amending.propose_amendment(
        base, so_far, wanted, speaker, now=clock.now(), today=clock.today_in_paris()
    )
    if amendment.amends is None:
        raise Defect("an amendment of nothing")
    await storage.add_amendment(tx, amendment, amendment.amends)
    await announce(tx, events, of=amendment)
    return Done(version=len(events))
