"""What became of a document or of a hash → words."""

from services.web.documents.checking import Integrity
from services.web.wording.dates import pluriel
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.seals import SealStanding

VERDICTS: dict[Integrity, tuple[str, str]] = {
    Integrity.INTACT: (
        "Ce document est authentique",
        "Il porte le cachet de cette plateforme. Aucun octet n’a changé depuis.",
    ),
    Integrity.EXTENDED: (
        "Quelque chose a été ajouté à ce document",
        "Le document d’origine y est entier, mais le fichier a été complété après le cachet. Ce qui s’affiche peut différer.",
    ),
    Integrity.ALTERED: (
        "Ce document a été modifié",
        "Il porte un cachet de cette plateforme, mais son contenu n’est plus celui qui a reçu ce cachet. Ne vous y fiez pas.",
    ),
    Integrity.FOREIGN: (
        "Ce fichier ne porte pas le cachet de cette plateforme",
        "Un projet ou une impression numérisée n’en portent pas. Vous pouvez vérifier l’empreinte imprimée en bas de page.",
    ),
}

HASH_KNOWN = (
    "Cette empreinte est celle d’un texte scellé ici",
    "Comparez-la à celle de votre document\N{NO-BREAK SPACE}: chaque signe compte.",
)
HASH_UNKNOWN = (
    "Cette empreinte n’est connue d’aucun texte scellé ici",
    "Vérifiez que les 64 signes sont exacts. Sinon, ce texte n’a pas été scellé sur cette plateforme.",
)

_STANDS: dict[ConventionState, str] = {
    ConventionState.READY: "Le texte attend sa première signature.",
    ConventionState.PARTLY_SIGNED: "Le texte n’est pas encore signé par toutes les parties.",
    ConventionState.ACTIVE: "La convention est signée par toutes les parties.",
    ConventionState.SIGNED: "L’avenant est signé par toutes les parties, et attend sa date.",
    ConventionState.IN_FORCE: "L’avenant est signé par toutes les parties, et entré en vigueur.",
}


def standing_in_words(standing: SealStanding | None) -> str:
    """Where the text stands today."""
    if standing is None:
        return "L’état actuel n’a pas pu être demandé. Réessayez dans un instant."
    if not standing.known:
        return "Cette plateforme ne connaît plus ce texte."
    if not standing.in_force or standing.state is None:
        return (
            "Ce texte ne vaut plus : il a été rouvert après avoir été scellé. Ses signatures ne comptent pas."
        )
    given = pluriel(standing.signatures, "signature donnée", "signatures données")
    return f"{_STANDS.get(standing.state, 'La convention a été signée par toutes les parties.')} {given} sur {standing.parties}."


def mark_of(standing: SealStanding | None) -> str:
    """The icon beside it: all have signed, some are awaited, or it does not hold."""
    if standing is None or not standing.in_force:
        return "alerte"
    return "coche" if standing.signatures == standing.parties else "horloge"
