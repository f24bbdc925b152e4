"""A person leaves an organisation, and her mandates end with it: a side may so become vacant."""

from services.contacts.mandates import storage
from services.contacts.people.public import (
    Person,
    beyond_the_actor,
    colleagues_of,
    load_member,
    require_administrator,
    require_member,
    save_person,
)
from services.contacts.people.public import end_affiliation as store_end
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import EndAffiliation
from shared.contracts.identifiers import OrganizationId
from shared.contracts.messages import Done
from shared.kit.clock import now
from shared.kit.database import Transaction


async def end_affiliation(command: EndAffiliation, actor: Actor, tx: Transaction) -> Done:
    """By an administrator, or by the person herself."""
    by_herself = command.person_id == actor.person_id
    organization_id = await (require_member if by_herself else require_administrator)(tx, actor)
    person = await load_member(tx, command.person_id, of=organization_id)
    colleagues = await colleagues_of(tx, person.id, of=organization_id, locked=True)
    events = person.end_affiliation(organization_id, colleagues)
    await save_person(tx, person, events)
    # Decided above: the mandates may be of conventions that the actor does not read, and she may be leaving herself.
    async with beyond_the_actor(tx):
        await _end_mandates(tx, person, organization_id)
        await store_end(tx, person, organization_id, now=now())
    await announce(tx, events, of=person)
    return Done(version=person.version + len(events))


async def _end_mandates(tx: Transaction, person: Person, organization_id: OrganizationId) -> None:
    for mandate in await storage.load_open_mandates_of(tx, person.id, organization_id):
        events = mandate.lose(is_last=await storage.is_last_of_side(tx, mandate), now=now())
        await storage.save_mandate(tx, mandate, events)
        await announce(tx, events, of=mandate)
