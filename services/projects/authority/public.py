"""Who may act for which side, for the other modules of projects.

A référent counts only while she also belongs to the organisation: contacts tells both facts, in either order. Her deputy
speaks with her rights between two days; the day of the request decides. On a side whose last référent is gone, whoever
may sign for it stands in until a new one accepts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId
from shared.contracts.projects.refusals import NotAMemberOfOrganization
from shared.contracts.values import Side
from shared.kit import clock
from shared.kit.database import Transaction

_IS_MEMBER = "SELECT EXISTS (SELECT FROM affiliations WHERE person_id = $1 AND organization_id = $2)"

_WAS_ASKED = """
SELECT EXISTS (SELECT FROM mandates WHERE convention_id = $1 AND person_id = $2 AND state = 'withdrawn')
"""

_ORGANIZATIONS_WITH_SIGNATORY = """
SELECT DISTINCT organization_id FROM affiliations WHERE organization_id = ANY($1::uuid[]) AND signatory
"""

_REGISTERED_SIDES = "SELECT organization_id, side FROM organizations WHERE organization_id = ANY($1::uuid[])"

_HAS_NONE = """
NOT EXISTS (
    SELECT FROM mandates AS other
    WHERE other.convention_id = mandates.convention_id AND other.organization_id = mandates.organization_id
      AND other.state = 'accepted'
)
"""

# Whoever speaks as a référent: by her own mandate, or standing in on a vacant side, which has a row even where nobody
# may sign for it. Bounded, as every list: a side has a handful of them.
_REFERENTS = f"""
SELECT mandate_id, organization_id, person_id, false AS stands_in
FROM mandates JOIN affiliations USING (person_id, organization_id)
WHERE convention_id = $1 AND state = 'accepted'
UNION ALL
SELECT mandates.mandate_id, mandates.organization_id, affiliations.person_id, false
FROM mandates JOIN delegations USING (mandate_id)
JOIN affiliations
  ON affiliations.person_id = delegations.deputy_id AND affiliations.organization_id = mandates.organization_id
WHERE mandates.convention_id = $1 AND mandates.state = 'accepted' AND $2 BETWEEN starts_on AND ends_on
UNION ALL
SELECT NULL, vacant.organization_id, affiliations.person_id, true
FROM (
    SELECT DISTINCT organization_id FROM mandates WHERE convention_id = $1 AND state = 'ended' AND {_HAS_NONE}
) AS vacant
LEFT JOIN affiliations ON affiliations.organization_id = vacant.organization_id AND affiliations.signatory
ORDER BY stands_in, mandate_id, person_id
LIMIT 200
"""

_SIDES = """
SELECT convention_id,
       coalesce(array_agg(DISTINCT organization_id) FILTER (WHERE state = 'accepted'), '{}') AS accepted,
       coalesce(array_agg(DISTINCT organization_id) FILTER (WHERE state = 'proposed'), '{}') AS asked
FROM mandates
WHERE convention_id = ANY($1::uuid[]) AND state IN ('accepted', 'proposed')
GROUP BY convention_id
"""

_AUTHORITY = f"""
SELECT affiliations.administrator, affiliations.signatory, affiliations.signatory_since,
       ARRAY(
           SELECT mandates.convention_id FROM mandates
           WHERE mandates.person_id = $1 AND mandates.organization_id = $2 AND mandates.state = 'accepted'
             AND ($3::uuid IS NULL OR mandates.convention_id = (SELECT partnership_of($3)))
           UNION
           SELECT mandates.convention_id FROM delegations JOIN mandates USING (mandate_id)
           WHERE delegations.deputy_id = $1 AND $4 BETWEEN delegations.starts_on AND delegations.ends_on
             AND mandates.organization_id = $2 AND mandates.state = 'accepted'
             AND ($3::uuid IS NULL OR mandates.convention_id = (SELECT partnership_of($3)))
           UNION
           SELECT mandates.convention_id FROM mandates
           WHERE affiliations.signatory AND mandates.organization_id = $2 AND mandates.state = 'ended'
             AND ($3::uuid IS NULL OR mandates.convention_id = (SELECT partnership_of($3))) AND {_HAS_NONE}
           LIMIT 1000
       ) AS referent_in,
       ARRAY(
           SELECT mandates.convention_id FROM mandates
           WHERE mandates.person_id = $1 AND mandates.organization_id = $2 AND mandates.state = 'accepted'
             AND mandates.entrusted AND ($3::uuid IS NULL OR mandates.convention_id = (SELECT partnership_of($3)))
           UNION
           SELECT mandates.convention_id FROM delegations JOIN mandates USING (mandate_id)
           WHERE delegations.deputy_id = $1 AND $4 BETWEEN delegations.starts_on AND delegations.ends_on
             AND mandates.organization_id = $2 AND mandates.state = 'accepted'
             AND mandates.entrusted AND ($3::uuid IS NULL OR mandates.convention_id = (SELECT partnership_of($3)))
           LIMIT 1000
       ) AS entrusted_in
