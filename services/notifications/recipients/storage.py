"""The projection behind the rules: who answers, signs and leads for which party. Ids only."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.notifications.recipients.circle import Circle, Party
from services.notifications.recipients.templates import Readers
from shared.contracts.contacts.events import DelegationEnded, DelegationGranted, MandateProposed
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId, ProjectId
from shared.kit.database import Transaction

# One statement, because it runs for every event: each party with its people. Whoever left speaks for it no more, even
# where the affiliation of a newly accepted référent has not been told yet.
_CIRCLE = """
WITH mandated AS (
    SELECT coalesce((SELECT amends FROM conventions WHERE convention_id = $1), $1) AS convention_id
), everybody AS (
    SELECT organization_id, bool_or(signed) AS signed, bool_or(joined_late) AS joined_late
    FROM (SELECT organization_id, signed, joined_late FROM parties WHERE convention_id = $1
          UNION ALL
          SELECT organization_id, false, false FROM mandates
          WHERE convention_id = (SELECT convention_id FROM mandated) AND state IN ('accepted', 'ended')) AS known
    GROUP BY organization_id
), party AS (
    SELECT * FROM everybody
    WHERE NOT EXISTS (
        SELECT FROM parties AS former
        WHERE former.convention_id = $1 AND former.organization_id = everybody.organization_id AND former.has_left
    )
)
SELECT p.organization_id, p.signed, p.joined_late,
       (SELECT c.negotiating FROM conventions c WHERE c.convention_id = $1) AS negotiating,
       ARRAY(SELECT m.person_id FROM mandates m
             LEFT JOIN affiliations a ON a.organization_id = m.organization_id AND a.person_id = m.person_id
             WHERE m.convention_id = (SELECT convention_id FROM mandated) AND m.organization_id = p.organization_id
               AND m.state = 'accepted' AND a.active IS NOT FALSE) AS referents,
       ARRAY(SELECT d.deputy_id FROM delegations d
             JOIN mandates m USING (mandate_id)
             JOIN affiliations a ON a.organization_id = m.organization_id AND a.person_id = d.deputy_id
             WHERE m.convention_id = (SELECT convention_id FROM mandated) AND m.organization_id = p.organization_id
               AND m.state = 'accepted' AND a.active AND $4 BETWEEN d.starts_on AND d.ends_on) AS deputies,
       ARRAY(SELECT a.person_id FROM affiliations a
             WHERE a.organization_id = p.organization_id AND a.active AND a.signatory) AS signatories,
       ARRAY(SELECT a.person_id FROM affiliations a
             WHERE a.organization_id = p.organization_id AND a.active AND a.administrator) AS administrators,
       ARRAY(SELECT m.person_id FROM mandates m
             WHERE m.convention_id = (SELECT convention_id FROM mandated) AND m.organization_id = p.organization_id
               AND m.state = 'accepted' AND m.entrusted
             UNION
             SELECT d.deputy_id FROM delegations d JOIN mandates m USING (mandate_id)
             WHERE m.convention_id = (SELECT convention_id FROM mandated) AND m.organization_id = p.organization_id
               AND m.state = 'accepted' AND m.entrusted AND $4 BETWEEN d.starts_on AND d.ends_on) AS entrusted,
       (SELECT bool_or(m.state = 'ended') AND NOT bool_or(m.state = 'accepted') FROM mandates m
        WHERE m.convention_id = (SELECT convention_id FROM mandated) AND m.organization_id = p.organization_id) IS TRUE AS vacant,
       (SELECT l.person_id FROM project_leads l
        LEFT JOIN affiliations a ON a.organization_id = l.organization_id AND a.person_id = l.person_id
        WHERE l.project_id = $2 AND l.organization_id = p.organization_id AND a.active IS NOT FALSE) AS lead,
       (SELECT m.proposed_by FROM mandates m WHERE m.mandate_id = $3) AS asked_by
