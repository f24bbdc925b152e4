"""Freeze the agreed text for signature."""

from services.projects.conventions import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.projects.commands import SealConvention, Sealed
from shared.contracts.refusals import Defect
from shared.kit import clock
from shared.kit.database import Transaction


async def seal_convention(command: SealConvention, actor: Actor, tx: Transaction) -> Sealed:
    """Seal the text, or tell everything that is missing."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    authorities = await storage.authorities_of(tx, convention)
    amends = convention.amends
    until = (await storage.amended_so_far(tx, amends.convention_id)).ends_on if amends else None
    now = clock.now()
    events = convention.seal(
        command.version,
        command.sign_before,
        authorities,
        speaker,
        now=now,
        today=clock.today_in_paris(),
        sign_order=command.sign_order,
        until=until,
    )
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    if convention.seal_in_force is None:
        raise Defect("sealed without a seal")
    return Sealed(sealed_hash=convention.seal_in_force.sealed_hash, version=version)