FROM affiliations WHERE affiliations.person_id = $1 AND affiliations.organization_id = $2
"""


@dataclass(frozen=True, slots=True)
class Referent:
    """A person who speaks as a référent of a side."""

    mandate_id: MandateId | None
    """By which mandate; None for whoever stands in on a vacant side."""
    organization_id: OrganizationId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class Answering:
    """The sides of a convention for which somebody speaks as the référent, and those whose last référent is gone."""

    sides: frozenset[OrganizationId]
    vacant: frozenset[OrganizationId]


@dataclass(frozen=True, slots=True)
class Member:
    """An actor who belongs to the organisation as which she speaks, and what she may do for it."""

    person_id: PersonId
    organization_id: OrganizationId
    administrator: bool
    signatory: bool
    referent_in: frozenset[ConventionId]
    """The conventions in which she speaks as a référent of that organisation's side."""
    signatory_since: datetime | None = None
    """Since when she may sign; None when she may not, or was told of before that was noted."""
    entrusted_in: frozenset[ConventionId] = frozenset()
    """Those in which somebody who answers for the organisation named her, or whom she acts for."""

    def answers_for(self, convention_id: ConventionId) -> bool:
        """Whether the organisation has given her a say here, whoever named her: she runs it, signs for it, or was named."""
        return self.administrator or self.signatory or convention_id in self.entrusted_in


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a convention where somebody accepted to be the référent, and those where somebody was asked."""

    accepted: frozenset[OrganizationId] = frozenset()
    asked: frozenset[OrganizationId] = frozenset()


async def is_member(tx: Transaction, person: PersonId, organization: OrganizationId) -> bool:
    """Whether the person belongs to the organisation."""
    return await tx.fetchval(_IS_MEMBER, person, organization)


async def was_asked(tx: Transaction, convention_id: ConventionId, person: PersonId) -> bool:
    """Whether the person was asked to be a référent and is asked no more. For the service itself."""
    return await tx.fetchval(_WAS_ASKED, convention_id, person)


async def organizations_with_signatory(
    tx: Transaction, organizations: Iterable[OrganizationId]
) -> frozenset[OrganizationId]:
    """Those of the organisations for which somebody may sign."""
    rows = await tx.fetch(_ORGANIZATIONS_WITH_SIGNATORY, list(organizations))
    return frozenset(OrganizationId(row["organization_id"]) for row in rows)


async def registered_sides(
    tx: Transaction, organizations: Iterable[OrganizationId]
) -> Mapping[OrganizationId, Side]:
    """On which side each organisation stands in the directory; one that is not known is left out."""
    rows = await tx.fetch(_REGISTERED_SIDES, list(organizations))
    return {OrganizationId(row["organization_id"]): Side(row["side"]) for row in rows}


async def referents_of(tx: Transaction, convention_id: ConventionId) -> tuple[Referent, ...]:
    """Who speaks as a référent of every side of a convention, longest known first, then those who stand in."""
    return tuple(
        Referent(
            MandateId(row["mandate_id"]) if row["mandate_id"] else None,
            OrganizationId(row["organization_id"]),
            PersonId(row["person_id"]),
        )
        for row in await tx.fetch(_REFERENTS, convention_id, clock.today_in_paris())
        if row["person_id"]
    )


async def who_answers_for(tx: Transaction, convention_id: ConventionId) -> Answering:
    """Which sides of a convention have somebody who speaks as their référent, and which are vacant."""
    rows = await tx.fetch(_REFERENTS, convention_id, clock.today_in_paris())
    return Answering(
        sides=frozenset(OrganizationId(row["organization_id"]) for row in rows if row["person_id"]),
        vacant=frozenset(OrganizationId(row["organization_id"]) for row in rows if row["stands_in"]),
    )


async def sides_of(tx: Transaction, convention_ids: Iterable[ConventionId]) -> Mapping[ConventionId, Sides]:
    """Where the mandates of conventions stand, whether or not the affiliations are known yet."""
    rows = await tx.fetch(_SIDES, list(convention_ids))
    found = {row["convention_id"]: Sides(frozenset(row["accepted"]), frozenset(row["asked"])) for row in rows}
    return defaultdict(Sides, found)


async def require_member(tx: Transaction, actor: Actor, convention_id: ConventionId | None = None) -> Member:
    """The actor as a member of the organisation as which she speaks.

    With a convention `referent_in` tells of it only; with an amendment, of the convention that it changes.

    Raises:
        NotAMemberOfOrganization: she is not, or speaks as nobody.
    """
    row = await tx.fetchrow(
        _AUTHORITY, actor.person_id, actor.organization_id, convention_id, clock.today_in_paris()
    )
    if row is None or actor.organization_id is None:
        raise NotAMemberOfOrganization
    return Member(
        person_id=actor.person_id,
        organization_id=actor.organization_id,
        administrator=row["administrator"],
        signatory=row["signatory"],
        signatory_since=row["signatory_since"],
        referent_in=frozenset(ConventionId(it) for it in row["referent_in"]),
        entrusted_in=frozenset(ConventionId(it) for it in row["entrusted_in"]),
    )


async def member_or_invited(tx: Transaction, actor: Actor, convention_id: ConventionId) -> Member | None:
    """The actor as a member; None when she speaks as nobody yet: somebody invited reads before she belongs anywhere.

    Raises:
        NotAMemberOfOrganization: she speaks as an organisation that is not hers.
    """
    return None if actor.organization_id is None else await require_member(tx, actor, convention_id)
