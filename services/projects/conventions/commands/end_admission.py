"""Say no to an organisation that is to come, or end that one observes."""

from services.projects.conventions import storage
from services.projects.conventions.domain import admitting
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.parties import EndAdmission
from shared.kit import clock
from shared.kit.database import Transaction


async def end_admission(command: EndAdmission, actor: Actor, tx: Transaction) -> Done:
    """Say no, take it back, or end that it observes."""
    convention, speaker = await storage.load_observed(tx, command.convention_id, on_behalf_of=actor)
    admissions = await storage.read_admissions(tx, convention.id)
    now = clock.now()
    events = admitting.end_admission(convention, admissions, command.admission_id, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await storage.save_admissions(tx, convention, admissions, events, speaker, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
