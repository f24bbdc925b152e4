"""Words of dated obligations: their state, who promised them, how many were kept."""

from collections import Counter
from collections.abc import Iterable

from services.web.wording.dates import pluriel
from shared.contracts.projects.promises import ObligationState, ObligationView

TOGETHER = "Les parties ensemble"


def promises_url(convention_id: object, obligation_id: object = None) -> str:
    """The page of all, or of one."""
    page = f"/conventions/{convention_id}/engagements"
    return f"{page}/{obligation_id}" if obligation_id else page


def state_of(it: ObligationView) -> str:
    """« tenu », « échéance passée »… a silence is not told as a refusal."""
    match it.state:
        case ObligationState.MISSED:
            return "non tenu" if it.words else "échéance passée"
        case ObligationState.DUE:
            return "bientôt dû"
        case ObligationState.KEPT:
            return "tenu"
        case ObligationState.DISPUTED:
            return "en désaccord"
        case ObligationState.RELEASED:
            return "plus dû"
        case ObligationState.UPCOMING:
            return "à venir"


def in_numbers(obligations: Iterable[ObligationView]) -> str:
    """« 3 tenus, 1 non tenu, 4 à venir »: what a reader asks first."""
    found = Counter(it.state for it in obligations)
    parts = (
        (found[ObligationState.KEPT], "tenu", "tenus"),
        (found[ObligationState.DISPUTED], "en désaccord", "en désaccord"),
        (found[ObligationState.MISSED], "manqué", "manqués"),
        (found[ObligationState.DUE], "bientôt dû", "bientôt dus"),
        (found[ObligationState.UPCOMING], "à venir", "à venir"),
    )
    return ", ".join(pluriel(count, one, many) for count, one, many in parts if count)
