"""Attest what the signatory of one party signed on paper."""

from services.projects.conventions import storage
from services.projects.conventions.domain.paper import Attested, attest
from services.projects.conventions.entering import save_signed
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.paper import AttestPaperSignature
from shared.kit import clock
from shared.kit.database import Transaction


async def attest_paper_signature(command: AttestPaperSignature, actor: Actor, tx: Transaction) -> Done:
    """The last party's makes the convention hold."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now, today = clock.now(), clock.today_in_paris()
    attested = Attested(command.signatory, command.capacity, command.signed_on, command.scan)
    events = attest(
        convention,
        command.sealed_hash,
        attested,
        command.means,
        speaker,
        now=now,
        today=today,
    )
    return Done(version=await save_signed(tx, convention, events, now, today))
