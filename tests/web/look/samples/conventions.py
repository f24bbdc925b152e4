"""A convention in each state that looks different, one article, and its signature."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as o

from tests.web.look.samples.people import CONVENTION, HASH, at, claire, nav, odile, yanis

CONVENTION_FACTS = {
    "id": CONVENTION, "title": "Écoute en oncologie", "revision": 41, "version": 4,
    "aim": "Douze bénévoles formés tiennent une permanence d’écoute pour les patients et leurs proches.",
    "duration": "2 ans", "starts_on": date(2027, 1, 1), "ends_on": date(2028, 12, 31),
    "renewal": "renouvelable une fois", "notice": "3 mois",
    "regime": "Bénévoles en établissement de santé, article L1112-5 du code de la santé publique",
    "clause_count": 11, "sealed_at": at("2026-11-17", "16:10"), "sealed_hash": HASH,
}
BELLERIVE = {"side": "establishment", "name": "Centre hospitalier de Bellerive", "is_mine": True, "state_text": None,
             "organization_id": "1", "signed_at": None, "signed_by": None, "capacity": None, "deadline": None,
             "awaited": o(name="Claire Vasseur", is_me=True, capacity="par délégation du directeur")}
MAIN_TENDUE = {"side": "association", "name": "Main tendue", "is_mine": False, "state_text": None,
               "organization_id": "2", "signed_at": None, "signed_by": None, "capacity": None, "deadline": None,
               "awaited": o(name="Odile Marchand", is_me=False, capacity="présidente")}
SIGNED = {"signed_at": at("2026-11-20"), "signed_by": "Odile Marchand", "capacity": "présidente", "awaited": None}


def steps(current: int) -> list[o]:
    """The life of a convention, at its step number `current`."""
    plan = [("Rédaction", "", date(2026, 10, 12), None), ("Négociation", "", date(2026, 11, 17), None),
            ("Signature", "avant le ", date(2026, 11, 27), None), ("En vigueur", "", date(2027, 1, 1), None),
            ("Bilan", "", None, "novembre 2027")]
    states = ["done"] * current + ["current"] + ["todo"] * 5
    return [o(name=name, state=state, before=before, when=when, text=text)
            for (name, before, when, text), state in zip(plan, states, strict=False)]


def same(text: str) -> o:
    return o(kind="same", text=text)


def added(text: str) -> o:
    return o(kind="added", text=text)


def removed(text: str) -> o:
    return o(kind="removed", text=text)


def clause(number: int, title: str, segments: list[o], author: o, mark: str | None, **values: object) -> o:
    full = {"id": f"c{number}", "proposed_at": at("2026-11-16"), "accepted_by_me": True, "accepted_by_other": True,
            "accepted_by": [o(person=odile if author is claire else claire, at=at("2026-11-17"))], "comments": 0}
    return o(number=number, title=title, segments=segments, author=author, mark=mark, **{**full, **values})


JOURS = [same("Les bénévoles interviennent dans le service d’oncologie "), removed("les mardis et jeudis"), same(" "),
         added("les mardis, jeudis et samedis"),
         same(", de 14 h à 18 h, après accord du cadre de santé présent.")]
CLAUSES = [
    clause(4, "Jours et horaires", JOURS, odile, "modified", comments=2),
    clause(7, "Formation et accueil", [
        same("Chaque bénévole suit une formation à l’hygiène et à l’écoute de "), removed("quatre"), same(" "),
        added("six"), same(" heures avant sa première visite"), added(", prise en charge par l’établissement"),
        same(". Un badge nominatif lui est remis.")], claire, "modified"),
    clause(11, "Bilan annuel", [added(
        "Les deux parties se réunissent chaque année en novembre pour relire ensemble les indicateurs et décider des "
        "suites. Le compte rendu est partagé sous quinze jours.")], odile, "added"),
]
PENDING = [
    clause(4, "Jours et horaires", JOURS, odile, "modified", accepted_by_me=False, accepted_by=[], comments=2),
    clause(7, "Formation et accueil", CLAUSES[1].segments, claire, "modified", accepted_by_other=False,
           accepted_by=[]),
    clause(11, "Bilan annuel", CLAUSES[2].segments, odile, "added", accepted_by_me=False, accepted_by=[]),
]
COMMENTS = [
    o(author=odile, at=at("2026-11-20", "14:35"), article=None, url=None,
      text="C’est signé de notre côté. Les douze bénévoles sont prêts pour janvier."),
    o(author=claire, at=at("2026-11-17", "09:12"), article=4, url="#",
      text="Merci, les trois jours conviennent au service."),
]
REFERENTS = [
    o(side="establishment", organization="Centre hospitalier de Bellerive", is_mine=True,
      people=[o(name="Claire Vasseur", state="accepted"), o(name="Yanis Belkacem", state="proposed")]),
    o(side="association", organization="Main tendue", is_mine=False, people=[]),
]
NOTHING = o(edit=False, seal=False, sign=False, refuse=False, name_referents=False, start_project=False)


def can(**values: bool) -> o:
    return o(**{**vars(NOTHING), **values})


def convention(**values: object) -> o:
    return o(**{**CONVENTION_FACTS, "state": "partly_signed", **values})


def _page(**values: object) -> tuple[str, dict[str, object]]:
    full = {"convention": convention(), "steps": steps(2), "view": "changes", "clauses": CLAUSES, "awaiting_me": 0,
            "parties": [o(**{**BELLERIVE, "deadline": date(2026, 11, 27)}), o(**{**MAIN_TENDUE, **SIGNED})],
            "changes": o(from_version=3, from_date=date(2026, 11, 3), to_version=4, to_date=date(2026, 11, 17),
                         modified=2, added=1, removed=0, unchanged=8),
            "total": 11, "can": can(edit=True, sign=True, refuse=True, name_referents=True), "referents": REFERENTS,
            "comments": COMMENTS, "projects": [], "nav": nav("conventions"),
            "live_url": f"/evenements?convention={CONVENTION}"}
    return "convention.html", {**full, **values}


def _article(**values: object) -> tuple[str, dict[str, object]]:
    text = "".join(part.text for part in JOURS if part.kind != "removed")
    shown = o(**{**vars(PENDING[0]), "text": text, "why": "Les proches viennent surtout le week-end"})
    full = {"convention": convention(state="negotiating"), "clause": shown, "can": can(edit=True),
            "comments": COMMENTS, "conflict": None, "nav": nav("conventions"),
            "neighbours": o(previous=o(url="#", label="Article 3. Missions"), next=o(url="#", label="Article 5. Lieux"))}
    return "article.html", {**full, **values}


def _signer(**values: object) -> tuple[str, dict[str, object]]:
    full = {"convention": convention(), "parties": [o(**BELLERIVE), o(**{**MAIN_TENDUE, **SIGNED})],
            "signatory": o(name="Claire Vasseur", capacity="par délégation du directeur", side="establishment",
                           organization="Centre hospitalier de Bellerive"),
            "deadline": date(2026, 11, 27), "nav": nav("conventions")}
    return "signer.html", {**full, **values}


PAGES = {
    "convention": _page(),
    "convention-negociation": _page(
        convention=convention(state="negotiating", sealed_hash=None), steps=steps(1), clauses=PENDING, awaiting_me=2,
        parties=[o(**{**BELLERIVE, "awaited": None, "state_text": "9 articles acceptés sur 11"}),
                 o(**{**MAIN_TENDUE, "awaited": None, "state_text": "10 articles acceptés sur 11"})]),
    "convention-en-vigueur": _page(
        convention=convention(state="active"), steps=steps(3), view="text",
        parties=[o(**{**BELLERIVE, **SIGNED, "signed_by": "Claire Vasseur", "capacity": "par délégation du directeur"}),
                 o(**{**MAIN_TENDUE, **SIGNED})],
        can=can(start_project=True), projects=[o(title="Permanence du mardi", url="#")]),
    "article": _article(),
    "article-conflit": _article(
        conflict=o(author=yanis, at=at("2026-11-23", "09:40"), segments=JOURS),
        valeurs={"text": "Les bénévoles viennent quand ils le souhaitent.", "why": ""}),
    "signer": _signer(),
    "signer-erreur": _signer(erreurs={"read": "Cochez la case pour dire que vous acceptez le texte.",
                                      "password": "Ce mot de passe n’est pas le bon. Rien n’est signé."},
                             valeurs={"revision": "41"}),
}
