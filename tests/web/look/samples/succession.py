"""A référent is absent, hands over, and leaves a pack to whoever takes over."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.facts import convention
from tests.web.look.samples.people import nav


def _in_conventions(**values: object) -> dict[str, object]:
    return {"nav": nav("conventions"), "convention": convention(), **values}


PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "releve": (
        "releve.html",
        _in_conventions(
            sections=[
                View(
                    title="Ce qui est en vigueur",
                    lines=[View(text="Écoute en oncologie", detail="Signée par toutes les parties", url="#")],
                    empty="",
                ),
                View(title="Ce qui est attendu", lines=[], empty="Rien n’est attendu."),
                View(
                    title="Qui est qui",
                    lines=[
                        View(text="Odile Marchand, présidente", detail="Main tendue, référente", url=None)
                    ],
                    empty="",
                ),
            ]
        ),
    ),
    "relais": (
        "relais.html",
        _in_conventions(
            mandate_id="1",
            name="Yanis Belkacem",
            is_me=False,
            members=[View(person_id="3", name="Lucie Ferrand", function="cadre de santé")],
        ),
    ),
    "absence": (
        "absence.html",
        _in_conventions(
            mandate_id="1",
            name="Yanis Belkacem",
            is_me=False,
            members=[View(person_id="3", name="Lucie Ferrand", function="cadre de santé")],
            today=date(2026, 11, 23),
        ),
    ),
}
