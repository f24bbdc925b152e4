"""Who is to come to a convention and who observes it, for a party; what one observes, for an observer."""

from services.projects.authority.public import require_member
from services.projects.conventions import storage
from services.projects.conventions.domain.admitting import may_accept, may_end, why_not_admit
from services.projects.conventions.domain.taking_back import why_not_take_back
from services.projects.conventions.storage import speaker_of
from shared.contracts.actor import Actor
from shared.contracts.projects.parties import (
    Admissions,
    AdmissionView,
    ListAdmissions,
    ListObserved,
    Observed,
    ObservedConvention,
    Role,
)
from shared.kit.database import Transaction

_OBSERVED = """
SELECT convention.convention_id, convention.title, seen.admission_id, seen.role, seen.interest,
       seen.admitted_at AS since,
       (SELECT array_agg(party.organization_id ORDER BY party.side DESC, party.name) FROM convention_parties AS party
        WHERE party.convention_id = convention.convention_id AND party.left_on IS NULL) AS parties
FROM convention_admissions AS seen JOIN conventions AS convention USING (convention_id)
WHERE seen.organization_id = $1 AND seen.observes
ORDER BY seen.admitted_at DESC, seen.admission_id DESC
LIMIT 200
"""


async def list_admissions(query: ListAdmissions, actor: Actor, tx: Transaction) -> Admissions:
    """Those that wait or observe, and what the actor can do about them.

    Raises:
        ConventionNotFound: it does not exist, or her organisation is no party of it.
    """
    member = await require_member(tx, actor, query.convention_id)
    convention = await storage.read_convention(tx, query.convention_id, on_behalf_of=actor)
    situation, by = convention.situation, speaker_of(member, convention.id)
    parties = [it.organization_id for it in convention.parties]
    silent = await storage.silent_parties_of(tx, convention)
    standing = [
        it for it in (await storage.read_admissions(tx, convention.id)).values() if it.waits or it.observes
    ]
    return Admissions(
        admissions=tuple(
            AdmissionView(
                admission_id=it.id,
                organization_id=it.organization_id,
                role=it.role,
                side=it.party.side,
                name=it.party.name,
                interest=it.interest,
                proposed_by=it.proposed_by,
                proposed_by_person=it.proposed_by_person,
                proposed_at=it.proposed_at,
                accepted_by=tuple(party for party in parties if party in it.accepted_by),
                awaits=it.awaits(parties) if it.waits else (),
                admitted_at=it.admitted_at,
                may_accept=may_accept(it, situation, by),
                may_end=may_end(it, situation, by),
            )
            for it in sorted(standing, key=lambda it: (it.observes, it.proposed_at))
        ),
        may_propose=tuple(role for role in Role if why_not_admit(role, situation, by) is None),
        may_take_back=tuple(
            party for party in parties if why_not_take_back(convention, party, silent, by) is None
        ),
    )


async def list_observed(_query: ListObserved, actor: Actor, tx: Transaction) -> Observed:
    """The conventions that the actor's organisation observes."""
    member = await require_member(tx, actor)
    rows = await tx.fetch(_OBSERVED, member.organization_id)
    may_end = storage.decides_for_observer(member)
    return Observed(conventions=tuple(ObservedConvention(**row, may_end=may_end) for row in rows))
