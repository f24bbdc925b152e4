"""Lives of conventions between the database and the domain. The only place that writes their tables."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date, datetime
from typing import Any

from services.projects.authority.public import Member, require_member
from services.projects.conventions.public import ConventionStanding, find_standing, move_standing
from services.projects.life.domain import Decision, Departure, Life, Notice, Speaker, Suspension
from services.projects.life.domain.renewal import MONTHS_TO_SPEAK
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, OrganizationId
from shared.contracts.messages import Event
from shared.contracts.projects.events import (
    ClosingStep,
    ClosingStepDone,
    ConventionSuspended,
    RenewalDecided,
    RenewalDue,
    SuspensionLifted,
    TerminationNotified,
)
from shared.contracts.projects.leaving import DepartureNotified, PartyLeft
from shared.contracts.projects.refusals import ConventionNotFound, IdentifierTaken
from shared.contracts.projects.taking_back import TerminationWithdrawn
from shared.kit.database import Transaction

_SUSPENSIONS = """
SELECT suspension_id, organization_id, person_id, reason, means, resumes_on, suspended_at
FROM convention_suspensions WHERE convention_id = $1 AND lifted_at IS NULL
"""

_NOTICE = """
SELECT termination_id, organization_id, person_id, reason, means, effective_on, notified_at
FROM convention_terminations WHERE convention_id = $1 AND withdrawn_at IS NULL
"""

# Those that have left are parties no more: what they said stays, and decides nothing.
_DEPARTURES = """
SELECT departure.departure_id, departure.organization_id, departure.person_id, departure.reason, departure.means,
       departure.effective_on, departure.notified_at
