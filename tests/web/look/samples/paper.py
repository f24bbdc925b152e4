"""The page for signing on paper: before the scan, and once there is one to attest."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples.conventions import bellerive, convention, main_tendue
from tests.web.look.samples.people import HASH, at, nav

EMPTY: dict[str, object] = {
    "nav": nav("conventions"),
    "convention": convention(),
    "may": {"sign_on_paper"},
    "parties": [bellerive(), main_tendue()],
    "scan": None,
    "replaceable": True,
    "accept": ".pdf",
    "megabytes": 50,
}
SCAN = View(file=View(name="convention-signee.pdf", size=1_200_000, sha256=HASH), given_at=at("2026-11-23"))
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "papier": ("papier.html", EMPTY),
    "papier-attester": ("papier.html", {**EMPTY, "scan": SCAN}),
    "papier-reserve": ("papier.html", {**EMPTY, "scan": SCAN, "may": set()}),
}
