"""On whose behalf a request is made: a person, who speaks as one organisation."""

from dataclasses import dataclass

from shared.contracts.identifiers import OrganizationId, PersonId


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person and the organisation she speaks as. The gateway vouches for both."""

    person_id: PersonId
    organization_id: OrganizationId | None
