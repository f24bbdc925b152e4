"""Store what happens to a sealed text. Lines are only ever added: they are evidence."""

from datetime import datetime

from services.projects.conventions.domain.convention import Convention
from shared.contracts.messages import Event
from shared.contracts.projects.events import (
    ConventionSealed,
    ConventionSigned,
    PaperScanGiven,
    SignatureDue,
    SignatureRefused,
)
from shared.kit.database import Transaction
from shared.kit.files import name_file

_ADD_SEAL = """
INSERT INTO convention_seals (convention_id, sealed_at_version, sealed_hash, canonical_form, sign_before, sign_order,
                              organization_id, person_id, sealed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

_ADD_SIGNATURE = """
INSERT INTO convention_signatures (convention_id, sealed_at_version, organization_id, person_id, capacity, means,
                                   sealed_hash, signed_at, mandated_since, signatory, signed_on, scan)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""

_ADD_SCAN = """
INSERT INTO paper_scans (convention_id, sealed_at_version, sha256, size, media_type, name, organization_id, person_id,
                         given_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

_ADD_REMINDER = """
INSERT INTO signing_reminders (convention_id, sealed_at_version, days_before, reminded_at) VALUES ($1, $2, $3, $4)
"""

_ADD_REFUSAL = """
INSERT INTO signature_refusals (convention_id, sealed_at_version, organization_id, person_id, reason, refused_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""


async def save_signing(event: Event, tx: Transaction, convention: Convention, now: datetime) -> None:
    """Store what this event says of the seal in force; any other event says nothing of it."""
    match event:
        case ConventionSealed() if seal := convention.seal_in_force:
            await tx.execute(
                _ADD_SEAL,
                convention.id,
                seal.at_version,
                seal.sealed_hash,
                seal.form,
                seal.sign_before,
                list(seal.sign_order),
                seal.organization_id,
                seal.person_id,
                seal.sealed_at,
            )
        case ConventionSigned() if seal := convention.seal_in_force:
            signature = convention.signatures[event.organization_id]
            await tx.execute(
                _ADD_SIGNATURE,
                convention.id,
                seal.at_version,
                signature.organization_id,
                signature.person_id,
                signature.capacity,
                signature.means,
                signature.sealed_hash,
                signature.signed_at,
                signature.mandated_since,
                signature.on_paper and signature.on_paper.signatory,
                signature.on_paper and signature.on_paper.signed_on,
                signature.on_paper and signature.on_paper.scan,
            )
        case PaperScanGiven() if (seal := convention.seal_in_force) and (scan := seal.scan):
            file = (scan.file.sha256, scan.file.size, scan.file.media_type, scan.file.name)
            by = (scan.organization_id, scan.person_id, scan.given_at)
            await name_file(tx, scan.file.sha256, scan.file.size)
            await tx.execute(_ADD_SCAN, convention.id, seal.at_version, *file, *by)
        case SignatureDue() if seal := convention.seal_in_force:
            await tx.execute(_ADD_REMINDER, convention.id, seal.at_version, seal.reminded, now)
        case SignatureRefused() if refusal := convention.refusal:
            await tx.execute(
                _ADD_REFUSAL,
                convention.id,
                refusal.at_version,
                refusal.organization_id,
                refusal.person_id,
                refusal.reason,
                refusal.refused_at,
            )
        case _:
            pass
