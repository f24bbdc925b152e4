"""What has become of a signed convention, for one reader."""

from services.projects.authority.public import member_or_invited
from services.projects.conventions.public import find_standing
from services.projects.life import storage
from services.projects.life.domain import Life
from services.projects.life.domain.rights import ENDED, acts_of, why_not_leave, why_not_take_back
from services.projects.work.public import unfinished_projects
from shared.contracts.actor import Actor
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.leaving import DepartureView
from shared.contracts.projects.life import (
    ClosingStepView,
    ConventionLife,
    GetConventionLife,
    RenewalDecisionView,
    RenewalView,
    SuspensionView,
    TerminationView,
)
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.projects.terms import Renewal
from shared.kit import clock
from shared.kit.database import Transaction

_SUSPENSIONS = """
SELECT suspension_id, organization_id, person_id, reason, resumes_on, suspended_at, lifted_at
FROM convention_suspensions WHERE convention_id = $1
ORDER BY suspended_at DESC, suspension_id
LIMIT 50
"""


_DEPARTURES = """
SELECT departure.organization_id, departure.person_id, departure.reason, departure.effective_on, departure.notified_at,
       party.left_on IS NOT NULL AS left
FROM convention_departures AS departure JOIN convention_parties AS party USING (convention_id, organization_id)
WHERE departure.convention_id = $1
ORDER BY departure.effective_on, departure.notified_at
LIMIT 20
"""


async def get_convention_life(query: GetConventionLife, actor: Actor, tx: Transaction) -> ConventionLife:
    """What has become of it, and what the actor can do about it.

    Raises:
        ConventionNotFound: it does not exist, or not for her.
    """
    member = await member_or_invited(tx, actor, query.convention_id)
    found = await find_standing(
        tx, query.convention_id, organization=actor.organization_id, person=actor.person_id
    )
    if found is None:
        raise ConventionNotFound
    life = await storage.life_of(tx, found)
    suspensions = await tx.fetch(_SUSPENSIONS, query.convention_id)
    ending = life.standing.ending
    return ConventionLife(
        convention_id=life.id,
        version=life.version,
        title=found.title,
        state=life.state,
        parties=found.parties,
        starts_on=life.starts_on,
        ends_on=life.ends_on,
        activated_at=found.activated_at,
        ended_at=life.ended_at,
        closed_at=life.closed_at,
        suspensions=tuple(SuspensionView(**it) for it in suspensions),
        termination=_termination(life),
        departures=tuple(DepartureView(**it) for it in await tx.fetch(_DEPARTURES, query.convention_id)),
        may_leave=member is not None
        and why_not_leave(life.standing, storage.speaker_of(member, life.id)) is None,
        may_take_back=member is not None
        and why_not_take_back(life.standing, storage.speaker_of(member, life.id)) is None,
        renewal=_renewal(life),
        earliest_end=life.earliest_end(clock.today_in_paris()),
        latest_end=life.latest_end(clock.today_in_paris()),
        closing=_closing(life) if ending else (),
        projects=await unfinished_projects(tx, life.id) if ending else (),
        may=acts_of(life.standing, storage.speaker_of(member, life.id)) if member else (),
    )


def _termination(life: Life) -> TerminationView | None:
    # One that reached into a term that never came has ended nothing.
    notice = life.notice if life.state is not ConventionState.EXPIRED else None
    return notice and TerminationView(
        termination_id=notice.termination_id,
        organization_id=notice.organization_id,
        person_id=notice.person_id,
        reason=notice.reason,
        effective_on=notice.effective_on,
        notified_at=notice.notified_at,
    )


def _renewal(life: Life) -> RenewalView | None:
    if life.terms.renewal is Renewal.NEVER or life.ends_in_term or life.state in ENDED:
        return None
    term = life.term
    return RenewalView(
        renewal=life.terms.renewal,
        due_on=term.due_on,
        decide_by=term.decide_by,
        next_ends_on=term.next_ends_on,
        decisions=tuple(
            RenewalDecisionView(
                organization_id=it.organization_id,
                person_id=it.person_id,
                agrees=it.agrees,
                decided_at=it.decided_at,
            )
            for it in life.decisions.values()
        ),
    )


def _closing(life: Life) -> tuple[ClosingStepView, ...]:
    return tuple(
        ClosingStepView(step=step, done_by=tuple(sorted(party for party, done in life.done if done is step)))
        for step in ClosingStep
    )
