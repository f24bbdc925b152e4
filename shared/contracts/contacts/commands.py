"""What can be asked of contacts that changes something."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.identifiers import ConventionId, DelegationId, MandateId, OrganizationId, PersonId
from shared.contracts.messages import Audience, Command, Done, Message, View
from shared.contracts.values import Day, EmailAddress, Name, Paragraph, Side, Title


class Address(Message):
    """Where an organisation is; lines as one writes them on an envelope."""

    street: str = ""
    postal_code: str = ""
    city: str = ""


class OrganizationEntry(Message):
    """One organisation of a public register. Each id is checked by its own rule (key, length, form)."""

    organization_id: OrganizationId
    side: Side
    name: Title
    kind: str = Field(default="", max_length=120)
    finess: str | None = None
    siren: str | None = None
    rna: str | None = None
    address: Address = Address()
    purpose: str = Field(default="", max_length=2_000)


class RefusedEntry(Message):
    """A line that was not stored, by its position in the batch, with the reason's code and the field."""

    position: int
    field: str
    reason: str


class RegistrationReport(View):
    """What became of a batch: nothing of a refused line is stored, every line of the rest is."""

    registered: int
    known: int
    refused: tuple[RefusedEntry, ...] = ()


class RegisterOrganizations(Command[RegistrationReport]):
    """Enter organisations of a public register. Asking again with the same ids and names changes nothing."""

    audience: ClassVar[Audience] = Audience.OPERATORS
    entries: tuple[OrganizationEntry, ...] = Field(max_length=200)


class EnrollPerson(Command[Done]):
    """Open an organisation: add its first people. Asking again with the same ids changes nothing."""

    audience: ClassVar[Audience] = Audience.OPERATORS
    person_id: PersonId
    given_name: Name
    family_name: Name
    email: EmailAddress
    organization_id: OrganizationId
    function: Title
    administrator: bool = False
    signatory: bool = False


class NameReferent(Command[Done]):
    """Name a member of one's own organisation as référent of its side. Naming oneself accepts at once.

    With `succeeds`, by the référent herself or an administrator, it is a hand-over: that mandate ends when this one is
    accepted, not before.
    """

    mandate_id: MandateId
    convention_id: ConventionId
    person_id: PersonId
    succeeds: MandateId | None = None


class InviteReferent(Command[Done]):
    """Invite somebody by e-mail to be the référent of a party: of the other one, or a newcomer of one's own.

    Whether the address is known already is not told to the one who invites. `succeeds` as in `NameReferent`.
    Of another party one person is asked at a time.
    """

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    given_name: Name
    family_name: Name
    email: EmailAddress
    succeeds: MandateId | None = None
    instead_of: MandateId | None = None
    """The invitation without an answer that this one takes back."""


class AcceptMandate(Command[Done]):
    """Become the référent. The first person of an organisation becomes its administrator, and may declare that she
    signs for it; in an organisation that has an administrator, only he grants that.
    """

    mandate_id: MandateId
    function: Title | None = None
    given_name: Name | None = None
    family_name: Name | None = None
    declares_signing_authority: bool = False


class EndMandate(Command[Done]):
    """Give one's own mandate up. The last référent of a side stays until another one has accepted."""

    mandate_id: MandateId


class GrantDelegation(Command[Done]):
    """By the référent, or an administrator of her organisation: a colleague acts for her from one day to another.

    Both days are included, in Europe/Paris. One deputy at a time, for a year at most.
    """

    delegation_id: DelegationId
    mandate_id: MandateId
    deputy_id: PersonId
    starts_on: Day
    ends_on: Day


class EndDelegation(Command[Done]):
    """By the référent, her deputy, or an administrator: the deputy acts for her no more."""

    mandate_id: MandateId
    delegation_id: DelegationId


class DeclineMandate(Command[Done]):
    """Refuse to be the référent, with or without a reason."""

    mandate_id: MandateId
    reason: Paragraph | None = None


class GrantSigningAuthority(Command[Done]):
    """By an administrator of the actor's organisation: this member may sign for it."""

    person_id: PersonId


class RevokeSigningAuthority(Command[Done]):
    """By an administrator of the actor's organisation: this member no longer signs for it."""

    person_id: PersonId


class GrantAdministration(Command[Done]):
    """By an administrator of the actor's organisation: this member administers it too."""

    person_id: PersonId


class EndAffiliation(Command[Done]):
    """This person no longer belongs to the actor's organisation: by an administrator, or by the person herself.

    Her mandates there end with it. A side that so loses its last référent is vacant: nothing waits for her successor.
    """

    person_id: PersonId