FROM party p
"""

_ADD_CONVENTION = "INSERT INTO conventions (convention_id) VALUES ($1)"
_ADD_AMENDMENT = "INSERT INTO conventions (convention_id, amends, negotiating) VALUES ($1, $2, true)"
_ADD_PARTY = "INSERT INTO parties (convention_id, organization_id) VALUES ($1, $2)"
_JOIN = """
INSERT INTO parties (convention_id, organization_id, joined_late) VALUES ($1, $2, true)
ON CONFLICT (convention_id, organization_id) DO UPDATE SET has_left = false, joined_late = true
"""
_DECIDERS = """
SELECT ARRAY(SELECT person_id FROM affiliations
             WHERE organization_id = $1 AND active AND administrator) AS administrators,
       ARRAY(SELECT person_id FROM affiliations
             WHERE organization_id = $1 AND active AND signatory) AS signatories
"""
# A bound, not a page: an organisation has far fewer.
_READERS = """
SELECT wanted.organization_id,
       ARRAY(SELECT a.person_id FROM affiliations a
             WHERE a.organization_id = wanted.organization_id AND a.active AND a.administrator LIMIT 200) AS administrators,
       ARRAY(SELECT DISTINCT m.person_id FROM mandates m
             JOIN affiliations a ON a.organization_id = m.organization_id AND a.person_id = m.person_id
             WHERE m.organization_id = wanted.organization_id AND m.state = 'accepted' AND a.active LIMIT 200) AS referents
