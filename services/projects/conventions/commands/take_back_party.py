"""Take back a party that has accepted and signed nothing."""

from services.projects.authority.public import sides_of
from services.projects.conventions import storage
from services.projects.conventions.domain import taking_back
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.parties import TakeBackParty
from shared.kit import clock
from shared.kit.database import Transaction


async def take_back_party(command: TakeBackParty, actor: Actor, tx: Transaction) -> Done:
    """Take it back; where only its référent was awaited, the negotiation opens."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    admissions = await storage.read_admissions(tx, convention.id)
    silent = await storage.silent_parties_of(tx, convention)
    now = clock.now()
    events = taking_back.take_back_party(
        convention, admissions, command.organization_id, silent, speaker, now
    )
    sides = await sides_of(tx, [convention.id])
    events += convention.open_negotiation(sides[convention.id].accepted, now)
    # The convention last: a party that takes itself back writes nothing there afterwards.
    await storage.save_admissions(tx, convention, admissions, events, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
