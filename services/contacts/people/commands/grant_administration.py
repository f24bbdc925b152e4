"""An administrator lets a member administer the organisation too."""

from services.contacts.people import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import GrantAdministration
from shared.contracts.messages import Done
from shared.kit.database import Transaction


async def grant_administration(command: GrantAdministration, actor: Actor, tx: Transaction) -> Done:
    """From now on the member administers the actor's organisation, beside the actor."""
    organization_id = await storage.require_administrator(tx, actor)
    person = await storage.load_member(tx, command.person_id, of=organization_id)
    events = person.grant_administration(organization_id)
    await storage.save_person(tx, person, events)
    await announce(tx, events, of=person)
    return Done(version=person.version + len(events))
