"""Agree that an organisation comes."""

from services.projects.conventions import storage
from services.projects.conventions.domain import admitting
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.parties import AcceptAdmission
from shared.kit import clock
from shared.kit.database import Transaction


async def accept_admission(command: AcceptAdmission, actor: Actor, tx: Transaction) -> Done:
    """Agree for the actor's party; the last one lets it in."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    admissions = await storage.read_admissions(tx, convention.id)
    now = clock.now()
    events = admitting.accept_admission(convention, admissions, command.admission_id, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await storage.save_admissions(tx, convention, admissions, events, speaker, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
