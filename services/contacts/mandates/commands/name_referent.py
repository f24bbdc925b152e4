"""An organisation names one of its people as référent of its side of a convention."""

from services.contacts.mandates import storage
from services.contacts.mandates.commands.hand_over import hand_over, require_handing_over
from services.contacts.mandates.commands.require_one_side_only import require_one_side_only
from services.contacts.mandates.domain.mandate import Mandate
from services.contacts.partnerships.public import load_partnership
from services.contacts.people.public import is_member, require_member
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import NameReferent
from shared.contracts.contacts.refusals import NotAMember
from shared.contracts.messages import Done
from shared.kit.clock import now
from shared.kit.database import Transaction


async def name_referent(command: NameReferent, actor: Actor, tx: Transaction) -> Done:
    """Propose a colleague, or oneself, which accepts at once."""
    organization_id = await require_member(tx, actor)
    partnership = (await load_partnership(tx, command.convention_id)).seen_by(organization_id)
    if not await is_member(tx, command.person_id, organization_id):
        raise NotAMember
    await require_one_side_only(tx, partnership, command.person_id, of=organization_id)
    await require_handing_over(
        tx, actor, command.succeeds, convention_id=command.convention_id, of=organization_id
    )
    namer = await storage.load_namer(tx, command.convention_id, actor.person_id, organization_id)
    namer.require_may_name()
    mandate, events = Mandate.propose(
        command.mandate_id,
        convention_id=command.convention_id,
        organization_id=organization_id,
        person_id=command.person_id,
        proposed_by=organization_id,
        succeeds=command.succeeds,
        entrusted=namer.entrusts(command.person_id),
        now=now(),
    )
    if command.person_id == actor.person_id:
        events += mandate.accept(now=now())
    if known := await storage.insert_mandate(tx, mandate, events, by=actor):
        return Done(version=known.version)
    await announce(tx, events, of=mandate)
    await hand_over(tx, mandate)
    return Done(version=len(events))
