"""A party of a convention and its signature, as every page of the convention shows them."""

from datetime import date, datetime

from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Message
from shared.contracts.values import Side


class SignatureView(Message):
    """A party's signature: the evidence that both sides read."""

    organization_id: OrganizationId
    person_id: PersonId
    capacity: str
    signed_at: datetime
    sealed_hash: str
    means: str
    mandated_since: datetime | None = None
    """Since when her organisation had let her sign for it, where that is known."""
    signatory: str | None = None
    """Who signed, where that was on paper: `person_id` is then the référent who attests it."""
    signed_on: date | None = None
    """The date on the paper."""
    scan: str | None = None
    """SHA-256 of the scan that she attests."""


class PartyView(Message):
    """A party and, once given, its signature."""

    organization_id: OrganizationId
    side: Side
    signature: SignatureView | None
    has_referent: bool
    """Whether somebody speaks as its référent, be it whoever stands in while it is vacant."""
    has_signatory: bool
    left_on: date | None = None
    """Since when it is a party no more; what it signed stays."""
    vacant: bool = False
    """Whether its last référent is gone; until a new one accepts, whoever may sign for it stands in."""
