"""Nobody is on both sides of a convention: neither as a member nor as a référent."""

from services.contacts.mandates import storage
from services.contacts.partnerships.public import Partnership
from services.contacts.people.public import is_member
from shared.contracts.contacts.refusals import AddressOfOtherSide
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.kit.database import Transaction


async def require_one_side_only(
    tx: Transaction, partnership: Partnership, person_id: PersonId, *, of: OrganizationId
) -> None:
    """Refuse a person of another side than the one she is asked for.

    Raises:
        AddressOfOtherSide: she belongs to another party, or is its référent.
    """
    others = partnership.others_than(of)
    if await is_member(tx, person_id, *others) or await storage.is_asked_by(
        tx, partnership.convention_id, person_id, *others
    ):
        raise AddressOfOtherSide
