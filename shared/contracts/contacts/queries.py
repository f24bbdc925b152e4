"""What can be asked of contacts that changes nothing, and the answers."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.contacts.commands import Address
from shared.contracts.identifiers import ConventionId, DelegationId, MandateId, OrganizationId, PersonId
from shared.contracts.messages import Audience, Message, Query, View
from shared.contracts.values import EmailAddress, Limit, SearchText, Side


class OrganizationView(View):
    """An organisation of the directory. The directory is open to whoever is signed in."""

    organization_id: OrganizationId
    side: Side
    name: str
    kind: str
    finess: str | None
    siren: str | None
    rna: str | None
    address: Address
    purpose: str
    has_members: bool
    """Whether somebody uses Entente there, so that an invitation reaches colleagues who know it."""


class OrganizationPage(View):
    """One page of a search, best first, with the count of all that matched."""

    organizations: tuple[OrganizationView, ...]
    total: int


class FindOrganizations(Query[OrganizationPage]):
    """Search the directory: tolerant of accents, word order and typing errors; an id finds its organisation."""

    text: SearchText = ""
    side: Side | None = None
    limit: Limit = 20
    offset: int = Field(default=0, ge=0, le=10_000)


class GetOrganization(Query[OrganizationView]):
    """One organisation."""

    organization_id: OrganizationId


class OrganizationName(Message):
    """What a page needs to name a party and colour it."""

    organization_id: OrganizationId
    name: str
    side: Side


class OrganizationNames(View):
    """Names by id; an id that is not known is left out."""

    organizations: tuple[OrganizationName, ...]


class NameOrganizations(Query[OrganizationNames]):
    """The names of many organisations at once."""

    organization_ids: tuple[OrganizationId, ...] = Field(max_length=500)


class PersonName(Message):
    """What a page needs to name a person."""

    person_id: PersonId
    given_name: str
    family_name: str


class PeopleNames(View):
    """Names by id; a person whom the actor may not know of is left out, as one who does not exist."""

    people: tuple[PersonName, ...]


class NamePeople(Query[PeopleNames]):
    """The names of many people at once: of one's own organisation and of those that share a partnership with it."""

    person_ids: tuple[PersonId, ...] = Field(max_length=500)


class AffiliationView(Message):
    """An organisation as which a person may speak."""

    organization_id: OrganizationId
    organization_name: str
    side: Side
    function: str
    administrator: bool
    signatory: bool


class PersonView(View):
    """A person, as she sees herself."""

    person_id: PersonId
    given_name: str
    family_name: str
    email: str
    affiliations: tuple[AffiliationView, ...]


class GetMyself(Query[PersonView]):
    """The actor, with every organisation as which she may speak. Needs no organisation in the actor."""


class MemberView(Message):
    """A member of the actor's organisation."""

    person_id: PersonId
    given_name: str
    family_name: str
    email: str
    function: str
    administrator: bool
    signatory: bool


class Members(View):
    """The people of an organisation."""

    members: tuple[MemberView, ...]
    may_administer: bool


class ListMembers(Query[Members]):
    """The people of the actor's own organisation."""


class MandateAtStake(Message):
    """A mandate that ends with an affiliation."""

    mandate_id: MandateId
    convention_id: ConventionId
    accepted: bool
    """False where she has only been asked."""
    leaves_vacant: bool
    """Whether her side has no other référent in this convention."""


class Departure(View):
    """What would end with a person's affiliation to the actor's organisation, told before it is decided."""

    person_id: PersonId
    given_name: str
    family_name: str
    mandates: tuple[MandateAtStake, ...]
    last_signatory: bool
    """Whether nobody else may sign for the organisation."""
    last_administrator: bool
    """Whether nobody else administers it while others belong to it: somebody has to be named first."""


class GetDeparture(Query[Departure]):
    """What would end with a colleague's affiliation, for an administrator, or with one's own."""

    person_id: PersonId


class MandateState(StrEnum):
    """Where a mandate stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class DelegationView(Message):
    """Who acts for a référent, from one day to another. What is over is left out."""

    delegation_id: DelegationId
    deputy_id: PersonId
    given_name: str
    family_name: str
    starts_on: date
    ends_on: date


class MandateView(View):
    """A mandate as the two sides and the person concerned see it. The e-mail is shown to her own side only."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    organization_name: str
    side: Side
    person_id: PersonId
    given_name: str
    family_name: str
    function: str
    state: MandateState
    proposed_by: OrganizationId
    proposed_by_name: str
    proposed_by_side: Side | None = None
    """Where the organisation that asked stands; several parties may stand on one side."""
    proposed_at: datetime
    answered_at: datetime | None
    signatory: bool
    organization_has_administrator: bool
    delegations: tuple[DelegationView, ...] = ()
    succeeds: MandateId | None = None
    """The mandate that ends when this one is accepted."""


class Mandates(View):
    """Mandates, newest first."""

    mandates: tuple[MandateView, ...]


class ListMandates(Query[Mandates]):
    """The mandates of both sides of a convention that the actor's organisation is a party of."""

    convention_id: ConventionId


class ListMyMandates(Query[Mandates]):
    """The actor's own mandates, proposed and accepted."""


class GetMandate(Query[MandateView]):
    """One mandate: the actor's own, or of a convention that her organisation is a party of."""

    mandate_id: MandateId


class Authority(View):
    """What the actor may do for the organisation as which she speaks, at this moment, as contacts itself knows."""

    signatory: bool
    referent: bool
    """Whether she speaks as a référent of its side: by her mandate, for one who is absent, or standing in."""


class GetMyAuthority(Query[Authority]):
    """What I may do for my organisation in a convention. Others hear of a change a moment later; whoever binds an
    organisation asks here first.
    """

    convention_id: ConventionId


class PersonContact(View):
    """How to reach a person. For services only: it never reaches a page of somebody else."""

    person_id: PersonId
    given_name: str
    family_name: str
    email: EmailAddress
    language: str = "fr"


class GetMandateForInvitation(Query[MandateView]):
    """What an invitation's page shows to whoever holds its secret link, before she has an account."""

    audience: ClassVar[Audience] = Audience.SERVICES
    mandate_id: MandateId


class GetOwnAffiliations(Query[PersonView]):
    """At sign-in: as whom may this person speak?"""

    audience: ClassVar[Audience] = Audience.SERVICES
    person_id: PersonId


class NamesForNotice(View):
    """The address that a message goes to, and the names that it needs: already limited to what its reader may know."""

    recipient: PersonContact
    people: tuple[PersonName, ...]
    organizations: tuple[OrganizationName, ...]


class NameForNotice(Query[NamesForNotice]):
    """All that contacts knows for one message, at the moment of sending: its reader's address, and the names of people
    and organisations that take part in one convention; of a message about none, those of organisations only.
    """

    audience: ClassVar[Audience] = Audience.SERVICES
    recipient: PersonId
    convention_id: ConventionId | None
    person_ids: tuple[PersonId, ...] = Field(default=(), max_length=50)
    organization_ids: tuple[OrganizationId, ...] = Field(default=(), max_length=50)
