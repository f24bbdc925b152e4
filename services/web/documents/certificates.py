"""The certificates that have sealed documents of this installation, kept where backups keep everything else."""

import hashlib

from shared.kit.database import Transaction

# One more each time an operator changes the key; a bound, not a page.
_MOST = 100

_REMEMBER = """
INSERT INTO seal_certificates (fingerprint, certificate) VALUES ($1, $2) ON CONFLICT DO NOTHING
"""

_KNOWN = f"SELECT certificate FROM seal_certificates ORDER BY first_used_at DESC LIMIT {_MOST}"


async def remember(tx: Transaction, certificate: bytes) -> None:
    """Know the certificate (in DER) again after another one took its place."""
    await tx.execute(_REMEMBER, hashlib.sha256(certificate).digest(), certificate)


async def known(tx: Transaction) -> list[bytes]:
    """Every certificate that has sealed documents here, in DER, the last one first."""
    return [row["certificate"] for row in await tx.fetch(_KNOWN)]
