"""The person who was asked becomes the référent, and a member of the organisation if she was not."""

from services.contacts.mandates import storage
from services.contacts.mandates.commands.hand_over import hand_over
from services.contacts.mandates.commands.require_one_side_only import require_one_side_only
from services.contacts.partnerships.public import load_partnership
from services.contacts.people.public import has_administrator, load_person, save_person
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import AcceptMandate
from shared.contracts.messages import Done
from shared.kit.clock import now
from shared.kit.database import Transaction


async def accept_mandate(command: AcceptMandate, actor: Actor, tx: Transaction) -> Done:
    """Accept, and join the organisation where that is still to be done."""
    # The person before the mandate, as when inviting, so that two transactions never wait for each other.
    person = await load_person(tx, actor.person_id)
    mandate = await storage.load_own_mandate(tx, command.mandate_id, on_behalf_of=actor)
    accepted = mandate.accept(now=now())
    partnership = await load_partnership(tx, mandate.convention_id)
    await require_one_side_only(tx, partnership, person.id, of=mandate.organization_id)
    person.confirm(command.given_name, command.family_name)
    joined = person.join(
        mandate.organization_id,
        command.function,
        has_administrator=await has_administrator(tx, mandate.organization_id),
        declares_signing_authority=command.declares_signing_authority,
        now=now(),
    )
    # The affiliation before the answer: the policy lets her join while the invitation is open.
    await save_person(tx, person, joined)
    await storage.save_mandate(tx, mandate, accepted)
    await announce(tx, joined, of=person)
    await announce(tx, accepted, of=mandate)
    await hand_over(tx, mandate)
    return Done(version=mandate.version + len(accepted))
