"""Open an organisation: an operator adds its first people."""

from services.contacts.directory.public import organization_exists
from services.contacts.people import storage
from services.contacts.people.domain.person import Person, PersonState
from shared.backbone.outbox import announce
from shared.contracts.contacts.commands import EnrollPerson
from shared.contracts.contacts.refusals import AddressTaken, OrganizationNotFound
from shared.contracts.messages import Done
from shared.kit.clock import now
from shared.kit.database import Transaction


async def enroll_person(command: EnrollPerson, tx: Transaction) -> Done:
    """Add a person and her affiliation; what is there already stays as it is."""
    if not await organization_exists(tx, command.organization_id):
        raise OrganizationNotFound
    person, events = Person.add(
        command.person_id, command.given_name, command.family_name, command.email, state=PersonState.ACTIVE
    )
    if not await storage.insert_person(tx, person, now=now()):
        person, events = await _known(tx, command), []
    events += person.start_affiliation(
        command.organization_id,
        command.function,
        administrator=command.administrator,
        signatory=command.signatory,
        now=now(),
    )
    await storage.save_person(tx, person, events)
    await announce(tx, events, of=person)
    return Done(version=person.version + len(events))


async def _known(tx: Transaction, command: EnrollPerson) -> Person:
    person = await storage.load_person_by_email(tx, command.email)
    if person is None or person.id != command.person_id:
        raise AddressTaken
    return person
