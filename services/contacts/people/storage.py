"""People and their affiliations to rows and back."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from services.contacts.people.domain.person import Affiliation, Colleagues, Person, PersonState
from shared.contracts.actor import Actor
from shared.contracts.contacts.refusals import NotAMember, NotAnAdministrator, PersonNotFound
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.kit.database import Transaction

_PERSON = "SELECT person_id, version, given_name, family_name, email, state FROM person"

_AFFILIATIONS = """
SELECT organization_id, function, administrator, signatory, started_at FROM affiliation
WHERE person_id = $1 AND ended_at IS NULL ORDER BY started_at, organization_id
"""

_INSERT = """
INSERT INTO person (person_id, version, given_name, family_name, email, state, added_at)
VALUES ($1, 0, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING person_id
"""

_UPDATE = """
UPDATE person SET version = $2, given_name = $3, family_name = $4, state = $5 WHERE person_id = $1 AND version = $6
"""

_INSERT_AFFILIATION = """
INSERT INTO affiliation (person_id, organization_id, function, administrator, signatory, started_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""

_UPDATE_AFFILIATION = """
UPDATE affiliation SET signatory = $3, administrator = $4
WHERE person_id = $1 AND organization_id = $2 AND ended_at IS NULL
"""

_END_AFFILIATION = """
UPDATE affiliation SET ended_at = greatest($3, started_at)
WHERE person_id = $1 AND organization_id = $2 AND ended_at IS NULL
"""

_COLLEAGUES = """
SELECT count(*) AS members, count(*) FILTER (WHERE administrator) AS administrators,
       count(*) FILTER (WHERE signatory) AS signatories
FROM membership WHERE organization_id = $1 AND person_id <> $2 AND is_current
"""

_IS_MEMBER = """
SELECT EXISTS (SELECT FROM membership WHERE person_id = $1 AND organization_id = ANY($2::uuid[]) AND is_current)
"""


@asynccontextmanager
async def beyond_the_actor(tx: Transaction) -> AsyncGenerator[None]:
    """Act as the service for a moment, where the rules need what the actor may not see.

    An address may belong to somebody that the one who invites must not learn of. After an exception the transaction is
    rolled back, and the setting with it.
    """
    await tx.execute("SELECT set_config('entente.role', 'service', true)")
    yield
    if tx.actor is not None:
        await tx.execute("SELECT set_config('entente.role', 'person', true)")


async def load_person(tx: Transaction, person_id: PersonId) -> Person:
    """A person that may be changed, locked until the end of the transaction.

    Raises:
        PersonNotFound: there is none, or none that the actor may change.
    """
    row = await tx.fetchrow(f"{_PERSON} WHERE person_id = $1 FOR UPDATE", person_id)
    if row is None:
        raise PersonNotFound
    return await _person(tx, row)


async def load_member(tx: Transaction, person_id: PersonId, *, of: OrganizationId) -> Person:
    """A member of an organisation that the actor administers, locked until the end of the transaction.

    Raises:
        NotAMember: she does not belong to it, or does not exist: the two look the same.
    """
    if not await is_member(tx, person_id, of):
        raise NotAMember
    return await load_person(tx, person_id)


async def load_person_by_email(tx: Transaction, email: str) -> Person | None:
    """The person who has this address, locked until the end of the transaction."""
    row = await tx.fetchrow(f"{_PERSON} WHERE email = $1 FOR UPDATE", email)
    return None if row is None else await _person(tx, row)


async def insert_person(tx: Transaction, person: Person, *, now: datetime) -> bool:
    """Store a new person, to be saved with her events; False when her id or address is there already."""
    inserted = await tx.fetchval(
        _INSERT, person.id, person.given_name, person.family_name, person.email, person.state, now
    )
    return inserted is not None


async def save_person(tx: Transaction, person: Person, events: Sequence[Event]) -> None:
    """Store what the events changed."""
    await tx.execute(
        _UPDATE,
        person.id,
        person.version + len(events),
        person.given_name,
        person.family_name,
        person.state,
        person.version,
    )
    stored = {
        row["organization_id"]: (row["signatory"], row["administrator"])
        for row in await tx.fetch(_AFFILIATIONS, person.id)
    }
    for it in person.affiliations:
        if it.organization_id not in stored:
            await tx.execute(
                _INSERT_AFFILIATION,
                person.id,
                it.organization_id,
                it.function,
                it.administrator,
                it.signatory,
                it.started_at,
            )
        elif stored[it.organization_id] != (it.signatory, it.administrator):
            await tx.execute(
                _UPDATE_AFFILIATION, person.id, it.organization_id, it.signatory, it.administrator
            )


async def end_affiliation(
    tx: Transaction, person: Person, organization_id: OrganizationId, *, now: datetime
) -> None:
    """Store that a person has left. For the service itself: the policies let her do nothing any more."""
    await tx.execute(_END_AFFILIATION, person.id, organization_id, now)


async def colleagues_of(
    tx: Transaction, person_id: PersonId, *, of: OrganizationId, locked: bool = False
) -> Colleagues:
    """Who else belongs to an organisation. Locked, two administrators do not leave each other behind."""
    if locked:
        await _lock_members(tx, of)
    row = await tx.fetchrow(_COLLEAGUES, of, person_id)
    return Colleagues(row["members"], row["administrators"], row["signatories"])


async def is_member(tx: Transaction, person_id: PersonId, *organization_ids: OrganizationId) -> bool:
    """Whether a person belongs to one of these organisations now."""
    return await tx.fetchval(_IS_MEMBER, person_id, list(organization_ids))


async def require_member(tx: Transaction, actor: Actor) -> OrganizationId:
    """The organisation as which the actor speaks.

    Raises:
        NotAMember: she speaks as none, or does not belong to it.
    """
    if actor.organization_id is None or not await is_member(tx, actor.person_id, actor.organization_id):
        raise NotAMember
    return actor.organization_id


async def require_administrator(tx: Transaction, actor: Actor) -> OrganizationId:
    """The organisation that the actor administers and speaks as.

    Raises:
        NotAMember: she does not belong to it.
        NotAnAdministrator: she does, and does not administer it.
    """
    organization_id = await require_member(tx, actor)
    if not await administers(tx, organization_id):
        raise NotAnAdministrator
    return organization_id


async def administers(tx: Transaction, organization_id: OrganizationId) -> bool:
    """Whether the actor administers the organisation as which she speaks."""
    return await tx.fetchval("SELECT administers($1)", organization_id)


async def has_administrator(tx: Transaction, organization_id: OrganizationId) -> bool:
    """Whether somebody administers an organisation. Locked, so that two people are not both its first one."""
    await _lock_members(tx, organization_id)
    return await tx.fetchval("SELECT has_administrator($1)", organization_id)


async def _lock_members(tx: Transaction, organization_id: OrganizationId) -> None:
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"members of {organization_id}")


async def _person(tx: Transaction, row: Any) -> Person:
    affiliations = [
        Affiliation(
            organization_id=OrganizationId(it["organization_id"]),
            function=it["function"],
            administrator=it["administrator"],
            signatory=it["signatory"],
            started_at=it["started_at"],
        )
        for it in await tx.fetch(_AFFILIATIONS, row["person_id"])
    ]
    return Person(
        id=PersonId(row["person_id"]),
        given_name=row["given_name"],
        family_name=row["family_name"],
        email=row["email"],
        state=PersonState(row["state"]),
        affiliations=affiliations,
        version=row["version"],
    )
