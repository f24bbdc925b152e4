"""The certificates that have sealed documents of this installation, kept where backups keep everything else."""

from asn1crypto.x509 import Certificate

from shared.kit.database import Transaction

# One more each time an operator changes the key; a bound, not a page.
_MOST = 100

_REMEMBER = """
INSERT INTO seal_certificates (fingerprint, certificate) VALUES ($1, $2) ON CONFLICT DO NOTHING
"""

_KNOWN = f"SELECT certificate FROM seal_certificates ORDER BY first_used_at DESC LIMIT {_MOST}"


async def remember(tx: Transaction, certificate: Certificate) -> None:
    """Know the certificate again after another one took its place."""
    await tx.execute(_REMEMBER, certificate.sha256, certificate.dump())


async def known(tx: Transaction) -> list[Certificate]:
    """Every certificate that has sealed documents here, the last one first."""
    return [Certificate.load(row["certificate"]) for row in await tx.fetch(_KNOWN)]
