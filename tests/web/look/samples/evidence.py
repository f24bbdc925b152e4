"""The evidence record: a text in force, and one that was refused and opened again."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.facts import convention
from tests.web.look.samples.people import HASH, at, claire, nav, odile, yanis


def given(organization: str, side: str, name: str, capacity: str, signed: object, **more: object) -> View:
    values: dict[str, object] = {
        "mandated_since": None,
        "means": "Identité confirmée par mot de passe",
        **more,
    }
    return View(
        organization=organization, side=side, person_name=name, capacity=capacity, signed_at=signed, **values
    )


ODILE = given(
    "Main tendue",
    "association",
    "Odile Marchand",
    "présidente",
    at("2026-11-20"),
    mandated_since=at("2026-03-12"),
)
CLAIRE = given(
    "Centre hospitalier de Bellerive",
    "establishment",
    "Claire Vasseur",
    "par délégation du directeur",
    at("2026-11-23", "09:04"),
)
SEALS = [
    View(
        hash=HASH,
        at=at("2026-11-17", "16:10"),
        by=yanis,
        sign_before=date(2026, 11, 27),
        order=("Main tendue", "Centre hospitalier de Bellerive"),
        in_force=True,
        signatures=[ODILE, CLAIRE],
        refusal=None,
    ),
    View(
        hash=HASH[::-1],
        at=at("2026-11-10", "11:00"),
        by=odile,
        sign_before=date(2026, 11, 24),
        order=(),
        in_force=False,
        signatures=[ODILE],
        refusal=View(person=claire, at=at("2026-11-12"), reason="L’article 4 ne dit rien des remplacements."),
    ),
]
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "preuves": ("preuves.html", {"nav": nav("conventions"), "convention": convention(), "seals": SEALS}),
}
