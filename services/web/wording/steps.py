"""The life of a convention in five steps at most, with the dates that are known."""

from dataclasses import dataclass
from datetime import date

from services.web.wording.dates import local_day
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


def steps_of(view: ConventionView, today: date) -> list[Step]:
    """The steps, with the current one marked. A signed convention takes effect on its first day, not before."""
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
    return [
        Step(name, "done" if place < current else "current" if place == current else "ahead", before, when)
        for place, (name, before, when) in enumerate(plan)
    ]


def _signed(view: ConventionView) -> date | None:
    return local_day(view.activated_at) if view.activated_at else None
