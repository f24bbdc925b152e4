"""The life of a convention in five steps at most, with the dates that are known."""

from dataclasses import dataclass
from datetime import date

from services.web.wording.dates import local_day
from shared.contracts.projects.amends import Amends
from shared.contracts.projects.queries import ConventionState, ConventionView


@dataclass(frozen=True, slots=True)
class Step:
    """A step: done, current, or to come."""

    name: str
    state: str
    before: str = ""
    when: date | None = None
    text: str | None = None


_CURRENT = {
    ConventionState.DRAFT: 0,
    ConventionState.NEGOTIATING: 1,
    ConventionState.READY: 2,
    ConventionState.PARTLY_SIGNED: 2,
    ConventionState.ACTIVE: 3,
    ConventionState.SUSPENDED: 3,
    ConventionState.EXPIRED: 4,
    ConventionState.TERMINATED: 4,
}


_CURRENT_OF_AMENDMENT = {
    ConventionState.NEGOTIATING: 0,
    ConventionState.READY: 1,
    ConventionState.PARTLY_SIGNED: 1,
    ConventionState.SIGNED: 2,
    ConventionState.IN_FORCE: 3,
}


def steps_of(view: ConventionView, today: date) -> list[Step]:
    """The steps, with the current one marked. A signed convention takes effect on its first day, not before."""
    if view.amends:
        return _steps_of_amendment(view, view.amends)
    current = _CURRENT[view.state]
    awaits_its_first_day = current == 3 and today < view.starts_on
    since = view.negotiating_since
    plan: list[tuple[str, str, date | None]] = [
        ("Rédaction", "", local_day(view.drafted_at)),
        ("Négociation", "depuis le " if current == 1 else "", local_day(since) if since else None),
        (
            "Signature",
            "avant le " if current == 2 else "",
            view.sign_before if current == 2 else _signed(view),
        ),
        ("En vigueur", "à partir du " if awaits_its_first_day else "", view.starts_on),
        ("Terme", "", view.ends_on),
    ]
    return _marked(plan, current)


def _steps_of_amendment(view: ConventionView, amends: Amends) -> list[Step]:
    """From its beginning to the day on which the convention says what it says."""
    if view.state is ConventionState.ABANDONED:
        return [Step("Négociation", "done", when=local_day(view.drafted_at)), Step("Abandonné", "current")]
    current = _CURRENT_OF_AMENDMENT[view.state]
    plan: list[tuple[str, str, date | None]] = [
        ("Négociation", "depuis le " if current == 0 else "", local_day(view.drafted_at)),
        (
            "Signature",
            "avant le " if current == 1 else "",
            view.sign_before if current == 1 else _signed(view),
        ),
        ("En attente de sa date", "", None),
        ("En vigueur", "au plus tôt le " if current < 3 else "", amends.effective_on or _signed(view)),
    ]
    if amends.effective_on is None:
        # It enters into force with the last signature.
        del plan[2]
        current = min(current, 2)
    return _marked(plan, current)


def _marked(plan: list[tuple[str, str, date | None]], current: int) -> list[Step]:
    return [
        Step(name, "done" if place < current else "current" if place == current else "ahead", before, when)
        for place, (name, before, when) in enumerate(plan)
    ]


def _signed(view: ConventionView) -> date | None:
    return local_day(view.activated_at) if view.activated_at else None
