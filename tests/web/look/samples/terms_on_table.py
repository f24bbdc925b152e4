"""Terms of a convention: with changes, and agreed."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples.people import at, odile

TERMS = View(
    revision=2,
    modified=True,
    lines=[
        View(label="Durée", value="2 ans, du 1er janvier 2027 au 31 décembre 2028", before=None),
        View(
            label="À l’échéance", value="Renouvelée pour 12 mois, sauf si une partie y met fin", before=None
        ),
        View(label="Préavis", value="3 mois", before="2 mois"),
        View(label="Réunions", value="4 fois par an", before="Aucune promise"),
        View(label="Bilans croisés", value="1 fois par an", before=None),
        View(
            label="Moyen promis",
            value="Une salle le mardi (Centre hospitalier de Bellerive, avant le 1er février 2027)",
            before="",
        ),
        View(label="Moyen promis", value="", before="Un bureau partagé (toutes les parties)"),
    ],
    author=odile,
    proposed_at=at("2026-11-16"),
    accepted_by_me=False,
    accepted_by_other=True,
    agreed_at=None,
)
AGREED_TERMS = View(
    **{
        **vars(TERMS),
        "modified": False,
        "accepted_by_me": True,
        "agreed_at": at("2026-11-17"),
        "lines": [View(label=it.label, value=it.value, before=None) for it in TERMS.lines if it.value],
    }
)
