"""Reads of the directory, open to whoever acts."""

from typing import Any

from services.contacts.directory.search import search
from shared.contracts.contacts.commands import Address
from shared.contracts.contacts.queries import (
    FindOrganizations,
    GetOrganization,
    NameOrganizations,
    OrganizationName,
    OrganizationNames,
    OrganizationPage,
    OrganizationView,
)
from shared.contracts.contacts.refusals import OrganizationNotFound
from shared.contracts.values import Side
from shared.kit.database import Transaction

_VIEW = """
SELECT organization_id, side, name, kind, finess, siren, rna, street, postal_code, city, purpose,
       EXISTS (SELECT FROM membership WHERE membership.organization_id = organization.organization_id
               AND membership.is_current) AS has_members
FROM organization
"""

_BY_ID = f"{_VIEW} WHERE organization_id = $1"

_BY_IDS = (
    f"{_VIEW} WHERE organization_id = ANY($1::uuid[]) ORDER BY array_position($1::uuid[], organization_id)"
)

_NAMES = "SELECT organization_id, name, side FROM organization WHERE organization_id = ANY($1::uuid[])"


async def find_organizations(query: FindOrganizations, tx: Transaction) -> OrganizationPage:
    """One page of the directory, best first."""
    found = await search(tx, query.text, side=query.side, limit=query.limit, offset=query.offset)
    rows = await tx.fetch(_BY_IDS, list(found.ids)) if found.ids else []
    return OrganizationPage(organizations=tuple(_view(row) for row in rows), total=found.total)


async def get_organization(query: GetOrganization, tx: Transaction) -> OrganizationView:
    """One organisation.

    Raises:
        OrganizationNotFound: the directory does not have it.
    """
    row = await tx.fetchrow(_BY_ID, query.organization_id)
    if row is None:
        raise OrganizationNotFound
    return _view(row)


async def name_organizations(query: NameOrganizations, tx: Transaction) -> OrganizationNames:
    """The names of many organisations; unknown ids are left out."""
    rows = await tx.fetch(_NAMES, list(query.organization_ids))
    return OrganizationNames(
        organizations=tuple(
            OrganizationName(organization_id=row["organization_id"], name=row["name"], side=Side(row["side"]))
            for row in rows
        )
    )


def _view(row: Any) -> OrganizationView:
    return OrganizationView(
        organization_id=row["organization_id"],
        side=Side(row["side"]),
        name=row["name"],
        kind=row["kind"],
        finess=row["finess"],
        siren=row["siren"],
        rna=row["rna"],
        address=Address(street=row["street"], postal_code=row["postal_code"], city=row["city"]),
        purpose=row["purpose"],
        has_members=row["has_members"],
    )
