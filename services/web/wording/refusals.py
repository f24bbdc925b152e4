"""Refusal code → French. A title names the reason (API), a sentence says what to do (pages)."""

from math import ceil
from typing import Any

from services.web.wording.dates import NBSP, pluriel
from services.web.wording.refusals_of_files import OF_FILES
from services.web.wording.refusals_of_signing import OF_SIGNING
from services.web.wording.refused import Words, day_of, state_of
from services.web.wording.refused_amendments import AMENDMENTS
from services.web.wording.refused_life import LIFE
from services.web.wording.refused_mandates import MANDATES
from services.web.wording.refused_mediation import MEDIATION
from services.web.wording.refused_parties import PARTIES
from services.web.wording.refused_promises import PROMISES
from services.web.wording.refused_rooms import ROOMS
from services.web.wording.refused_templates import TEMPLATES
from services.web.wording.refused_text import TEXT
from shared.contracts.refusals import Refusal

_WEAKNESSES = {
    "too_short": f"Choisissez au moins 12{NBSP}caractères. Une phrase courte convient bien.",
    "too_long": f"Le mot de passe dépasse 256{NBSP}caractères.",
    "is_email": "Le mot de passe ne peut pas être votre adresse électronique.",
    "too_common": "Ce mot de passe est trop courant. Ajoutez un mot que vous seul choisiriez.",
}


def _wait(fields: dict[str, Any]) -> str:
    seconds = max(int(fields.get("retry_after_seconds", 1)), 1)
    wait = (
        pluriel(seconds, "seconde", "secondes")
        if seconds < 60
        else pluriel(ceil(seconds / 60), "minute", "minutes")
    )
    return f"Trop d’essais en peu de temps. Attendez {wait}, puis recommencez."


def _outside(fields: dict[str, Any]) -> str:
    if "starts_on" not in fields or "ends_on" not in fields:
        return "Choisissez une date pendant la convention."
    return f"Choisissez une date du {day_of(fields['starts_on'])} au {day_of(fields['ends_on'])}, pendant la convention."


