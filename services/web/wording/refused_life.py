"""Why an act on a signed convention is refused: suspension, notice, end, last duties."""

from services.web.wording.refused import Words, day_of, state_of

LIFE: dict[str, Words] = {
    "convention_not_in_force": Words(
        "Convention qui n’est pas en vigueur",
        lambda fields: (
            f"Cela n’est possible que pour une convention en vigueur. Celle-ci est {state_of(fields)}."
        ),
    ),
    "convention_not_ending": Words(
        "Convention qui ne prend pas fin", "Les derniers pas commencent quand la convention prend fin."
    ),
    "renewal_not_due": Words(
        "Reconduction qui n’est pas à décider",
        "Il n’y a rien à dire maintenant sur la suite de la convention.",
    ),
    "renewal_decided_already": Words("Réponse déjà donnée", "Votre organisation a déjà répondu."),
    "renewal_too_late": Words(
        "Trop tard pour répondre",
        lambda fields: f"Le dernier jour pour répondre était le {day_of(fields.get('decide_by'))}.",
    ),
    "term_changed": Words(
        "La convention a déjà été reconduite",
        lambda fields: (
            f"Son dernier jour est maintenant le {day_of(fields.get('ends_on'))}. Relisez la page."
        ),
    ),
    "already_suspended": Words("Convention déjà suspendue", "Votre organisation l’a déjà suspendue."),
    "suspension_not_found": Words(
        "Suspension inconnue",
        "Cette suspension n’existe plus, ou elle vient d’une autre partie. Chacune lève la sienne.",
    ),
    "already_terminating": Words("Fin déjà annoncée", "Une partie a déjà mis fin à la convention."),
    "convention_would_end": Words(
        "Départ qui met fin à la convention",
        "Sans vous, il ne resterait pas d’établissement ou pas d’association. Mettez fin à la convention.",
    ),
    "others_remain": Words(
        "Les autres parties continuent",
        "Les autres parties peuvent continuer sans vous. Annoncez votre départ.",
    ),
    "already_leaving": Words("Départ déjà annoncé", "Votre organisation a déjà annoncé son départ."),
    "termination_not_found": Words(
        "Annonce inconnue",
        "Cette annonce n’est plus là, ou elle vient d’une autre partie. Chacune retire la sienne.",
    ),
    "duties_begun": Words(
        "Fin déjà commencée",
        "Une partie a déjà fait un des derniers pas. L’annonce ne se retire plus.",
    ),
    "notice_too_short": Words(
        "Préavis trop court",
        lambda fields: (
            f"Avec le préavis, elle tient jusqu’à la veille du {day_of(fields.get('earliest'))}. Choisissez ce jour ou un suivant."
        ),
    ),
    "ends_before": Words(
        "La convention finit avant",
        lambda fields: (
            f"Le dernier jour de la convention est le {day_of(fields.get('ends_on'))}. Choisissez une date avant."
        ),
    ),
    "date_not_in_future": Words("Date qui n’est pas à venir", "Choisissez une date à partir de demain."),
    "project_is_paused": Words(
        "Projet en pause", "Le projet est en pause avec sa convention. Il reprendra avec elle."
    ),
}
