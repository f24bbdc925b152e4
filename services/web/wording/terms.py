"""The terms of a convention as lines to read: what it says, and what it said before."""

from collections.abc import Callable
from dataclasses import dataclass

from services.web.wording.dates import NBSP, duration, plain_date, pluriel
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.terms import PromisedMeans, Renewal, Terms

NameOf = Callable[[OrganizationId], str]

RENEWALS = {
    Renewal.NEVER: "Elle s’arrête au dernier jour",
    Renewal.TACIT: "Elle se renouvelle, sauf si une partie y met fin",
    Renewal.EXPRESS: "Elle se renouvelle si toutes les parties le décident",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One term. `before` is what it said when the reader last read it, if that was something else."""

    label: str
    value: str
    before: str | None = None


def lines_of(terms: Terms, name_of: NameOf, before: Terms | None = None) -> list[Line]:
    """Every term in a line; what is promised to be done or given comes last."""
    now, then = _said(terms), _said(before) if before else {}
    lines = [
        Line(label, value, then[label] if then.get(label, value) != value else None)
        for label, value in now.items()
    ]
    means = [_means(it, name_of) for it in terms.means]
    means_before = [_means(it, name_of) for it in before.means] if before else means
    gone = [it for it in means_before if it not in means]
    lines += [Line("Moyen promis", it, None if it in means_before else "") for it in means]
    lines += [Line("Moyen promis", "", it) for it in gone]
    return lines


def _said(terms: Terms) -> dict[str, str]:
    term = f"{duration(terms.starts_on, terms.ends_on)}, du {plain_date(terms.starts_on)} au {plain_date(terms.ends_on)}"
    return {
        "Durée": term,
        "À l’échéance": renewal_in_words(terms),
        "Préavis": f"{terms.notice_months}{NBSP}mois" if terms.notice_months else "Aucun",
        "Réunions": _per_year(terms.meetings_per_year, "Aucune promise"),
        "Bilans croisés": _per_year(terms.reviews_per_year, "Aucun promis"),
    }


def renewal_in_words(terms: Terms) -> str:
    """« Renouvelée de 12 mois en 12 mois, sauf si une partie y met fin »"""
    if terms.renewal is Renewal.NEVER or terms.renewal_months is None:
        return "Elle s’arrête"
    months = f"{terms.renewal_months}{NBSP}mois"
    how = (
        "sauf si une partie y met fin"
        if terms.renewal is Renewal.TACIT
        else "si toutes les parties le décident"
    )
    return f"Renouvelée pour {months}, {how}"


def _per_year(count: int, none: str) -> str:
    return f"{pluriel(count, 'fois', 'fois')} par an" if count else none


def _means(means: PromisedMeans, name_of: NameOf) -> str:
    who = name_of(means.by) if means.by else "toutes les parties"
    by = f", avant le {plain_date(means.due_on)}" if means.due_on else ""
    return f"{means.text} ({who}{by})"
