"""Ask for a mediation."""

from services.projects.conventions.public import ConventionStanding
from services.projects.mediation import storage
from services.projects.mediation.domain import Mediation, Speaker, require_speaker
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.mediation import AskForMediation, MediationOpen
from shared.contracts.projects.promises import ObligationNotFound
from shared.contracts.projects.refusals import ConventionNotInForce, IdentifierTaken
from shared.kit import clock
from shared.kit.database import Transaction


async def ask_for_mediation(command: AskForMediation, actor: Actor, tx: Transaction) -> Done:
    """Ask the other parties, one mediation at a time; asked again with the same id, nothing happens."""
    found, by = await storage.find_convention(tx, command.convention_id, actor)
    known = await storage.find_mediation(tx, found, command.mediation_id)
    if known and known.asked_by == by.organization_id:
        return Done(version=known.version)
    await _require_possible(tx, command, found, by)
    mediation, events = Mediation.ask(command, by, frozenset(found.parties), clock.now())
    if not await storage.add_mediation(tx, mediation, events):
        raise IdentifierTaken
    await announce(tx, events, of=mediation)
    return Done(version=len(events))


async def _require_possible(
    tx: Transaction, command: AskForMediation, found: ConventionStanding, by: Speaker
) -> None:
    require_speaker(by, frozenset(found.parties))
    # What was never in force binds nobody yet; what is closed is settled.
    if found.activated_at is None or found.closed_at is not None:
        raise ConventionNotInForce(state=found.state)
    if await storage.lasts_in(tx, found.convention_id):
        raise MediationOpen
    obligation = command.obligation_id
    if obligation and not await storage.promises(tx, found.convention_id, obligation):
        raise ObligationNotFound
