"""The names of everybody on a page, asked once of contacts on behalf of who reads it."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.web.visits import Visit
from shared.contracts.contacts.queries import NameOrganizations, NamePeople
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.values import Side
from shared.texts.showing import isolated

# Whoever left, or whom the reader may not know of, is still somebody.
SOMEBODY = "Une personne"
AN_ORGANIZATION = "Une organisation"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acted, as an organisation: the `person` of the templates."""

    name: str
    organization: str
    side: Side
    is_me: bool


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id, ready to stand in a sentence; what did not come has a neutral word, so that the page shows all the same."""

    people: dict[PersonId, str]
    organizations: dict[OrganizationId, str]
    sides: dict[OrganizationId, Side]
    me: PersonId

    def person(self, person_id: UUID | None) -> str:
        """The name of a person."""
        return isolated(self.people.get(PersonId(person_id), SOMEBODY)) if person_id else SOMEBODY

    def organization(self, organization_id: UUID | None) -> str:
        """The name of an organisation."""
        if organization_id is None:
            return AN_ORGANIZATION
        return isolated(self.organizations.get(OrganizationId(organization_id), AN_ORGANIZATION))

    def plain(self, organization_id: OrganizationId) -> str:
        """The name of an organisation as it was written, for programs."""
        return self.organizations.get(organization_id, AN_ORGANIZATION)

    def plain_person(self, person_id: PersonId) -> str:
        """The name of a person as it was written, for programs."""
        return self.people.get(person_id, SOMEBODY)

    def side(self, organization_id: UUID | None) -> Side:
        """The side that an organisation stands on; it gives the colour."""
        if organization_id is None:
            return Side.THIRD_PARTY
        return self.sides.get(OrganizationId(organization_id), Side.THIRD_PARTY)

    def who(self, person_id: UUID | None, organization_id: UUID | None) -> Person:
        """A person, as whom she acted."""
        return Person(
            name=self.person(person_id),
            organization=self.organization(organization_id),
            side=self.side(organization_id),
            is_me=person_id == self.me,
        )


async def names_of(
    visit: Visit, *, people: Iterable[UUID | None] = (), organizations: Iterable[UUID | None] = ()
) -> Names:
    """All the names that a page needs, in two requests at most."""
    person_ids = tuple({PersonId(it) for it in people if it is not None})
    organization_ids = tuple({OrganizationId(it) for it in organizations if it is not None})
    gateway, actor = visit.web.gateway, visit.actor
    named_people, named_organizations = await asyncio.gather(
        gateway.ask_if_there(NamePeople(person_ids=person_ids), actor),
        gateway.ask_if_there(NameOrganizations(organization_ids=organization_ids), actor),
    )
    known_people = named_people.people if named_people else ()
    known = named_organizations.organizations if named_organizations else ()
    return Names(
        people={it.person_id: f"{it.given_name} {it.family_name}" for it in known_people},
        organizations={it.organization_id: it.name for it in known},
        sides={it.organization_id: it.side for it in known},
        me=actor.person_id,
    )
