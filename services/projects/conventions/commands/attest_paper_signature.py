"""Attest what the signatory of one party signed on paper."""

from services.projects.conventions import storage
from services.projects.conventions.domain.paper import Attested, attest
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.paper import AttestPaperSignature
from shared.kit import clock
from shared.kit.database import Transaction


async def attest_paper_signature(command: AttestPaperSignature, actor: Actor, tx: Transaction) -> Done:
    """The last party's makes the convention active."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    attested = Attested(command.signatory, command.capacity, command.signed_on, command.scan)
    events = attest(
        convention,
        command.sealed_hash,
        attested,
        command.means,
        speaker,
        now=now,
        today=clock.today_in_paris(),
    )
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
