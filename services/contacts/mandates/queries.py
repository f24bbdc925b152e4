"""Reads of mandates, for the two sides of a convention and for the person who was asked."""

from typing import Any

from services.contacts.people.public import (
    colleagues_of,
    get_person_contact,
    load_member,
    person_name,
    require_administrator,
    require_member,
)
from shared.contracts.actor import Actor
from shared.contracts.contacts.queries import (
    Authority,
    DelegationView,
    Departure,
    GetDeparture,
    GetMandate,
    GetMandateForInvitation,
    GetMyAuthority,
    ListMandates,
    MandateAtStake,
    Mandates,
    MandateState,
    MandateView,
    NameForNotice,
    NamesForNotice,
    OrganizationName,
)
from shared.contracts.contacts.refusals import MandateNotFound, NotAMember, PartnershipNotKnown
from shared.contracts.identifiers import MandateId
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris
from shared.kit.database import Transaction

_VIEW = """
SELECT mandate_id, convention_id, mandate.organization_id, organization.name AS organization_name, organization.side,
       mandate.person_id, person.given_name, person.family_name, coalesce(affiliation.function, '') AS function,
       coalesce(affiliation.signatory, false) AS signatory, mandate.state, proposed_by, proposer.name AS proposed_by_name,
       proposer.side AS proposed_by_side,
       proposed_at, answered_at, succeeds, (
           SELECT coalesce(jsonb_agg(jsonb_build_object(
               'delegation_id', delegation_id, 'deputy_id', deputy_id, 'given_name', deputy.given_name,
               'family_name', deputy.family_name, 'starts_on', starts_on, 'ends_on', ends_on
           ) ORDER BY starts_on, delegation_id), '[]')
           FROM delegation JOIN person AS deputy ON deputy.person_id = deputy_id
           WHERE delegation.mandate_id = mandate.mandate_id AND mandate.state = 'accepted'
             AND delegation.ended_at IS NULL AND ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date
       ) AS delegations, has_administrator(mandate.organization_id) AS organization_has_administrator
FROM mandate
JOIN organization ON organization.organization_id = mandate.organization_id
JOIN organization AS proposer ON proposer.organization_id = mandate.proposed_by
JOIN person ON person.person_id = mandate.person_id
LEFT JOIN affiliation ON affiliation.person_id = mandate.person_id
    AND affiliation.organization_id = mandate.organization_id AND affiliation.ended_at IS NULL
"""

# Said here as well as in the policies: neither layer is trusted to be the only one.
_OF_CONVENTION = f"""
{_VIEW} WHERE convention_id = $1 AND (mandate.person_id = actor_person() OR reads_convention(convention_id))
ORDER BY proposed_at DESC, mandate_id DESC LIMIT 200
"""

_MINE = f"""
{_VIEW} WHERE mandate.person_id = actor_person() AND mandate.state IN ('proposed', 'accepted')
ORDER BY proposed_at DESC, mandate_id DESC LIMIT 200
"""

_ONE = f"""
{_VIEW} WHERE mandate_id = $1 AND (mandate.person_id = actor_person() OR reads_convention(convention_id))
"""

_AT_STAKE = """
SELECT mandate_id, convention_id, state = 'accepted' AS accepted,
       state = 'accepted' AND NOT EXISTS (
           SELECT FROM mandate AS other
           WHERE other.convention_id = mandate.convention_id AND other.organization_id = mandate.organization_id
             AND other.person_id <> mandate.person_id AND other.state = 'accepted'
       ) AS leaves_vacant
FROM mandate
WHERE person_id = $1 AND organization_id = $2 AND state IN ('proposed', 'accepted')
ORDER BY proposed_at DESC, mandate_id DESC LIMIT 200
"""

_AUTHORITY = """
SELECT affiliation.signatory, EXISTS (
    SELECT FROM mandate
    WHERE convention_id = $3 AND organization_id = $2 AND state = 'accepted' AND (mandate.person_id = $1 OR EXISTS (
        SELECT FROM delegation
        WHERE delegation.mandate_id = mandate.mandate_id AND deputy_id = $1 AND ended_at IS NULL
          AND $4 BETWEEN starts_on AND ends_on
    ))
) OR (
    affiliation.signatory
    AND EXISTS (SELECT FROM mandate WHERE convention_id = $3 AND organization_id = $2 AND state = 'ended')
    AND NOT EXISTS (SELECT FROM mandate WHERE convention_id = $3 AND organization_id = $2 AND state = 'accepted')
) AS referent
FROM affiliation WHERE person_id = $1 AND organization_id = $2 AND ended_at IS NULL
"""

_FOR_INVITATION = f"{_VIEW} WHERE mandate_id = $1"

# The sub-select hides the array's length: seeing it, the planner makes a new plan each time, which takes five times as
# long as the query itself.
_PEOPLE_OF_CONVENTION = """
SELECT person_id, given_name, family_name FROM person
WHERE person_id = ANY(ARRAY(SELECT unnest($2::uuid[]))) AND (
    EXISTS (SELECT FROM membership JOIN party USING (organization_id)
            WHERE membership.person_id = person.person_id AND convention_id = $1)
    OR EXISTS (SELECT FROM mandate WHERE mandate.person_id = person.person_id AND convention_id = $1)
)
"""

