"""Invitation links: a secret that lets one person answer one mandate, before she has an account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.web.accounts.secrets import hashed, new_secret
from shared.contracts.identifiers import MandateId, PersonId
from shared.kit.database import Transaction

LIFETIME = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that still works."""

    person_id: PersonId
    mandate_id: MandateId
    expires_at: datetime


async def issue_invitation(
    tx: Transaction, person_id: PersonId, mandate_id: MandateId, now: datetime
) -> tuple[str, datetime]:
    """Make a link's secret; returns it with its end. Earlier ones keep working: the first e-mail may come late."""
    secret, expires_at = new_secret(), now + LIFETIME
    await tx.execute(
        "INSERT INTO invitations (secret_hash, person_id, mandate_id, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        hashed(secret),
        person_id,
        mandate_id,
        now,
        expires_at,
    )
    return secret, expires_at


async def find_invitation(tx: Transaction, secret: str, now: datetime) -> Invitation | None:
    """The invitation that this secret opens, unless it is used or expired. Looking uses nothing."""
    row = await tx.fetchrow(
        """
        SELECT person_id, mandate_id, expires_at FROM invitations
        WHERE secret_hash = $1 AND used_at IS NULL AND expires_at > $2
        """,
        hashed(secret),
        now,
    )
    return None if row is None else Invitation(**row)


async def use_invitations(tx: Transaction, mandate_id: MandateId, now: datetime) -> None:
    """The mandate is answered: no link to it works any more."""
    await tx.execute(
        "UPDATE invitations SET used_at = $2 WHERE mandate_id = $1 AND used_at IS NULL", mandate_id, now
    )


async def forget_expired(tx: Transaction, now: datetime) -> None:
    """Drop links that have been useless for a month."""
    await tx.execute("DELETE FROM invitations WHERE expires_at < $1", now - timedelta(days=30))
