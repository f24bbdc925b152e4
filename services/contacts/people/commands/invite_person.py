"""Somebody is invited by her address: known or not, she is the person who has it."""

from services.contacts.people import storage
from services.contacts.people.domain.person import Person, PersonState
from shared.backbone.outbox import announce
from shared.contracts.contacts.commands import InviteReferent
from shared.contracts.identifiers import PersonId, new_id
from shared.contracts.refusals import Trouble
from shared.kit.clock import now
from shared.kit.database import Transaction


async def invite_person(command: InviteReferent, tx: Transaction) -> Person:
    """The person who has the address, added if nobody has it; locked until the end of the transaction.

    The names given with the address count only when she is new, so they say nothing about one who is known.
    """
    async with storage.beyond_the_actor(tx):
        person, events = Person.add(
            PersonId(new_id()),
            command.given_name,
            command.family_name,
            command.email,
            state=PersonState.INVITED,
        )
        if await storage.insert_person(tx, person, now=now()):
            await storage.save_person(tx, person, events)
            await announce(tx, events, of=person)
        known = await storage.load_person_by_email(tx, command.email)
    if known is None:
        raise Trouble("the person who had this address is gone")
    return known
