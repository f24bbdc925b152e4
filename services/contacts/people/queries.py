"""Reads about people: oneself, one's colleagues, and the names of those one works with."""

from typing import Any

from services.contacts.people.storage import require_member
from shared.contracts.actor import Actor
from shared.contracts.contacts.queries import (
    AffiliationView,
    GetOwnAffiliations,
    Members,
    MemberView,
    NamePeople,
    PeopleNames,
    PersonContact,
    PersonName,
    PersonView,
)
from shared.contracts.contacts.refusals import PersonNotFound
from shared.contracts.identifiers import PersonId
from shared.contracts.values import Side
from shared.kit.database import Transaction

_PERSON = "SELECT person_id, given_name, family_name, email, language FROM person WHERE person_id = $1"

_AFFILIATIONS = """
SELECT organization_id, name, side, function, administrator, signatory
FROM affiliation JOIN organization USING (organization_id)
WHERE person_id = $1 AND ended_at IS NULL ORDER BY name, organization_id LIMIT 200
"""

_MEMBERS = """
SELECT person_id, given_name, family_name, email, function, administrator, signatory
FROM affiliation JOIN person USING (person_id)
WHERE organization_id = $1 AND ended_at IS NULL
ORDER BY lower(family_name), lower(given_name), person_id LIMIT 1000
"""

# Said here as well as in the policy: neither layer is trusted to be the only one.
_NAMES = """
SELECT person_id, given_name, family_name FROM person
WHERE person_id = ANY($1::uuid[]) AND (person_id = actor_person() OR knows_person(person_id))
"""


async def get_myself(actor: Actor, tx: Transaction) -> PersonView:
    """The actor as she sees herself."""
    return await _person_view(tx, actor.person_id)


async def get_own_affiliations(query: GetOwnAffiliations, tx: Transaction) -> PersonView:
    """A person who signs in, and as whom she may speak."""
    return await _person_view(tx, query.person_id)


async def list_members(actor: Actor, tx: Transaction) -> Members:
    """The people of the organisation as which the actor speaks."""
    organization_id = await require_member(tx, actor)
    members = tuple(
        MemberView(
            person_id=row["person_id"],
            given_name=row["given_name"],
            family_name=row["family_name"],
            email=row["email"],
            function=row["function"],
            administrator=row["administrator"],
            signatory=row["signatory"],
        )
        for row in await tx.fetch(_MEMBERS, organization_id)
    )
    may_administer = await tx.fetchval("SELECT administers($1)", organization_id)
    return Members(members=members, may_administer=may_administer)


async def name_people(query: NamePeople, tx: Transaction) -> PeopleNames:
    """The names of those whom the actor may know of; the others are left out."""
    rows = await tx.fetch(_NAMES, list(query.person_ids))
    return PeopleNames(people=tuple(person_name(row) for row in rows))


async def get_person_contact(tx: Transaction, person_id: PersonId) -> PersonContact:
    """The address that a message goes to.

    Raises:
        PersonNotFound: there is nobody to write to.
    """
    row = await _required(tx, person_id)
    return PersonContact(
        person_id=row["person_id"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        email=row["email"],
        language=row["language"],
    )


def person_name(row: Any) -> PersonName:
    """A row with a person's names, as a page needs it."""
    return PersonName(
        person_id=row["person_id"], given_name=row["given_name"], family_name=row["family_name"]
    )


async def _person_view(tx: Transaction, person_id: PersonId) -> PersonView:
    row = await _required(tx, person_id)
    affiliations = tuple(
        AffiliationView(
            organization_id=it["organization_id"],
            organization_name=it["name"],
            side=Side(it["side"]),
            function=it["function"],
            administrator=it["administrator"],
            signatory=it["signatory"],
        )
        for it in await tx.fetch(_AFFILIATIONS, person_id)
    )
    return PersonView(
        person_id=row["person_id"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        email=row["email"],
        affiliations=affiliations,
    )


async def _required(tx: Transaction, person_id: PersonId) -> Any:
    row = await tx.fetchrow(_PERSON, person_id)
    if row is None:
        raise PersonNotFound
    return row
