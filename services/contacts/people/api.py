"""The requests about people that contacts answers. Translation only."""

from services.contacts.people import queries
from services.contacts.people.commands.enroll_person import enroll_person
from services.contacts.people.commands.grant_administration import grant_administration
from services.contacts.people.commands.grant_signing_authority import grant_signing_authority
from services.contacts.people.commands.revoke_signing_authority import revoke_signing_authority
from shared.contracts.contacts.commands import (
    EnrollPerson,
    GrantAdministration,
    GrantSigningAuthority,
    RevokeSigningAuthority,
)
from shared.contracts.contacts.queries import (
    GetMyself,
    GetOwnAffiliations,
    ListMembers,
    Members,
    NamePeople,
    PeopleNames,
    PersonView,
)
from shared.contracts.messages import Done
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(EnrollPerson))
async def handle_enroll_person(command: EnrollPerson, tx: InTransaction) -> Done:
    return await enroll_person(command, tx)


@router.subscriber(**answers(GrantAdministration))
async def handle_grant_administration(
    command: GrantAdministration, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await grant_administration(command, actor, tx)


@router.subscriber(**answers(GrantSigningAuthority))
async def handle_grant_signing_authority(
    command: GrantSigningAuthority, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await grant_signing_authority(command, actor, tx)


@router.subscriber(**answers(RevokeSigningAuthority))
async def handle_revoke_signing_authority(
    command: RevokeSigningAuthority, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await revoke_signing_authority(command, actor, tx)


@router.subscriber(**answers(GetMyself))
async def handle_get_myself(query: GetMyself, actor: CurrentActor, tx: InTransaction) -> PersonView:
    return await queries.get_myself(actor, tx)


@router.subscriber(**answers(ListMembers))
async def handle_list_members(query: ListMembers, actor: CurrentActor, tx: InTransaction) -> Members:
    return await queries.list_members(actor, tx)


@router.subscriber(**answers(NamePeople))
async def handle_name_people(query: NamePeople, actor: CurrentActor, tx: InTransaction) -> PeopleNames:
    return await queries.name_people(query, tx)


@router.subscriber(**answers(GetOwnAffiliations))
async def handle_get_own_affiliations(query: GetOwnAffiliations, tx: InTransaction) -> PersonView:
    return await queries.get_own_affiliations(query, tx)
