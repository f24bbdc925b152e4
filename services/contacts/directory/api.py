"""The requests that the directory answers. Translation only."""

from services.contacts.directory import queries
from services.contacts.directory.commands.register_organizations import register_organizations
from shared.contracts.contacts.commands import RegisterOrganizations, RegistrationReport
from shared.contracts.contacts.queries import (
    FindOrganizations,
    GetOrganization,
    NameOrganizations,
    OrganizationNames,
    OrganizationPage,
    OrganizationView,
)
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(RegisterOrganizations))
async def handle_register_organizations(
    command: RegisterOrganizations, tx: InTransaction
) -> RegistrationReport:
    return await register_organizations(command, tx)


@router.subscriber(**answers(FindOrganizations))
async def handle_find_organizations(
    query: FindOrganizations, actor: CurrentActor, tx: InTransaction
) -> OrganizationPage:
    return await queries.find_organizations(query, tx)


@router.subscriber(**answers(GetOrganization))
async def handle_get_organization(
    query: GetOrganization, actor: CurrentActor, tx: InTransaction
) -> OrganizationView:
    return await queries.get_organization(query, tx)


@router.subscriber(**answers(NameOrganizations))
async def handle_name_organizations(
    query: NameOrganizations, actor: CurrentActor, tx: InTransaction
) -> OrganizationNames:
    return await queries.name_organizations(query, tx)
