"""Words of a signed convention: where it stands, and the last duties of each side."""

from datetime import date

from services.web.wording.dates import NBSP, plain_date
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.life import ConventionLife
from shared.contracts.projects.queries import ConventionState

STEPS: dict[ClosingStep, tuple[str, str]] = {
    ClosingStep.INFORM_PEOPLE: (
        "Prévenir les personnes concernées",
        f"Bénévoles, équipes du service, partenaires{NBSP}: chacun sait quand cela s’arrête.",
    ),
    ClosingStep.RETURN_ACCESS: (
        "Rendre les badges, les clés et les accès",
        "Les comptes prêtés sont fermés.",
    ),
    ClosingStep.RETURN_MEANS: (
        "Rendre ce qui a été prêté",
        f"Locaux, matériel, documents{NBSP}: un état des lieux évite les malentendus.",
    ),
    ClosingStep.SETTLE_EXPENSES: (
        "Solder les frais et les financements",
        "Ce qui a été promis est versé, ou rendu à qui finance.",
    ),
    ClosingStep.DECIDE_PROJECTS: (
        "Décider de la suite de chaque projet",
        f"Terminer, transmettre ou laisser en pause{NBSP}: rien n’est effacé.",
    ),
    ClosingStep.SHARE_RESULTS: (
        "Partager le bilan",
        "Ce qui a marché, ce qui manque, ce qui servira à d’autres.",
    ),
    ClosingStep.HANDLE_DATA: (
        "Rendre ou effacer les données personnelles",
        "Listes de bénévoles et adresses échangées pour la convention.",
    ),
    ClosingStep.KEEP_ARCHIVE: (
        "Garder votre archive",
        "Téléchargez ce que votre organisation doit conserver.",
    ),
}


def _stops_before(life: ConventionLife, day: date) -> bool:
    """Whether somebody objected to the term in which it would end on that day."""
    objected = life.renewal is not None and any(not it.agrees for it in life.renewal.decisions)
    return objected and day > life.ends_on


def where_it_stands(life: ConventionLife) -> str:
    """One sentence: what a reader asks first."""
    match life.state:
        case ConventionState.SUSPENDED:
            return "La convention est suspendue"
        case ConventionState.EXPIRED:
            return f"La convention est arrivée à son terme le {plain_date(life.ends_on)}"
        case ConventionState.TERMINATED if life.termination:
            return f"La convention a pris fin le {plain_date(life.termination.effective_on)}"
        case _ if life.termination and not _stops_before(life, life.termination.effective_on):
            return f"La convention prend fin le {plain_date(life.termination.effective_on)}"
        case ConventionState.ACTIVE:
            return f"La convention est en vigueur jusqu’au {plain_date(life.ends_on)}"
        case _:
            return "La convention n’est pas encore signée par toutes les parties"
