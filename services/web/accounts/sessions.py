"""Sessions: an opaque secret in a cookie, everything else here, so that ending one ends it at once."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.web.accounts.secrets import hashed, new_secret
from shared.contracts.actor import Actor
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.kit.database import Transaction

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
# Writing at each page would cost a row per click; a minute is precise enough for an idle limit of hours.
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Flash:
    """What the next page says once."""

    text: str
    url: str | None = None
    label: str | None = None
    refused: bool = False
    """It tells why an act was not done."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in."""

    session_id: UUID
    person_id: PersonId
    organization_id: OrganizationId | None
    flash: Flash | None = None
    is_operator: bool = False

    @property
    def actor(self) -> Actor:
        """On whose behalf requests are made."""
        return Actor(self.person_id, self.organization_id)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as its owner sees it in her list."""

    session_id: UUID
    device: str
    created_at: datetime
    last_seen_at: datetime


async def open_session(
    tx: Transaction,
    person_id: PersonId,
    organization_id: OrganizationId | None,
    device: str,
    now: datetime,
    *,
    flash: Flash | None = None,
) -> str:
    """Open a session with a fresh secret and return the secret."""
    secret = new_secret()
    await tx.execute(
        """
        INSERT INTO sessions (secret_hash, session_id, person_id, organization_id, device,
                              created_at, last_seen_at, expires_at, flash)
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)
        """,
        hashed(secret),
        new_id(),
        person_id,
        organization_id,
        device,
        now,
        now + ABSOLUTE,
        _stored(flash),
    )
    return secret


async def find_session(tx: Transaction, secret: str, now: datetime) -> Session | None:
    """The live session that this secret opens."""
    row = await tx.fetchrow(
        """
        SELECT session_id, person_id, organization_id, flash, last_seen_at, operator
        FROM sessions JOIN accounts USING (person_id)
        WHERE secret_hash = $1 AND expires_at > $2 AND last_seen_at > $3
        """,
        hashed(secret),
        now,
        now - IDLE,
    )
    if row is None:
        return None
    if now - row["last_seen_at"] > _SEEN_EVERY:
        await tx.execute(
            "UPDATE sessions SET last_seen_at = $2 WHERE session_id = $1", row["session_id"], now
        )
    flash = Flash(**row["flash"]) if row["flash"] else None
    return Session(
        row["session_id"], PersonId(row["person_id"]), row["organization_id"], flash, row["operator"]
    )


async def still_lives(tx: Transaction, session_id: UUID, now: datetime) -> bool:
    """Whether this session still opens anything. Being asked for is no use of it."""
    return await tx.fetchval(
        """
        SELECT EXISTS (SELECT FROM sessions WHERE session_id = $1 AND expires_at > $2 AND last_seen_at > $3)
        """,
        session_id,
        now,
        now - IDLE,
    )


async def end_session(tx: Transaction, person_id: PersonId, session_id: UUID) -> bool:
    """End one of her sessions; false when there is none such."""
    done = await tx.execute(
        "DELETE FROM sessions WHERE session_id = $1 AND person_id = $2", session_id, person_id
    )
    return done != "DELETE 0"


async def end_other_sessions(tx: Transaction, person_id: PersonId, kept: UUID | None) -> None:
    """End all of her sessions but one."""
    await tx.execute(
        "DELETE FROM sessions WHERE person_id = $1 AND session_id IS DISTINCT FROM $2", person_id, kept
    )


async def list_sessions(tx: Transaction, person_id: PersonId, now: datetime) -> list[SessionLine]:
    """Her live sessions, the last used first."""
    rows = await tx.fetch(
        """
        SELECT session_id, device, created_at, last_seen_at FROM sessions
        WHERE person_id = $1 AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC LIMIT 50
        """,
        person_id,
        now,
        now - IDLE,
    )
    return [SessionLine(**row) for row in rows]


async def speak_as(tx: Transaction, session_id: UUID, organization_id: OrganizationId) -> None:
    """From now on this session speaks as another organisation."""
    await tx.execute(
        "UPDATE sessions SET organization_id = $2 WHERE session_id = $1", session_id, organization_id
    )


async def leave_flash(tx: Transaction, session_id: UUID, flash: Flash | None) -> None:
    """Say this on the next page, or, with None, no longer."""
    await tx.execute("UPDATE sessions SET flash = $2 WHERE session_id = $1", session_id, _stored(flash))


async def forget_expired(tx: Transaction, now: datetime) -> None:
    """Drop the sessions that no longer open anything."""
    await tx.execute("DELETE FROM sessions WHERE expires_at < $1 OR last_seen_at < $2", now, now - IDLE)


def _stored(flash: Flash | None) -> dict[str, object] | None:
    # What is not said is left out: a replica of an earlier version reads the rest.
    return {name: value for name, value in asdict(flash).items() if value} if flash else None