FROM convention_departures AS departure JOIN convention_parties AS party USING (convention_id, organization_id)
WHERE departure.convention_id = $1 AND party.left_on IS NULL
"""

_DECISIONS = """
SELECT decision.organization_id, decision.person_id, decision.agrees, decision.means, decision.decided_at
FROM convention_renewal_decisions AS decision JOIN convention_parties AS party USING (convention_id, organization_id)
WHERE decision.convention_id = $1 AND decision.ends_on = $2 AND party.left_on IS NULL
"""

_TOLD = "SELECT EXISTS (SELECT FROM convention_renewals_told WHERE convention_id = $1 AND ends_on = $2)"

_STEPS = "SELECT organization_id, step FROM convention_closing_steps WHERE convention_id = $1"

_ADD_SUSPENSION = """
INSERT INTO convention_suspensions (convention_id, suspension_id, organization_id, person_id, reason, means, resumes_on,
                                    suspended_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (convention_id, suspension_id) DO NOTHING
"""

_LIFT = """
UPDATE convention_suspensions SET lifted_at = $3
WHERE convention_id = $1 AND organization_id = $2 AND lifted_at IS NULL
"""

_ADD_NOTICE = """
INSERT INTO convention_terminations (convention_id, termination_id, organization_id, person_id, reason, means,
                                     effective_on, notified_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (convention_id, termination_id) DO NOTHING
"""

_WITHDRAW_NOTICE = """
UPDATE convention_terminations SET withdrawn_at = $2, withdrawn_by = $3 WHERE convention_id = $1 AND withdrawn_at IS NULL
"""

_ADD_DEPARTURE = """
INSERT INTO convention_departures (convention_id, departure_id, organization_id, person_id, reason, means, effective_on,
                                   notified_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

_LEAVE = "UPDATE convention_parties SET left_on = $3 WHERE convention_id = $1 AND organization_id = $2"

_TELL = """
INSERT INTO convention_renewals_told (convention_id, ends_on, told_at) VALUES ($1, $2, $3)
"""

_ADD_DECISION = """
INSERT INTO convention_renewal_decisions (convention_id, ends_on, organization_id, person_id, agrees, means, decided_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""

_ADD_STEP = """
INSERT INTO convention_closing_steps (convention_id, organization_id, step, person_id, done_at)
VALUES ($1, $2, $3, $4, $5)
"""

# Days begin at midnight in Paris: the caller says which one it is.
_DUE = """
SELECT convention_id FROM conventions WHERE state IN ('active', 'suspended') AND ends_on < $1
UNION
SELECT convention.convention_id
FROM convention_terminations AS notice JOIN conventions AS convention USING (convention_id)
WHERE notice.effective_on <= $1 AND notice.withdrawn_at IS NULL AND convention.state IN ('active', 'suspended')
UNION
SELECT convention.convention_id
FROM convention_departures AS departure
JOIN convention_parties AS party USING (convention_id, organization_id)
JOIN conventions AS convention USING (convention_id)
WHERE departure.effective_on <= $1 AND party.left_on IS NULL AND convention.state IN ('active', 'suspended')
UNION
SELECT convention.convention_id
FROM convention_suspensions AS suspension JOIN conventions AS convention USING (convention_id)
WHERE suspension.lifted_at IS NULL AND suspension.resumes_on <= $1 AND convention.state = 'suspended'
UNION
SELECT convention.convention_id
FROM conventions AS convention
JOIN convention_terms AS terms ON terms.convention_id = convention.convention_id
     AND terms.revision = convention.terms_revision
WHERE convention.state IN ('active', 'suspended') AND terms.renewal <> 'never'
  AND (convention.ends_on - make_interval(months => terms.notice_months + $2))::date <= $1
  AND NOT EXISTS (
      SELECT FROM convention_renewals_told AS told
      WHERE told.convention_id = convention.convention_id AND told.ends_on = convention.ends_on
  )
  AND NOT EXISTS (
      SELECT FROM convention_renewal_decisions AS decision
      JOIN convention_parties AS party USING (convention_id, organization_id)
      WHERE decision.convention_id = convention.convention_id AND decision.ends_on = convention.ends_on
        AND NOT decision.agrees AND party.left_on IS NULL
  )
  AND NOT EXISTS (
      SELECT FROM convention_terminations AS notice
      WHERE notice.convention_id = convention.convention_id AND notice.withdrawn_at IS NULL
  )
LIMIT 200
"""


def speaker_of(member: Member, convention_id: ConventionId) -> Speaker:
    """A member as the rules see her."""
    return Speaker(
        person_id=member.person_id,
        organization_id=member.organization_id,
        referent=convention_id in member.referent_in,
        signatory=member.signatory,
    )


async def load_life(
    tx: Transaction, convention_id: ConventionId, *, on_behalf_of: Actor
) -> tuple[Life, Speaker]:
    """A convention's life to decide on, locked, and the one who decides.

    Raises:
        NotAMemberOfOrganization: the actor speaks as an organisation that is not hers.
        ConventionNotFound: it does not exist, or not for the actor.
    """
    by = on_behalf_of
    found = await find_standing(
        tx, convention_id, organization=by.organization_id, person=by.person_id, to_decide=True
    )
    # Once the lock is hers: what she could do when she began to wait for it decides nothing.
    member = await require_member(tx, by, convention_id)
    if found is None:
        raise ConventionNotFound
    return await life_of(tx, found), speaker_of(member, convention_id)


async def load_life_as_service(tx: Transaction, convention_id: ConventionId) -> Life | None:
    """A convention's life, locked, for what happens by itself: nobody asked."""
    found = await find_standing(
        tx, convention_id, organization=None, person=None, as_service=True, to_decide=True
    )
    return await life_of(tx, found) if found else None


async def life_of(tx: Transaction, found: ConventionStanding) -> Life:
    """What has become of a convention that was found."""
    suspensions = [Suspension(**it) for it in await tx.fetch(_SUSPENSIONS, found.convention_id)]
    notice = await tx.fetchrow(_NOTICE, found.convention_id)
    departures = [Departure(**it) for it in await tx.fetch(_DEPARTURES, found.convention_id)]
    decisions = [Decision(**it) for it in await tx.fetch(_DECISIONS, found.convention_id, found.ends_on)]
    return Life(
        id=found.convention_id,
        version=found.version,
        state=found.state,
        parties=frozenset(found.parties),
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        terms=found.terms,
        decisions={it.organization_id: it for it in decisions},
        renewal_told=await tx.fetchval(_TOLD, found.convention_id, found.ends_on),
        suspensions={it.organization_id: it for it in suspensions},
        notice=Notice(**notice) if notice else None,
        departures={it.organization_id: it for it in departures},
        sides=found.sides,
        done={_step(it) for it in await tx.fetch(_STEPS, found.convention_id)},
        ended_at=found.ended_at,
        closed_at=found.closed_at,
    )


async def due_conventions(tx: Transaction, today: date) -> list[ConventionId]:
    """The conventions to which something has to happen by itself, at most 200. For the service itself."""
    return [ConventionId(row["convention_id"]) for row in await tx.fetch(_DUE, today, MONTHS_TO_SPEAK)]


async def save_life(
    tx: Transaction, life: Life, events: Sequence[Event], by: Speaker | None, now: datetime
) -> int:
    """Store what the events say has changed; returns the version that the convention has now.

    Raises:
        IdentifierTaken: the id names a suspension that was lifted, or a notice that was taken back.
    """
    version = life.version + len(events)
    if not events:
        return version
    for event in events:
        await _save_what(event, tx, life, by, now)
    await move_standing(
        tx,
        life.id,
        from_version=life.version,
        to_version=version,
        state=life.state,
        ends_on=life.ends_on,
        ended_at=life.ended_at,
        closed_at=life.closed_at,
        now=now,
    )
    return version


async def _save_what(event: Event, tx: Transaction, life: Life, by: Speaker | None, now: datetime) -> None:
    match event:
        case ConventionSuspended():
            it = life.suspensions[event.organization_id]
            added = await tx.execute(
                _ADD_SUSPENSION,
                life.id,
                it.suspension_id,
                it.organization_id,
                it.person_id,
                it.reason,
                it.means,
                it.resumes_on,
                it.suspended_at,
            )
            if added != "INSERT 0 1":
                raise IdentifierTaken
        case SuspensionLifted():
            await tx.execute(_LIFT, life.id, event.organization_id, now)
        case PartyLeft():
            await tx.execute(_LEAVE, life.id, event.organization_id, event.left_on)
        case RenewalDue():
            await tx.execute(_TELL, life.id, event.ends_on, now)
        case RenewalDecided() if decision := life.decision:
            await tx.execute(
                _ADD_DECISION,
                life.id,
                event.ends_on,
                decision.organization_id,
                decision.person_id,
                decision.agrees,
                decision.means,
                decision.decided_at,
            )
        case ClosingStepDone() if by:
            await tx.execute(_ADD_STEP, life.id, event.organization_id, event.step, by.person_id, now)
        case _:
            await _save_notice(event, tx, life, by, now)


async def _save_notice(event: Event, tx: Transaction, life: Life, by: Speaker | None, now: datetime) -> None:
    match event:
        case TerminationNotified() if life.notice:
            # Their fields stand in the order of the columns.
            if await tx.execute(_ADD_NOTICE, life.id, *astuple(life.notice)) != "INSERT 0 1":
                raise IdentifierTaken
        case TerminationWithdrawn() if by:
            await tx.execute(_WITHDRAW_NOTICE, life.id, now, by.person_id)
        case DepartureNotified():
            departure = life.departures[event.organization_id]
            await tx.execute(_ADD_DEPARTURE, life.id, *astuple(departure))
        case _:
            # The others change the convention's own row only.
            pass


def _step(row: Any) -> tuple[OrganizationId, ClosingStep]:
    return OrganizationId(row["organization_id"]), ClosingStep(row["step"])
