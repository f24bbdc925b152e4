"""API tokens: long-lived, named by their owner, shown once, revocable."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.web.accounts.secrets import TOKEN_PREFIX, hashed, new_api_token
from shared.contracts.actor import Actor
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.kit.database import Transaction

_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token that was presented and is good."""

    token_id: UUID
    actor: Actor


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token as its owner sees it in her list."""

    token_id: UUID
    label: str
    organization_id: OrganizationId | None
    created_at: datetime
    last_used_at: datetime | None


async def issue_token(
    tx: Transaction, actor: Actor, label: str, now: datetime, *, secret: str | None = None
) -> tuple[UUID, str]:
    """Make a token that speaks as the actor does now; returns its id and the secret, which is not kept."""
    token_id, secret = new_id(), secret or new_api_token()
    await tx.execute(
        """
        INSERT INTO api_tokens (token_id, secret_hash, person_id, organization_id, label, created_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (secret_hash) DO NOTHING
        """,
        token_id,
        hashed(secret),
        actor.person_id,
        actor.organization_id,
        label,
        now,
    )
    return token_id, secret


async def find_token(tx: Transaction, secret: str, now: datetime) -> ApiToken | None:
    """The token that this secret is, unless it was revoked."""
    if not secret.startswith(TOKEN_PREFIX):
        return None
    row = await tx.fetchrow(
        """
        SELECT token_id, person_id, organization_id, last_used_at FROM api_tokens
        WHERE secret_hash = $1 AND revoked_at IS NULL
        """,
        hashed(secret),
    )
    if row is None:
        return None
    if row["last_used_at"] is None or now - row["last_used_at"] > _USED_EVERY:
        await tx.execute("UPDATE api_tokens SET last_used_at = $2 WHERE token_id = $1", row["token_id"], now)
    return ApiToken(row["token_id"], Actor(PersonId(row["person_id"]), row["organization_id"]))


async def list_tokens(tx: Transaction, person_id: PersonId) -> list[TokenLine]:
    """Her tokens that work, newest first."""
    rows = await tx.fetch(
        """
        SELECT token_id, label, organization_id, created_at, last_used_at FROM api_tokens
        WHERE person_id = $1 AND revoked_at IS NULL ORDER BY created_at DESC LIMIT 100
        """,
        person_id,
    )
    return [TokenLine(**row) for row in rows]


async def revoke_token(tx: Transaction, person_id: PersonId, token_id: UUID, now: datetime) -> bool:
    """Make one of her tokens useless; false when there is none such."""
    done = await tx.execute(
        "UPDATE api_tokens SET revoked_at = $3 WHERE token_id = $1 AND person_id = $2 AND revoked_at IS NULL",
        token_id,
        person_id,
        now,
    )
    return done != "UPDATE 0"


async def revoke_all_tokens(tx: Transaction, person_id: PersonId, now: datetime) -> None:
    """Make all of her tokens useless."""
    await tx.execute(
        "UPDATE api_tokens SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL", person_id, now
    )
