"""Two texts side by side, as pages show them."""

from __future__ import annotations

from types import SimpleNamespace as View

HOSPITAL, ASSOCIATION = "Centre hospitalier de Bellerive", "Main tendue"


def same(text: str) -> View:
    return View(kind="same", text=text, side=None, by=None)


def added(text: str, side: str | None = "association") -> View:
    return View(kind="added", text=text, side=side, by=_name(side))


def removed(text: str, side: str | None = "association") -> View:
    return View(kind="removed", text=text, side=side, by=_name(side))


def _name(side: str | None) -> str | None:
    return {"association": ASSOCIATION, "establishment": HOSPITAL}.get(side or "")


def changed(before: list[View], after: list[View]) -> View:
    return View(changed=True, before=before, after=after)


def unchanged(text: str) -> View:
    return View(changed=False, before=[], after=[same(text)])


DAYS = View(
    rows=[
        unchanged("Les bénévoles interviennent dans le service d’oncologie."),
        changed(
            [
                same("Ils viennent "),
                removed("les mardis et jeudis"),
                same(", de 14 h à "),
                removed("17", "establishment"),
                same(" h, après accord du cadre de santé présent."),
            ],
            [
                same("Ils viennent "),
                added("les mardis, jeudis et samedis"),
                same(", de 14 h à "),
                added("18", "establishment"),
                same(" h, après accord du cadre de santé présent."),
            ],
        ),
        changed([], [added("Un calendrier est affiché dans le service.")]),
        changed(
            [same("L’association جمعية المرضى "), removed("prévient", None), same(" la veille.")],
            [same("L’association جمعية المرضى "), added("avertit", None), same(" la veille.")],
        ),
    ],
    added=13,
    removed=6,
)
