"""Links for a forgotten password: a secret that lets one person choose a new one, once, soon after she asked."""

from datetime import datetime, timedelta

from services.web.accounts.secrets import hashed, new_secret
from services.web.accounts.storage import Account, find_account
from shared.contracts.identifiers import PersonId
from shared.kit.database import Transaction

LIFETIME = timedelta(hours=1)


async def issue_reset_link(
    tx: Transaction, person_id: PersonId, now: datetime
) -> tuple[str, datetime] | None:
    """Make a link's secret, which replaces the person's earlier one; returns it with its end. None without account."""
    secret, expires_at = new_secret(), now + LIFETIME
    done = await tx.execute(
        """
        INSERT INTO password_resets (person_id, secret_hash, expires_at)
        SELECT person_id, $2, $3 FROM accounts WHERE person_id = $1
        ON CONFLICT (person_id) DO UPDATE SET secret_hash = excluded.secret_hash, expires_at = excluded.expires_at
        """,
        person_id,
        hashed(secret),
        expires_at,
    )
    return None if done == "INSERT 0 0" else (secret, expires_at)


async def find_reset(tx: Transaction, secret: str, now: datetime) -> Account | None:
    """The account that this secret opens, unless it is used or expired. Looking uses nothing."""
    person_id = await tx.fetchval(
        "SELECT person_id FROM password_resets WHERE secret_hash = $1 AND expires_at > $2",
        hashed(secret),
        now,
    )
    return await find_account(tx, person_id) if person_id else None


async def use_reset_link(tx: Transaction, secret: str, now: datetime) -> bool:
    """Use it up; false when somebody was first, or when it ended meanwhile."""
    done = await tx.execute(
        "DELETE FROM password_resets WHERE secret_hash = $1 AND expires_at > $2", hashed(secret), now
    )
    return done != "DELETE 0"


async def drop_reset_link(tx: Transaction, person_id: PersonId) -> None:
    """The password was changed: a link that was asked for before must not change it back."""
    await tx.execute("DELETE FROM password_resets WHERE person_id = $1", person_id)


async def forget_expired(tx: Transaction, now: datetime) -> None:
    """Drop the links that no longer open anything."""
    await tx.execute("DELETE FROM password_resets WHERE expires_at < $1", now)
