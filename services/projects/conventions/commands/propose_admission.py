"""Propose that an organisation comes to a convention."""

from services.projects.authority.public import registered_sides
from services.projects.conventions import storage
from services.projects.conventions.domain import admitting
from services.projects.conventions.domain.admission import Admission
from services.projects.conventions.domain.party import Party
from services.projects.conventions.domain.rights import Speaker
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.parties import ProposeAdmission
from shared.contracts.projects.refusals import PartiesNotBalanced
from shared.kit import clock
from shared.kit.database import Transaction


async def propose_admission(command: ProposeAdmission, actor: Actor, tx: Transaction) -> Done:
    """Propose it; while the convention is a draft, it comes at once."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    await _require_true_side(command, tx)
    admissions = await storage.read_admissions(tx, convention.id)
    now = clock.now()
    wanted = _wanted(command, speaker)
    events = admitting.propose_admission(convention, admissions, wanted, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await storage.save_admissions(tx, convention, admissions, events, speaker, now)
    await announce(tx, events, of=convention)
    return Done(version=version)


async def _require_true_side(command: ProposeAdmission, tx: Transaction) -> None:
    """The directory says on which side an organisation stands, not the one who writes."""
    it = command.organization
    registered = await registered_sides(tx, [it.organization_id])
    if registered.get(it.organization_id, it.side) != it.side:
        raise PartiesNotBalanced


def _wanted(command: ProposeAdmission, by: Speaker) -> Admission:
    it = command.organization
    return Admission(
        id=command.admission_id,
        role=command.role,
        party=Party(organization_id=it.organization_id, side=it.side, name=it.name, seat=it.seat),
        interest=command.interest or "",
        proposed_by=by.organization_id,
        proposed_by_person=by.person_id,
        proposed_at=clock.now(),
        accepted_by=frozenset({by.organization_id}),
    )