REFUSALS: dict[str, Words] = {
    **{code: Words(*words) for code, words in OF_FILES.items()},
    **LIFE,
    **PROMISES,
    **MEDIATION,
    **{code: Words(*words) for code, words in OF_SIGNING.items()},
    **TEXT,
    **AMENDMENTS,
    **MANDATES,
    **PARTIES,
    **ROOMS,
    **TEMPLATES,
    # ---- any service
    "invalid_request": Words("Des champs manquent ou sont faux", "Corrigez les champs signalés."),
    "not_signed_in": Words("Il faut se connecter", "Connectez-vous pour continuer."),
    "stale_version": Words(
        "Quelqu’un a changé la même chose entre-temps",
        "Quelqu’un a fait un changement pendant votre lecture. Vérifiez la page à jour, puis recommencez.",
    ),
    # ---- any service, asked by operators
    "quarantined_not_found": Words(
        "Message inconnu de la quarantaine", "Ce message n’est pas dans la quarantaine de ce service."
    ),
    "quarantined_resolved": Words(
        "Message qui n’attend plus", f"Ce message n’attend plus{NBSP}: il est déjà appliqué ou écarté."
    ),
    "unknown_projection": Words("Projection inconnue", "Ce service n’a pas de projection de ce nom."),
    # ---- web
    "credentials_wrong": Words(
        "Adresse ou mot de passe incorrects", "L’adresse ou le mot de passe est incorrect."
    ),
    "authority_not_checked": Words(
        "Pouvoir impossible à vérifier maintenant",
        "Nous ne pouvons pas vérifier maintenant que vous engagez encore votre organisation. "
        "Rien n’est enregistré. Réessayez dans quelques minutes.",
    ),
    "password_wrong": Words(
        "Mot de passe incorrect", "Ce mot de passe n’est pas le vôtre. Rien n’est enregistré."
    ),
    "too_many_attempts": Words("Trop d’essais en peu de temps", _wait),
    "password_too_weak": Words(
        "Mot de passe trop faible",
        lambda fields: _WEAKNESSES.get(str(fields.get("weakness", "")), "Choisissez un autre mot de passe."),
    ),
    "email_taken": Words("Adresse déjà utilisée", "Une autre personne se connecte avec cette adresse."),
    "invitation_not_found": Words(
        "Invitation inconnue ou expirée",
        "Cette invitation a déjà servi, ou elle a expiré. Demandez-en une autre.",
    ),
    "password_reset_not_found": Words(
        "Lien inconnu ou expiré", "Ce lien a déjà servi, ou il a expiré. Demandez-en un autre."
    ),
    "session_not_found": Words("Session inconnue", "Cette session est déjà fermée."),
    "token_not_found": Words("Jeton inconnu", "Ce jeton n’existe pas ou ne fonctionne plus."),
    "cross_site_request": Words(
        "Demande venue d’un autre site",
        "Cette demande ne vient pas d’une page d’Entente. Revenez à la page et recommencez.",
    ),
    "body_unreadable": Words(
        "Le corps de la demande n’est pas du JSON", "Envoyez un document JSON valide, en UTF-8."
    ),
    "body_too_large": Words(
        "La demande est trop grande",
        f"Une demande ne dépasse pas 1{NBSP}Mio. Revenez en arrière{NBSP}: votre saisie est encore dans le formulaire.",
    ),
    "media_type_not_supported": Words("Type de contenu non accepté", "Envoyez du JSON (application/json)."),
    "account_not_found": Words("Compte inconnu", "Personne ne se connecte avec cette adresse."),
    "page_not_found": Words(
        "Cette adresse n’existe pas", "Cette page n’existe pas, ou vous n’y avez pas accès."
    ),
    "method_not_allowed": Words("Méthode non acceptée ici", "Cette adresse ne permet pas cet acte."),
    # ---- contacts
    "organization_not_found": Words("Organisation inconnue", "Cette organisation n’est pas dans l’annuaire."),
    "person_not_found": Words(
        "Personne inconnue", "Cette personne n’existe pas, ou vous ne la connaissez pas."
    ),
    "mandate_not_found": Words("Mandat inconnu", "Ce mandat n’existe pas, ou vous n’y avez pas accès."),
    "partnership_not_found": Words(
        "Partenariat inconnu", "Ce partenariat n’existe pas, ou vous n’y avez pas accès."
    ),
    "not_a_party": Words(
        "Organisation étrangère à la convention", "Cette organisation n’est pas partie à la convention."
    ),
    "not_a_member": Words(
        "Personne d’une autre organisation",
        "Chaque partie nomme ses propres membres. Invitez plutôt cette personne.",
    ),
    "already_referent": Words(
        "Déjà référent ou invité", "Cette personne est déjà référente, ou son invitation attend une réponse."
    ),
    "mandate_already_answered": Words(
        "Mandat déjà répondu",
        lambda fields: f"Une réponse est déjà enregistrée : invitation {state_of(fields)}.",
    ),
    "address_of_other_side": Words(
        "Adresse d’une personne d’une autre partie",
        "Cette adresse est celle d’une personne d’une autre partie. Nul ne peut répondre pour deux parties.",
    ),
    "not_an_administrator": Words(
        "Réservé à l’administrateur", "Seul un administrateur de votre organisation peut le faire."
    ),
    "address_taken": Words("Adresse déjà connue", "Cette adresse est celle d’une autre personne."),
    "identifier_taken": Words(
        "Identifiant déjà pris", "Cet identifiant désigne déjà autre chose. Recommencez depuis la page."
    ),
    "function_missing": Words("Fonction manquante", "Indiquez votre fonction dans l’organisation."),
    # ---- conventions
    "convention_not_found": Words(
        "Convention inconnue", "Cette convention n’existe pas, ou vous n’y avez pas accès."
    ),
    "clause_not_found": Words(
        "Article inconnu", "Cet article n’est pas dans la convention, ou il en a été retiré."
    ),
    "template_not_found": Words("Modèle inconnu", "Choisissez un modèle de la liste."),
    "not_a_member_of_organization": Words(
        "Organisation qui n’est pas la vôtre", "Vous ne pouvez pas agir au nom de cette organisation."
    ),
    "not_a_referent": Words(
        "Réservé aux référents",
        "Seul un référent de votre partie peut le faire, une fois son mandat accepté.",
    ),
    "not_a_signatory": Words(
        "Réservé aux signataires",
        "Vous n’avez pas le pouvoir de signer pour cette organisation. Son administrateur peut vous le donner.",
    ),
    "parties_not_balanced": Words(
        "Parties mal assorties", "Une convention unit un établissement et une association, dont la vôtre."
    ),
    "ends_before_start": Words("La fin précède le début", "La date de fin doit suivre la date de début."),
    "negotiation_not_open": Words(
        "La négociation n’est pas ouverte",
        lambda fields: (
            f"Les articles ne se négocient pas en ce moment : la convention est {state_of(fields)}."
        ),
    ),
    "clause_changed": Words(
        "L’article a changé entre-temps",
        "L’article a changé pendant votre lecture. Votre texte est gardé : relisez la version récente.",
    ),
    "clause_unchanged": Words("Texte identique", "Ce texte est déjà celui de l’article."),
    "convention_incomplete": Words(
        "Le texte ne peut pas encore être scellé", "Il manque encore quelque chose avant de sceller le texte."
    ),
    "sign_before_in_past": Words("Date limite passée", "Choisissez une date limite à venir."),
    "sign_before_after_end": Words(
        "Date limite après la fin",
        lambda fields: (
            f"La convention se termine le {day_of(fields.get('ends_on'))}. "
            "Choisissez un dernier jour pour signer qui ne vient pas après."
        ),
    ),
    "not_sealed": Words(
        "Aucun texte à signer",
        lambda fields: f"Il n’y a rien à signer : la convention est {state_of(fields)}. Rien n’est signé.",
    ),
    "sealed_text_changed": Words(
        "Le texte scellé a changé",
        "Le texte a changé depuis votre lecture. Rien n’est signé : relisez-le d’abord.",
    ),
    "already_signed": Words("Déjà signée", "Votre organisation a déjà signé ce texte."),
    "same_person_for_two_parties": Words(
        "Une seule personne pour deux parties", "Une même personne ne peut pas signer pour deux parties."
    ),
    # ---- projects
    "project_not_found": Words("Projet inconnu", "Ce projet n’existe pas, ou vous n’y avez pas accès."),
    "milestone_not_found": Words("Jalon inconnu", "Ce jalon n’existe pas dans le projet."),
    "not_a_lead": Words(
        "Réservé aux responsables",
        "Seul un responsable du projet ou un référent de votre partie peut le faire.",
    ),
    "convention_not_active": Words(
        "La convention n’est pas en vigueur",
        lambda fields: f"Un projet demande une convention en vigueur. Celle-ci est {state_of(fields)}.",
    ),
    "lead_missing": Words("Responsable manquant", "Chaque partie nomme d’abord son responsable du projet."),
    "lead_not_of_side": Words(
        "Responsable d’une autre organisation",
        "Le responsable appartient à votre organisation. Choisissez un collègue.",
    ),
    "project_already_started": Words("Projet déjà commencé", "Le projet a déjà commencé."),
    "project_not_started": Words("Projet pas commencé", "Le projet n’a pas encore commencé."),
    "milestone_already_reached": Words(
        "Jalon déjà atteint",
        lambda fields: (
            f"Ce jalon est atteint depuis le {day_of(fields['reached_on'])}."
            if "reached_on" in fields
            else "Ce jalon est déjà atteint."
        ),
    ),
    "milestone_changed": Words(
        "La date du jalon a changé",
        lambda fields: (
            f"La date a changé entre-temps : c’est maintenant le {day_of(fields['due_on'])}."
            if "due_on" in fields
            else "La date a changé entre-temps. Vérifiez-la."
        ),
    ),
    "date_in_future": Words("Date à venir", "Ce qui a eu lieu ne peut pas porter une date à venir."),
    "date_outside_convention": Words("Date hors de la convention", _outside),
    # ---- indicators
    "indicator_not_found": Words(
        "Indicateur inconnu", "Cet indicateur n’existe pas, ou vous n’y avez pas accès."
    ),
    "measure_not_found": Words("Mesure inconnue", "Cette mesure n’existe pas pour cet indicateur."),
    "indicator_not_agreed": Words(
        "Définition pas encore acceptée",
        "Toutes les parties acceptent d’abord la définition de l’indicateur.",
    ),
    "indicator_already_accepted": Words(
        "Définition déjà acceptée", "Votre partie a déjà accepté cette définition."
    ),
    "denominator_mismatch": Words(
        "Nombre de référence inadapté",
        "Un taux demande un nombre de référence supérieur à zéro ; un simple compte n’en a pas.",
    ),
    "numerator_above_denominator": Words(
        "Partie plus grande que le tout", "Le nombre compté ne peut pas dépasser le nombre de référence."
    ),
    "measure_already_corrected": Words(
        "Mesure déjà corrigée", "Cette mesure est déjà corrigée. Corrigez celle qui la remplace."
    ),
    # ---- notifications
    "notice_not_found": Words(
        "Notification inconnue", "Cette notification n’existe pas, ou elle n’est pas à vous."
    ),
}

_UNKNOWN = Words("Refusé", "Cet acte n’est pas possible pour le moment.")

TROUBLE = Words(
    "Momentanément indisponible",
    "Une partie d’Entente ne répond pas pour le moment. Rien n’est perdu : recommencez dans une minute.",
)
DEFECT = Words("Erreur de notre part", "Une erreur s’est produite de notre côté. Elle est enregistrée.")


def title_of(refusal: Refusal) -> str:
    """The reason, in a few words."""
    return REFUSALS.get(refusal.code, _UNKNOWN).title


def sentence_of(refusal: Refusal) -> str:
    """What to tell the person."""
    sentence = REFUSALS.get(refusal.code, _UNKNOWN).sentence
    return sentence if isinstance(sentence, str) else sentence(refusal.fields)
