"""When a signed convention did not hold: its suspensions, and its end. In days of Paris, as the law counts them."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.projects.conventions.public import ConventionStanding
from services.projects.life.domain.rights import ENDED
from shared.contracts.projects.queries import ConventionState
from shared.kit.clock import PARIS
from shared.kit.database import Transaction

_RESTS = """
SELECT suspended_at, lifted_at FROM convention_suspensions WHERE convention_id = $1
ORDER BY suspended_at LIMIT 1000
"""

_NOTICE = "SELECT effective_on FROM convention_terminations WHERE convention_id = $1 AND withdrawn_at IS NULL"


@dataclass(frozen=True, slots=True)
class Rest:
    """A suspension, from its first day to the day on which it was lifted; None while it stands, or stood at the end."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Course:
    """What interrupted a convention, and what ended it."""

    rests: tuple[Rest, ...]
    over_on: date | None
    """The first day on which it no longer held; None while it holds."""


async def course_of(tx: Transaction, found: ConventionStanding) -> Course:
    """The course of a convention that was found."""
    rows = await tx.fetch(_RESTS, found.convention_id)
    rests = tuple(
        Rest(
            row["suspended_at"].astimezone(PARIS).date(),
            row["lifted_at"].astimezone(PARIS).date() if row["lifted_at"] else None,
        )
        for row in rows
    )
    if found.state not in ENDED:
        return Course(rests, None)
    if found.state is ConventionState.TERMINATED:
        return Course(rests, await tx.fetchval(_NOTICE, found.convention_id))
    return Course(rests, found.ends_on + timedelta(days=1))
