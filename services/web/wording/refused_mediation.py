"""Why an act in a mediation is refused."""

from services.web.wording.dates import NBSP
from services.web.wording.refused import Words

MEDIATION: dict[str, Words] = {
    "mediation_not_found": Words(
        "Médiation inconnue", "Cette médiation n’existe pas, ou vous n’y avez pas accès."
    ),
    "mediation_open": Words(
        "Médiation en cours",
        "Une médiation est en cours. Menez-la à son terme, ou mettez-y fin, avant de continuer.",
    ),
    "mediation_over": Words(
        "Médiation terminée", "Cette médiation a pris fin. Vous pouvez en demander une autre."
    ),
    "mediator_not_accepted": Words(
        "Médiateur qui n’est pas encore accepté",
        f"Toutes les parties n’ont pas encore accepté la personne proposée{NBSP}: cela vient d’abord.",
    ),
    "mediator_accepted": Words(
        "Médiateur déjà accepté",
        "Toutes les parties l’ont accepté. Pour en changer, mettez fin à cette médiation et demandez-en une autre.",
    ),
    "mediation_moved": Words(
        "Quelqu’un a proposé autre chose entre-temps",
        "Quelqu’un a proposé autre chose pendant votre lecture. Relisez la page, votre texte est gardé.",
    ),
}
