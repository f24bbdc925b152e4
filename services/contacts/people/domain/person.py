"""A person, the organisations as which she may speak, and those for which she may sign."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from shared.contracts.contacts.events import (
    AdministrationGranted,
    AffiliationEnded,
    AffiliationStarted,
    PersonAdded,
    SigningAuthorityGranted,
    SigningAuthorityRevoked,
)
from shared.contracts.contacts.refusals import FunctionMissing, LastAdministrator, NotAMember
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Event


class PersonState(StrEnum):
    """What is known of a person."""

    INVITED = "invited"
    """Somebody gave her name and address; she has not answered yet."""
    ACTIVE = "active"
    """She, or her organisation, has confirmed who she is."""


@dataclass
class Affiliation:
    """As what a person belongs to an organisation, from a day on."""

    organization_id: OrganizationId
    function: str
    administrator: bool
    signatory: bool
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who else belongs to an organisation: how many people, and how many of them administer it and sign for it."""

    members: int
    administrators: int
    signatories: int


@dataclass
class Person:
    """One person. `version` is the one loaded; storage counts the events that follow."""

    id: PersonId
    given_name: str
    family_name: str
    email: str
    state: PersonState
    affiliations: list[Affiliation] = field(default_factory=list)
    version: int = 0

    @property
    def partnership_id(self) -> None:
        """A person's facts belong to no partnership."""

    @classmethod
    def add(
        cls, person_id: PersonId, given_name: str, family_name: str, email: str, *, state: PersonState
    ) -> tuple[Self, list[Event]]:
        """Somebody becomes known."""
        return cls(person_id, given_name, family_name, email, state), [PersonAdded(person_id=person_id)]

    def affiliation_to(self, organization_id: OrganizationId) -> Affiliation | None:
        """Her present affiliation to an organisation."""
        return next((it for it in self.affiliations if it.organization_id == organization_id), None)

    def start_affiliation(
        self,
        organization_id: OrganizationId,
        function: str,
        *,
        administrator: bool,
        signatory: bool,
        now: datetime,
    ) -> list[Event]:
        """From now on she may speak as the organisation; nothing happens when she may already."""
        if self.affiliation_to(organization_id):
            return []
        self.affiliations.append(Affiliation(organization_id, function, administrator, signatory, now))
        return [
            AffiliationStarted(
                person_id=self.id,
                organization_id=organization_id,
                administrator=administrator,
                signatory=signatory,
            )
        ]

    def join(
        self,
        organization_id: OrganizationId,
        function: str | None,
        *,
        has_administrator: bool,
        declares_signing_authority: bool,
        now: datetime,
    ) -> list[Event]:
        """She comes to an organisation by accepting an invitation.

        The first one administers it and may declare that she signs for it; after that, only its administrators grant.

        Raises:
            FunctionMissing: she is new there and did not say what she does.
        """
        signatory = declares_signing_authority and not has_administrator
        if self.affiliation_to(organization_id):
            return self.grant_signing_authority(organization_id) if signatory else []
        if function is None:
            raise FunctionMissing
        return self.start_affiliation(
            organization_id, function, administrator=not has_administrator, signatory=signatory, now=now
        )

    def is_last_administrator(self, organization_id: OrganizationId, colleagues: Colleagues) -> bool:
        """Whether nobody would administer those who stay, if she left."""
        affiliation = self.affiliation_to(organization_id)
        return bool(
            affiliation and affiliation.administrator and colleagues.members and not colleagues.administrators
        )

    def end_affiliation(self, organization_id: OrganizationId, colleagues: Colleagues) -> list[Event]:
        """She belongs to the organisation no more.

        Raises:
            NotAMember: she does not belong to it.
            LastAdministrator: nobody would administer those who stay.
        """
        affiliation = self._required(organization_id)
        if self.is_last_administrator(organization_id, colleagues):
            raise LastAdministrator
        self.affiliations.remove(affiliation)
        return [AffiliationEnded(person_id=self.id, organization_id=organization_id)]

    def grant_administration(self, organization_id: OrganizationId) -> list[Event]:
        """She administers an organisation that she belongs to.

        Raises:
            NotAMember: she does not belong to it.
        """
        affiliation = self._required(organization_id)
        if affiliation.administrator:
            return []
        affiliation.administrator = True
        return [AdministrationGranted(person_id=self.id, organization_id=organization_id)]

    def grant_signing_authority(self, organization_id: OrganizationId) -> list[Event]:
        """She may sign for an organisation that she belongs to.

        Raises:
            NotAMember: she does not belong to it.
        """
        affiliation = self._required(organization_id)
        if affiliation.signatory:
            return []
        affiliation.signatory = True
        return [SigningAuthorityGranted(person_id=self.id, organization_id=organization_id)]

    def revoke_signing_authority(self, organization_id: OrganizationId) -> list[Event]:
        """She no longer signs for an organisation that she belongs to.

        Raises:
            NotAMember: she does not belong to it.
        """
        affiliation = self._required(organization_id)
        if not affiliation.signatory:
            return []
        affiliation.signatory = False
        return [SigningAuthorityRevoked(person_id=self.id, organization_id=organization_id)]

    def confirm(self, given_name: str | None, family_name: str | None) -> None:
        """She answers an invitation herself: whoever invited her may have misspelt her name, so hers counts.

        Once confirmed, a name is no longer changed by an answer.
        """
        if self.state is PersonState.INVITED:
            self.given_name = given_name or self.given_name
            self.family_name = family_name or self.family_name
            self.state = PersonState.ACTIVE

    def _required(self, organization_id: OrganizationId) -> Affiliation:
        affiliation = self.affiliation_to(organization_id)
        if affiliation is None:
            raise NotAMember
        return affiliation
