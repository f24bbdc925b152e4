"""What every page of a convention says of it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.people import CONVENTION, HASH, at

FACTS = {
    "id": CONVENTION,
    "title": "Écoute en oncologie",
    "version": 41,
    "state": "partly_signed",
    "aim": "Douze bénévoles formés tiennent une permanence d’écoute pour les patients et leurs proches.",
    "starts_on": date(2027, 1, 1),
    "ends_on": date(2028, 12, 31),
    "sign_before": date(2026, 11, 27),
    "sign_order": ("Main tendue", "Centre hospitalier de Bellerive"),
    "regime": "Bénévoles en établissement de santé, article L1112-5 du code de la santé publique",
    "renewal": "Renouvelée pour 12 mois, sauf si une partie y met fin",
    "notice_months": 3,
    "sealed_at": at("2026-11-17", "16:10"),
    "sealed_hash": HASH,
    "amends": None,
}


def convention(**values: object) -> View:
    return View(**FACTS | values)