FROM unnest($1::uuid[]) AS wanted (organization_id)
"""
_ADD_MANDATE = """
INSERT INTO mandates (mandate_id, convention_id, organization_id, person_id, proposed_by, entrusted, state)
VALUES ($1, $2, $3, $4, $5, $6, 'proposed')
"""
_ADD_DELEGATION = """
INSERT INTO delegations (delegation_id, mandate_id, deputy_id, starts_on, ends_on) VALUES ($1, $2, $3, $4, $5)
"""
_AFFILIATE = """
INSERT INTO affiliations (organization_id, person_id, active, signatory, administrator) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id, person_id) DO UPDATE
SET active = excluded.active, signatory = excluded.signatory, administrator = excluded.administrator
"""
_LEAD = """
INSERT INTO project_leads (project_id, organization_id, person_id) VALUES ($1, $2, $3)
ON CONFLICT (project_id, organization_id) DO UPDATE SET person_id = excluded.person_id
"""


async def load_circle(
    tx: Transaction,
    convention_id: ConventionId,
    *,
    project_id: ProjectId | None,
    mandate_id: MandateId | None,
    today: date,
    guest_id: OrganizationId | None = None,
) -> Circle:
    """Everybody around a convention; without parties when it is not known yet. `guest_id`: who observes it."""
    rows = await tx.fetch(_CIRCLE, convention_id, project_id, mandate_id, today)
    if not rows:
        return Circle()
    return Circle(
        parties=tuple(
            Party(
                organization_id=row["organization_id"],
                referents=frozenset(row["referents"]),
                deputies=frozenset(row["deputies"]),
                signatories=frozenset(row["signatories"]),
                administrators=frozenset(row["administrators"]),
                entrusted=frozenset(row["entrusted"]),
                vacant=row["vacant"],
                lead=row["lead"],
                signed=row["signed"],
                joined_late=row["joined_late"],
            )
            for row in rows
        ),
        drafted=rows[0]["negotiating"] is not None,
        negotiating=bool(rows[0]["negotiating"]),
        asked_by=rows[0]["asked_by"],
        guest=await _guest(tx, guest_id) if guest_id else None,
    )


async def _guest(tx: Transaction, organization_id: OrganizationId) -> Party:
    row = await tx.fetchrow(_DECIDERS, organization_id)
    return Party(
        organization_id,
        administrators=frozenset(row["administrators"]),
        signatories=frozenset(row["signatories"]),
    )


async def load_readers(tx: Transaction, organizations: Sequence[OrganizationId]) -> tuple[Readers, ...]:
    """The people of organisations, outside any convention."""
    return tuple(
        Readers(
            row["organization_id"],
            administrators=frozenset(row["administrators"]),
            referents=frozenset(row["referents"]),
        )
        for row in await tx.fetch(_READERS, list(organizations))
    )


def add_convention(tx: Transaction, convention_id: ConventionId, parties: list[OrganizationId]) -> None:
    """A convention exists between these parties."""
    tx.later(_ADD_CONVENTION, convention_id)
    for party in parties:
        tx.later(_ADD_PARTY, convention_id, party)


def add_party(tx: Transaction, convention_id: ConventionId, party: OrganizationId) -> None:
    """One party more, after the others; one that was taken back may come again."""
    tx.later(_JOIN, convention_id, party)


def remove_party(tx: Transaction, convention_id: ConventionId, party: OrganizationId) -> None:
    """It has left, or was taken back."""
    tx.later(
        "UPDATE parties SET has_left = true WHERE convention_id = $1 AND organization_id = $2",
        convention_id,
        party,
    )


def add_amendment(
    tx: Transaction, amendment_id: ConventionId, amends: ConventionId, parties: list[OrganizationId]
) -> None:
    """A convention is about to change; both sides have negotiated before."""
    tx.later(_ADD_AMENDMENT, amendment_id, amends)
    for party in parties:
        tx.later(_ADD_PARTY, amendment_id, party)


def open_negotiation(tx: Transaction, convention_id: ConventionId) -> None:
    """From now on each party has a référent."""
    tx.later("UPDATE conventions SET negotiating = true WHERE convention_id = $1", convention_id)


def add_signature(tx: Transaction, convention_id: ConventionId, organization_id: OrganizationId) -> None:
    """A party has signed."""
    tx.later(
        "UPDATE parties SET signed = true WHERE convention_id = $1 AND organization_id = $2",
        convention_id,
        organization_id,
    )


def void_signatures(tx: Transaction, convention_id: ConventionId) -> None:
    """Nobody has signed any more."""
    tx.later("UPDATE parties SET signed = false WHERE convention_id = $1", convention_id)


def add_mandate(tx: Transaction, event: MandateProposed) -> None:
    """A person was asked to be a référent."""
    tx.later(
        _ADD_MANDATE,
        event.mandate_id,
        event.convention_id,
        event.organization_id,
        event.person_id,
        event.proposed_by,
        event.entrusted,
    )


def answer_mandate(tx: Transaction, mandate_id: MandateId, state: str) -> None:
    """She accepted or declined, or the mandate is over."""
    tx.later("UPDATE mandates SET state = $2 WHERE mandate_id = $1", mandate_id, state)


def add_delegation(tx: Transaction, event: DelegationGranted) -> None:
    """Somebody acts for a référent, between two days."""
    tx.later(
        _ADD_DELEGATION,
        event.delegation_id,
        event.mandate_id,
        event.deputy_id,
        event.starts_on,
        event.ends_on,
    )


def end_delegation(tx: Transaction, event: DelegationEnded) -> None:
    """She acts for her no more."""
    tx.later("DELETE FROM delegations WHERE delegation_id = $1", event.delegation_id)


def affiliate(
    tx: Transaction,
    person_id: PersonId,
    organization_id: OrganizationId,
    *,
    signatory: bool,
    administrator: bool,
) -> None:
    """A person joins an organisation."""
    tx.later(_AFFILIATE, organization_id, person_id, True, signatory, administrator)


def end_affiliation(tx: Transaction, person_id: PersonId, organization_id: OrganizationId) -> None:
    """A person leaves an organisation."""
    tx.later(_AFFILIATE, organization_id, person_id, False, False, False)


def set_administrator(tx: Transaction, person_id: PersonId, organization_id: OrganizationId) -> None:
    """A member administers the organisation."""
    tx.later(
        "UPDATE affiliations SET administrator = true WHERE organization_id = $1 AND person_id = $2",
        organization_id,
        person_id,
    )


def set_signing_authority(
    tx: Transaction, person_id: PersonId, organization_id: OrganizationId, *, signatory: bool
) -> None:
    """A member may sign, or no longer."""
    tx.later(
        "UPDATE affiliations SET signatory = $3 WHERE organization_id = $1 AND person_id = $2",
        organization_id,
        person_id,
        signatory,
    )


def set_lead(tx: Transaction, project_id: UUID, organization_id: OrganizationId, person_id: PersonId) -> None:
    """Who leads the project for this party."""
    tx.later(_LEAD, project_id, organization_id, person_id)
