"""A partnership as contacts knows it: who its parties are, and which of them read the convention."""

from dataclasses import dataclass

from shared.contracts.contacts.refusals import NotAParty, PartnershipNotKnown
from shared.contracts.identifiers import ConventionId, OrganizationId
from shared.contracts.values import Side


@dataclass(frozen=True)
class Party:
    """One party of a convention."""

    organization_id: OrganizationId
    side: Side
    reads: bool


@dataclass(frozen=True)
class Partnership:
    """The parties of one convention."""

    convention_id: ConventionId
    parties: tuple[Party, ...]

    def seen_by(self, organization_id: OrganizationId | None) -> "Partnership":
        """This partnership, for one who may read it.

        Raises:
            PartnershipNotKnown: the organisation is no party, or has not been told of the draft yet.
        """
        if not any(it.reads for it in self.parties if it.organization_id == organization_id):
            raise PartnershipNotKnown
        return self

    def require_party(self, organization_id: OrganizationId) -> None:
        """Refuse an organisation that is no party.

        Raises:
            NotAParty: it is none.
        """
        if all(it.organization_id != organization_id for it in self.parties):
            raise NotAParty

    def others_than(self, organization_id: OrganizationId) -> tuple[OrganizationId, ...]:
        """The parties on the other side of the table."""
        return tuple(it.organization_id for it in self.parties if it.organization_id != organization_id)
