"""A party invites somebody, by e-mail, to be a référent: of the other side, or a newcomer of its own."""

from services.contacts.directory.public import organization_exists
from services.contacts.mandates import storage
from services.contacts.mandates.commands.hand_over import require_handing_over
from services.contacts.mandates.commands.require_one_side_only import require_one_side_only
from services.contacts.mandates.domain.mandate import Mandate
from services.contacts.mandates.domain.naming import Namer
from services.contacts.partnerships.public import load_partnership
from services.contacts.people.public import beyond_the_actor, invite_person, require_member
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import InviteReferent
from shared.contracts.contacts.refusals import OrganizationNotFound
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Done
from shared.kit.clock import now
from shared.kit.database import Transaction


async def invite_referent(command: InviteReferent, actor: Actor, tx: Transaction) -> Done:
    """Propose whoever has the address; the reply is the same whether she was known or not."""
    proposed_by = await require_member(tx, actor)
    partnership = (await load_partnership(tx, command.convention_id)).seen_by(proposed_by)
    partnership.require_party(command.organization_id)
    namer = await storage.load_namer(tx, command.convention_id, actor.person_id, proposed_by)
    namer.require_may_name()
    own = command.organization_id == proposed_by
    if not await organization_exists(tx, command.organization_id):
        raise OrganizationNotFound
    person = await invite_person(command, tx)
    await require_one_side_only(tx, partnership, person.id, of=command.organization_id)
    if not own:
        await _make_room(command, person.id, namer, tx, by=proposed_by)
    await require_handing_over(
        tx, actor, command.succeeds, convention_id=command.convention_id, of=command.organization_id
    )
    mandate, events = Mandate.propose(
        command.mandate_id,
        convention_id=command.convention_id,
        organization_id=command.organization_id,
        person_id=person.id,
        proposed_by=proposed_by,
        succeeds=command.succeeds,
        entrusted=own and namer.entrusts(person.id),
        now=now(),
    )
    if known := await storage.insert_mandate(tx, mandate, events, by=actor):
        return Done(version=known.version)
    await announce(tx, events, of=mandate)
    return Done(version=len(events))


async def _make_room(
    command: InviteReferent, person: PersonId, namer: Namer, tx: Transaction, *, by: OrganizationId
) -> None:
    """Of another side one person is asked at a time: whoever is asked already is asked no more, if that was said."""
    async with beyond_the_actor(tx):
        asked = await storage.load_asked(
            tx, command.convention_id, command.organization_id, but=command.mandate_id
        )
        namer.require_may_name_for_another(has_referent=await storage.has_another_referent(tx, command))
        for mandate in namer.require_nobody_asked(
            asked, command.instead_of, of=command.organization_id, person=person
        ):
            events = mandate.withdraw(by, now=now())
            await storage.save_mandate(tx, mandate, events)
            await announce(tx, events, of=mandate)
