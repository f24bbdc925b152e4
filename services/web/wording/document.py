"""Words of the printed convention."""

import re

from shared.contracts.projects.queries import ConventionState

STATUS: dict[ConventionState, str] = {
    ConventionState.DRAFT: "Projet : texte en rédaction, sans valeur d’engagement",
    ConventionState.NEGOTIATING: "Projet : texte en négociation, sans valeur d’engagement",
    ConventionState.READY: "Texte scellé, à signer",
    ConventionState.PARTLY_SIGNED: "Texte scellé, signatures en cours",
    ConventionState.ACTIVE: "Signée par toutes les parties",
    ConventionState.SUSPENDED: "Signée par toutes les parties, suspendue",
    ConventionState.EXPIRED: "Signée par toutes les parties, arrivée à son terme",
    ConventionState.TERMINATED: "Signée par toutes les parties, dénoncée",
    ConventionState.SIGNED: "Avenant signé par toutes les parties, en attente de sa date",
    ConventionState.IN_FORCE: "Avenant signé par toutes les parties, en vigueur",
    ConventionState.ABANDONED: "Avenant abandonné, sans valeur d’engagement",
}

_NARROW, _WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
_BEFORE = re.compile(r" (?=[;!?%])")
_AROUND = re.compile(r"(?<=«) | (?=[:»])")


def typeset(text: str) -> str:
    """Keep French punctuation on the line of its word. For the eye only: the sealed text keeps its own spaces."""
    return _AROUND.sub(_WIDE, _BEFORE.sub(_NARROW, text))
