"""A party takes back its notice that the convention ends, as long as nobody has begun to act on it."""

from datetime import date

from services.projects.life.domain.life import Life
from services.projects.life.domain.rights import Speaker, why_not_take_back
from shared.contracts.identifiers import TerminationId
from shared.contracts.messages import Event
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ConventionNotInForce
from shared.contracts.projects.taking_back import TerminationNotFound, TerminationWithdrawn


def take_back_notice(life: Life, termination_id: TerminationId, by: Speaker, *, today: date) -> list[Event]:
    """Take it back: the convention goes on, is renewed or expires, as if it had not been given.

    Raises:
        NotASignatory, ConventionNotInForce, TerminationNotFound, DutiesBegun: it stays.
    """
    if refusal := why_not_take_back(life.standing, by):
        raise refusal
    notice = life.notice
    if notice is None or notice.termination_id != termination_id:
        raise TerminationNotFound
    if notice.effective_on <= today:
        # Its day has come; the clock only has not looked yet.
        raise ConventionNotInForce(state=ConventionState.TERMINATED)
    life.notice = None
    return [
        TerminationWithdrawn(
            convention_id=life.id,
            organization_id=by.organization_id,
            effective_on=notice.effective_on,
        )
    ]
