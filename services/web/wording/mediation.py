"""Words of mediations: where one stands, in one sentence."""

from services.web.wording.dates import plain_date
from shared.contracts.projects.mediation import MediationState, MediationView


def mediation_url(convention_id: object) -> str:
    """Its page."""
    return f"/conventions/{convention_id}/mediation"


def where_it_stands(it: MediationView) -> str:
    """What a reader asks first."""
    match it.state:
        case MediationState.ASKED:
            return "Une médiation est demandée"
        case MediationState.RUNNING if it.meets_on:
            return f"Une médiation est en cours, rendez-vous le {plain_date(it.meets_on)}"
        case MediationState.RUNNING:
            return "Une médiation est en cours"
        case MediationState.AGREED:
            return "La médiation a abouti à un accord"
        case MediationState.ENDED:
            return "La médiation a pris fin sans accord"
