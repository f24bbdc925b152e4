"""Templates in words: who reads them, what their usual terms say."""

from services.web.wording.dates import NBSP, pluriel
from shared.contracts.projects.own_templates import Sharing, UsualTerms
from shared.contracts.projects.terms import Renewal

SHARED = {
    Sharing.PRIVATE: "gardé pour vous",
    Sharing.NAMED: "partagé avec des organisations choisies",
    Sharing.EVERYONE: "partagé avec toutes les organisations",
}

CHOICES = {
    Sharing.PRIVATE: ("Votre organisation seulement", "Personne d’autre ne le voit."),
    Sharing.NAMED: ("Des organisations que vous choisissez", "Elles voient la version la plus récente."),
    Sharing.EVERYONE: (
        "Toutes les organisations d’Entente",
        "Chacune peut le lire, le copier et s’en servir.",
    ),
}


def terms_in_words(terms: UsualTerms) -> dict[str, str]:
    """What a convention starts with, label by label."""
    return {
        "À l’échéance": _renewal(terms),
        "Préavis": f"{terms.notice_months}{NBSP}mois" if terms.notice_months else "Aucun",
        "Réunions": _per_year(terms.meetings_per_year, "Aucune promise"),
        "Bilans croisés": _per_year(terms.reviews_per_year, "Aucun promis"),
    }


def _renewal(terms: UsualTerms) -> str:
    if terms.renewal is Renewal.NEVER or terms.renewal_months is None:
        return "Elle s’arrête"
    how = (
        "sauf si une partie y met fin"
        if terms.renewal is Renewal.TACIT
        else "si toutes les parties le décident"
    )
    return f"Renouvelée pour {terms.renewal_months}{NBSP}mois, {how}"


def _per_year(count: int, none: str) -> str:
    return f"{pluriel(count, 'fois', 'fois')} par an" if count else none
