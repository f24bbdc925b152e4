"""What another service, or an operator, can ask of web."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from shared.contracts.identifiers import MandateId, OrganizationId, PersonId
from shared.contracts.messages import Audience, Command, Done, View
from shared.contracts.values import EmailAddress


class InvitationLink(View):
    """A secret link that opens one mandate for one person; works until it expires or the mandate is answered."""

    url: str
    expires_at: datetime


class IssueInvitationLink(Command[InvitationLink]):
    """Make the link that an invitation's e-mail carries. Each call makes a fresh one; the secret is stored hashed."""

    audience: ClassVar[Audience] = Audience.SERVICES
    person_id: PersonId
    mandate_id: MandateId


class PasswordResetLink(View):
    """A secret link that lets one person choose a new password, once, until it expires or a newer one is made."""

    url: str
    expires_at: datetime


class IssuePasswordResetLink(Command[PasswordResetLink]):
    """Make the link that the e-mail about a forgotten password carries. Each call makes a fresh one, which replaces the
    one before; the secret is stored hashed.
    """

    audience: ClassVar[Audience] = Audience.SERVICES
    person_id: PersonId


class CreateAccount(Command[Done]):
    """Let a person who is known to contacts sign in. Asking again for the same person changes nothing."""

    audience: ClassVar[Audience] = Audience.OPERATORS
    person_id: PersonId
    email: EmailAddress
    password: str = Field(min_length=12, max_length=256, repr=False)
    organization_id: OrganizationId | None = None
    """As which organisation the API token speaks."""
    api_token: str | None = Field(default=None, pattern=r"^ent_[A-Za-z0-9_-]{20,100}$", repr=False)
    """A token to register beside the account, for scripts of a demonstration."""


class AddOperator(Command[Done]):
    """Let an account see the pages of operation. Asking again changes nothing."""

    audience: ClassVar[Audience] = Audience.OPERATORS
    email: EmailAddress


class RemoveOperator(Command[Done]):
    """Close the pages of operation to an account, from its next page on. Asking again changes nothing."""

    audience: ClassVar[Audience] = Audience.OPERATORS
    email: EmailAddress
