"""The parties of conventions, as rows."""

from uuid import UUID

from services.contacts.partnerships.domain.partnership import Partnership, Party
from shared.contracts.identifiers import ConventionId, OrganizationId
from shared.contracts.projects.events import ConventionDrafted
from shared.contracts.projects.parties import ObserverAdmitted, ObserverLeft, PartyJoined
from shared.contracts.values import Side
from shared.kit.database import Transaction

_INSERT = """
INSERT INTO party (convention_id, organization_id, side, reads, drafted_by_person) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
"""

_JOIN = """
INSERT INTO party (convention_id, organization_id, side, reads) VALUES ($1, $2, $3, false)
ON CONFLICT (convention_id, organization_id) DO UPDATE SET reads = false, has_left = false
"""


def insert_parties(tx: Transaction, event: ConventionDrafted, drafted_by: UUID | None) -> None:
    """Remember the parties of a new convention, and the person who began to write it."""
    for party in event.parties:
        reads = party.organization_id == event.drafted_by
        person = drafted_by if reads else None
        tx.later(_INSERT, event.convention_id, party.organization_id, party.side, reads, person)


def add_party(tx: Transaction, event: PartyJoined) -> None:
    """Remember a party that joined; it reads once its référent is invited. One that was taken back may come again."""
    tx.later(_JOIN, event.convention_id, event.joined, event.side)


def add_observer(tx: Transaction, event: ObserverAdmitted) -> None:
    """Remember who observes."""
    tx.later(
        "INSERT INTO observer (convention_id, organization_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        event.convention_id,
        event.observer,
    )


def remove_observer(tx: Transaction, event: ObserverLeft) -> None:
    """It observes no more."""
    tx.later(
        "DELETE FROM observer WHERE convention_id = $1 AND organization_id = $2",
        event.convention_id,
        event.observer,
    )


def remove_party(tx: Transaction, convention_id: ConventionId, organization_id: OrganizationId) -> None:
    """It has left, or was taken back."""
    tx.later(
        "UPDATE party SET has_left = true WHERE convention_id = $1 AND organization_id = $2",
        convention_id,
        organization_id,
    )


def open_to_party(tx: Transaction, convention_id: ConventionId, organization_id: OrganizationId) -> None:
    """A party reads the convention from now on."""
    tx.later(
        "UPDATE party SET reads = true WHERE convention_id = $1 AND organization_id = $2",
        convention_id,
        organization_id,
    )


async def load_partnership(tx: Transaction, convention_id: ConventionId) -> Partnership:
    """The parties of a convention; none when contacts has not heard of it."""
    rows = await tx.fetch(
        "SELECT organization_id, side, reads FROM party WHERE convention_id = $1 AND NOT has_left",
        convention_id,
    )
    parties = tuple(
        Party(OrganizationId(row["organization_id"]), Side(row["side"]), row["reads"]) for row in rows
    )
    return Partnership(convention_id, parties)
