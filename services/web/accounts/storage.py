"""Accounts: one per person, with the e-mail and the password that open it."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.identifiers import PersonId
from shared.kit.database import Transaction


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    person_id: PersonId
    email: str
    password_hash: str


async def find_account_by_email(tx: Transaction, email: str) -> Account | None:
    """The account that this e-mail opens."""
    row = await tx.fetchrow("SELECT person_id, email, password_hash FROM accounts WHERE email = $1", email)
    return None if row is None else Account(**row)


async def find_account(tx: Transaction, person_id: PersonId) -> Account | None:
    """The account of this person."""
    row = await tx.fetchrow(
        "SELECT person_id, email, password_hash FROM accounts WHERE person_id = $1", person_id
    )
    return None if row is None else Account(**row)


async def create_account(tx: Transaction, account: Account, now: datetime) -> bool:
    """Open an account; false when the person or the e-mail has one already."""
    done = await tx.execute(
        """
        INSERT INTO accounts (person_id, email, password_hash, created_at, password_changed_at)
        VALUES ($1, $2, $3, $4, $4) ON CONFLICT DO NOTHING
        """,
        account.person_id,
        account.email,
        account.password_hash,
        now,
    )
    return done != "INSERT 0 0"


async def change_password_hash(
    tx: Transaction, person_id: PersonId, password_hash: str, now: datetime
) -> None:
    """Replace the password."""
    await tx.execute(
        "UPDATE accounts SET password_hash = $2, password_changed_at = $3 WHERE person_id = $1",
        person_id,
        password_hash,
        now,
    )
