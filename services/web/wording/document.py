"""Words of the printed convention."""

from shared.contracts.projects.queries import ConventionState

STATUS: dict[ConventionState, str] = {
    ConventionState.DRAFT: "Projet : texte en rédaction, sans valeur d’engagement",
    ConventionState.NEGOTIATING: "Projet : texte en négociation, sans valeur d’engagement",
    ConventionState.READY: "Texte scellé, à signer",
    ConventionState.PARTLY_SIGNED: "Texte scellé, signé par une partie",
    ConventionState.ACTIVE: "Signée par toutes les parties",
}

MEANS = {"password": "mot de passe redemandé", "second_factor": "second facteur"}
