"""Refusal code → French, for people who leave or are absent."""

from services.web.wording.refused import Words, day_of, state_of

MANDATES: dict[str, Words] = {
    "may_not_name": Words(
        "Désignation réservée",
        "Un administrateur, un signataire ou un référent de votre partie désigne les référents. Adressez-vous à l’un d’eux.",
    ),
    "side_has_referent": Words(
        "Partie déjà représentée",
        "Cette partie a un référent. C’est à elle de désigner d’autres personnes.",
    ),
    "referent_asked": Words(
        "Une personne est déjà invitée",
        "Une personne de cette partie est invitée et n’a pas répondu. Invitez quelqu’un à sa place, ou attendez sa réponse.",
    ),
    "last_referent": Words(
        "Dernier référent de sa partie",
        "Vous êtes le seul référent de votre partie. Désignez d’abord une autre personne, et attendez son accord.",
    ),
    "mandate_not_in_force": Words(
        "Mandat qui n’est pas en cours",
        lambda fields: f"Ce mandat n’est pas en cours : désignation {state_of(fields)}.",
    ),
    "delegation_dates_invalid": Words(
        "Dates d’absence impossibles",
        "Choisissez un dernier jour après le premier, à venir, et un an au plus tard.",
    ),
    "delegation_overlaps": Words(
        "Suppléance déjà prévue",
        lambda fields: (
            f"Une autre suppléance court du {day_of(fields.get('starts_on'))} au {day_of(fields.get('ends_on'))}. "
            "Mettez-y fin d’abord, ou changez les dates."
        ),
    ),
    "deputy_is_referent": Words(
        "Déjà référent",
        "Cette personne est déjà référente de votre partie. Elle peut agir sans suppléance.",
    ),
    "delegation_id_taken": Words(
        "Identifiant déjà pris", "Cet envoi a déjà servi à une autre suppléance. Envoyez de nouveau."
    ),
    "delegation_not_found": Words(
        "Suppléance introuvable",
        "Cette suppléance est déjà terminée, ou n’existe pas.",
    ),
    "last_administrator": Words(
        "Dernier administrateur",
        "Personne d’autre n’administre l’organisation. Donnez d’abord l’administration à une autre personne.",
    ),
}