_ORGANIZATIONS = """
SELECT organization_id, name, side FROM organization
WHERE organization_id = ANY($2::uuid[])
  AND ($1::uuid IS NULL OR EXISTS (
      SELECT FROM party WHERE party.organization_id = organization.organization_id AND party.convention_id = $1
  ))
"""


async def list_mandates(query: ListMandates, tx: Transaction) -> Mandates:
    """The mandates of both sides of a convention.

    Raises:
        PartnershipNotKnown: the actor's organisation does not read it, and she is not asked for it.
    """
    rows = await tx.fetch(_OF_CONVENTION, query.convention_id)
    if not rows and not await tx.fetchval("SELECT reads_convention($1)", query.convention_id):
        raise PartnershipNotKnown
    return Mandates(mandates=tuple(_view(row) for row in rows))


async def list_my_mandates(tx: Transaction) -> Mandates:
    """The actor's own mandates, as whomever she speaks."""
    return Mandates(mandates=tuple(_view(row) for row in await tx.fetch(_MINE)))


async def get_mandate(query: GetMandate, tx: Transaction) -> MandateView:
    """One mandate.

    Raises:
        MandateNotFound: there is none, or none that the actor may see.
    """
    return await _one(tx, _ONE, query.mandate_id)


async def get_mandate_for_invitation(query: GetMandateForInvitation, tx: Transaction) -> MandateView:
    """What an invitation's page shows; whoever asks has checked the secret of the link."""
    return await _one(tx, _FOR_INVITATION, query.mandate_id)


async def get_departure(query: GetDeparture, actor: Actor, tx: Transaction) -> Departure:
    """What ends with a person's affiliation to the actor's organisation.

    Raises:
        NotAMember: the actor, or the person, does not belong to it.
        NotAnAdministrator: the actor asks about somebody else, and does not administer it.
    """
    by_herself = query.person_id == actor.person_id
    organization_id = await (require_member if by_herself else require_administrator)(tx, actor)
    person = await load_member(tx, query.person_id, of=organization_id)
    colleagues = await colleagues_of(tx, person.id, of=organization_id)
    affiliation = person.affiliation_to(organization_id)
    at_stake = await tx.fetch(_AT_STAKE, person.id, organization_id)
    return Departure(
        person_id=person.id,
        given_name=person.given_name,
        family_name=person.family_name,
        mandates=tuple(MandateAtStake(**row) for row in at_stake),
        last_signatory=bool(affiliation and affiliation.signatory and not colleagues.signatories),
        last_administrator=person.is_last_administrator(organization_id, colleagues),
    )


async def get_my_authority(query: GetMyAuthority, actor: Actor, tx: Transaction) -> Authority:
    """What the actor may do for her organisation in a convention, now.

    Raises:
        NotAMember: she does not belong to it, or speaks as nobody.
    """
    organization_id = await require_member(tx, actor)
    row = await tx.fetchrow(
        _AUTHORITY, actor.person_id, organization_id, query.convention_id, today_in_paris()
    )
    if row is None:
        raise NotAMember
    return Authority(signatory=row["signatory"], referent=row["referent"])


async def name_for_notice(query: NameForNotice, tx: Transaction) -> NamesForNotice:
    """The reader's address, and the names of those who take part in one convention; the others are left out.

    The directory of organisations is open; who is who in them is told within a convention only.
    """
    recipient = await get_person_contact(tx, query.recipient)
    people = await tx.fetch(_PEOPLE_OF_CONVENTION, query.convention_id, list(query.person_ids))
    organizations = await tx.fetch(_ORGANIZATIONS, query.convention_id, list(query.organization_ids))
    return NamesForNotice(
        recipient=recipient,
        people=tuple(person_name(row) for row in people),
        organizations=tuple(
            OrganizationName(organization_id=row["organization_id"], name=row["name"], side=Side(row["side"]))
            for row in organizations
        ),
    )


async def _one(tx: Transaction, statement: str, mandate_id: MandateId) -> MandateView:
    row = await tx.fetchrow(statement, mandate_id)
    if row is None:
        raise MandateNotFound
    return _view(row)


def _view(row: Any) -> MandateView:
    return MandateView(
        mandate_id=row["mandate_id"],
        convention_id=row["convention_id"],
        organization_id=row["organization_id"],
        organization_name=row["organization_name"],
        side=Side(row["side"]),
        person_id=row["person_id"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        function=row["function"],
        state=MandateState(row["state"]),
        proposed_by=row["proposed_by"],
        proposed_by_name=row["proposed_by_name"],
        proposed_by_side=Side(row["proposed_by_side"]),
        proposed_at=row["proposed_at"],
        answered_at=row["answered_at"],
        signatory=row["signatory"],
        organization_has_administrator=row["organization_has_administrator"],
        succeeds=row["succeeds"],
        delegations=tuple(DelegationView.model_validate(it) for it in row["delegations"]),
    )
