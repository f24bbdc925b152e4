"""Enter organisations of a public register, each line on its own: what is wrong with one does not stop the others."""

from services.contacts.directory import storage
from services.contacts.directory.domain.organization import EntryFault, Organization
from shared.backbone.outbox import announce
from shared.contracts.contacts.commands import RefusedEntry, RegisterOrganizations, RegistrationReport
from shared.kit.clock import now
from shared.kit.database import Transaction


async def register_organizations(command: RegisterOrganizations, tx: Transaction) -> RegistrationReport:
    """Store every line that is right; report every other one with its field and reason."""
    known = 0
    entered: list[Organization] = []
    refused: list[RefusedEntry] = []
    for position, entry in enumerate(command.entries):
        try:
            organization, events = Organization.register(entry)
        except EntryFault as fault:
            refused.append(RefusedEntry(position=position, field=fault.field, reason=fault.reason))
            continue
        if await storage.insert_organization(tx, organization, now=now()):
            await announce(tx, events, of=organization)
            entered.append(organization)
        elif taken := await storage.number_taken(tx, organization):
            refused.append(RefusedEntry(position=position, field=taken, reason="taken"))
        elif await storage.name_of(tx, organization.id) != organization.name:
            # It would be told as entered, and people would be enrolled in another one.
            refused.append(RefusedEntry(position=position, field="organization_id", reason="taken"))
        else:
            known += 1
    await storage.index_words(tx, entered)
    return RegistrationReport(registered=len(entered), known=known, refused=tuple(refused))
