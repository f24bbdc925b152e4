"""What another service can ask of web."""

from datetime import datetime
from typing import ClassVar

from shared.contracts.identifiers import MandateId, PersonId
from shared.contracts.messages import Audience, Command, View


class InvitationLink(View):
    """A secret link that opens one mandate for one person; works until it expires or the mandate is answered."""

    url: str
    expires_at: datetime


class IssueInvitationLink(Command[InvitationLink]):
    """Make the link that an invitation's e-mail carries. Each call makes a fresh one; the secret is stored hashed."""

    audience: ClassVar[Audience] = Audience.SERVICES
    person_id: PersonId
    mandate_id: MandateId
