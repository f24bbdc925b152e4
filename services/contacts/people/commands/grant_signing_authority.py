"""An administrator lets a member sign for the organisation."""

from services.contacts.people import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import GrantSigningAuthority
from shared.contracts.messages import Done
from shared.kit.database import Transaction


async def grant_signing_authority(command: GrantSigningAuthority, actor: Actor, tx: Transaction) -> Done:
    """From now on the member signs for the actor's organisation."""
    organization_id = await storage.require_administrator(tx, actor)
    person = await storage.load_member(tx, command.person_id, of=organization_id)
    events = person.grant_signing_authority(organization_id)
    await storage.save_person(tx, person, events)
    await announce(tx, events, of=person)
    return Done(version=person.version + len(events))
