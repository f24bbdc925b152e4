"""From the directory to the receipt: lists and steps around a convention."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as o

from tests.web.look.samples.conventions import convention
from tests.web.look.samples.people import CONVENTION, at, nav

MINE = o(name="Centre hospitalier de Bellerive", side="establishment")
OTHER = o(organization_id="2", name="Main tendue", side="association", city="Bellerive")
TEMPLATES = [o(template="volunteers_in_hospital", title="Bénévoles dans un établissement de santé",
               regime="Article L1112-5 du code de la santé publique", clause_count=11)]


def _in_conventions(**values: object) -> dict[str, object]:
    return {"nav": nav("conventions"), "convention": convention(), **values}


def _notice(**values: object) -> o:
    full = {"id": "1", "text": None, "side": "association", "at": at("2026-11-20"), "read": False, "due": None,
            "urgent": False, "action": None, "url": "#", "delivery": "Courriel envoyé"}
    return o(**{**full, **values})


NOTICES = [
    _notice(title="Votre signature est attendue : « Écoute en oncologie »", text="Main tendue a signé.",
            due=date(2026, 11, 27), urgent=True, action="Relire et signer"),
    _notice(title="2 articles attendent votre accord : « Lecture en pédiatrie »", action="Lire et répondre", read=True,
            at=at("2026-11-18", "09:20"), text="Les Passeurs de mots ont proposé un texte."),
]
NEWS = [_notice(title="Le jalon « Formation des 12 bénévoles » est atteint", at=at("2026-11-12")),
        _notice(title="Main tendue a commenté l’article 7", read=True, at=at("2026-11-10"), delivery=None)]


def _inbox(**values: object) -> tuple[str, dict[str, object]]:
    full = {"nav": nav("boite"), "drawer": "to_do", "counts": o(to_do=2, to_read=1), "notices": NOTICES,
            "next_url": None, "live_url": "/evenements"}
    return "boite.html", {**full, **values}


ORGANIZATIONS = [
    o(organization_id="1", name="Centre hospitalier de Bellerive", side="establishment", kind="Centre hospitalier",
      city="Bellerive", postal_code="03700", has_members=True),
    o(organization_id="2", name="Main tendue", side="association", kind="", city="Vichy", postal_code="03200",
      has_members=False),
    o(organization_id="3", name="Institut régional du cancer, site de Bellerive-sur-Allier", side="establishment",
      kind="Centre de lutte contre le cancer", city="Bellerive-sur-Allier", postal_code="03700", has_members=False),
]


def _directory(**values: object) -> tuple[str, dict[str, object]]:
    full = {"nav": nav("annuaire"), "q": "bellerive", "side": "", "results": ORGANIZATIONS, "total": 43,
            "previous_url": None, "next_url": "/annuaire?q=bellerive&page=2"}
    return "annuaire.html", {**full, **values}


def _organization(**values: object) -> tuple[str, dict[str, object]]:
    facts = o(organization_id="2", name="Main tendue", side="association", kind="Association d’usagers agréée",
              purpose="Écouter et accompagner les personnes touchées par un cancer et leurs proches.", finess=None,
              siren="812345675", rna="W031001234", street="12 rue des Tilleuls", postal_code="03200", city="Vichy",
              has_members=False)
    full = {"nav": nav("annuaire"), "organization": facts, "may_propose": True,
            "conventions": [o(title="Écoute en oncologie", url="#", state="partly_signed")]}
    return "organisation.html", {**full, **values}


LINES = [
    o(id=CONVENTION, title="Écoute en oncologie", state="partly_signed", awaits_me=True,
      others=[o(name="Main tendue", side="association")], sign_before=date(2026, 11, 27), urgent=True,
      starts_on=date(2027, 1, 1), ends_on=date(2028, 12, 31), changed_at=at("2026-11-20")),
    o(id="2", title="Lecture en pédiatrie", state="negotiating", awaits_me=False, urgent=False, sign_before=None,
      others=[o(name="Les Passeurs de mots", side="association")], starts_on=date(2027, 2, 1),
      ends_on=date(2028, 1, 31), changed_at=at("2026-11-18")),
    o(id="3", title="Guide du retour à domicile", state="active", awaits_me=False, urgent=False, sign_before=None,
      others=[o(name="Vivre avec", side="association")], starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31),
      changed_at=at("2026-10-02")),
]
NEW = {"nav": nav("conventions"), "other": OTHER, "mine": MINE, "templates": TEMPLATES}
SIDES = [
    o(organization_id="1", organization="Centre hospitalier de Bellerive", side="establishment", is_mine=True, mandates=[
        o(id="1", name="Yanis Belkacem", function="chargé des relations avec les usagers", state="accepted", is_me=False,
          proposed_at=at("2026-11-02"), email="yanis.belkacem@bellerive.example"),
        o(id="2", name="Claire Vasseur", function="cheffe du service d’oncologie", state="proposed", is_me=True,
          proposed_at=at("2026-11-20"), email="claire.vasseur@bellerive.example")]),
    o(organization_id="2", organization="Main tendue", side="association", is_mine=False, mandates=[]),
]
REFERENTS = _in_conventions(sides=SIDES, may={"invite"},
                            members=[o(person_id="3", name="Lucie Ferrand", function="cadre de santé")])
PROBLEMS = [
    o(text="Main tendue n’a pas accepté l’article 4.", url="#", label="Ouvrir l’article 4"),
    o(text="L’article 9 n’est pas complet.", url="#", label="Compléter l’article 9"),
    o(text="Personne ne peut signer pour Main tendue.", url="#", label="Voir les référents"),
]
SEAL = _in_conventions(problems=[], total=11, parties=[MINE, OTHER], suggested=date(2026, 12, 15))
SIGNATURES = [o(organization="Main tendue", side="association", is_mine=False, person_name="Odile Marchand",
                capacity="présidente", signed_at=at("2026-11-20"), means="password"),
              o(organization="Centre hospitalier de Bellerive", side="establishment", is_mine=True,
                person_name="Claire Vasseur", capacity="par délégation du directeur",
                signed_at=at("2026-11-23", "09:04"), means="password")]
RECEIPT = _in_conventions(convention=convention(state="active", activated_at=at("2026-11-23", "09:04")), awaited=[],
                          signatures=SIGNATURES, just_signed=True)


def _happened(who: str, side: str, text: str, time: str, **values: object) -> o:
    return o(**{"who": who, "side": side, "text": text, "object": None, "url": None, "detail": None,
                "at": at("2026-11-20", time), **values})


DAYS = [
    o(date=date(2026, 11, 20), entries=[
        _happened("Odile Marchand", "association", "a signé pour Main tendue", "14:32", detail="Présidente."),
        _happened("Yanis Belkacem", "establishment", "a scellé le texte", "11:10", detail="À signer avant le 27 novembre."),
        _happened("Odile Marchand", "association", "a accepté", "10:55", object="l’article 7", url="#")]),
    o(date=date(2026, 11, 1), entries=[
        _happened("Claire Vasseur", "establishment", "a commencé la convention", "09:00")]),
]
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "boite": _inbox(),
    "boite-a-lire": _inbox(drawer="to_read", notices=NEWS, next_url="/boite?tiroir=a-lire&avant=1"),
    "boite-vide": _inbox(drawer="to_read", notices=[], counts=o(to_do=0, to_read=0)),
    "annuaire": _directory(),
    "annuaire-vide": _directory(q="xylophone", results=[], total=0, next_url=None),
    "organisation": _organization(),
    "conventions": ("conventions.html", {"nav": nav("conventions"), "conventions": LINES, "may_start": True}),
    "conventions-vide": ("conventions.html", {"nav": nav("conventions"), "conventions": [], "may_start": True}),
    "convention_nouvelle": ("convention_nouvelle.html", dict(NEW)),
    "convention_nouvelle-erreur": ("convention_nouvelle.html", {
        **NEW, "valeurs": {"title": "Écoute", "aim": "", "starts_on": "2027-01-01", "ends_on": "2026-12-31"},
        "erreurs": {"aim": "Dites le but en une phrase.", "ends_on": "Le dernier jour vient avant le premier.",
                    "template": "Choisissez un modèle."}}),
    "convention_nouvelle-seule": ("convention_nouvelle.html", {**NEW, "other": None}),
    "convention_verifier": ("convention_verifier.html", {"nav": nav("conventions"), "answers": o(
        with_id="2", with_name="Main tendue", with_side="association", title="Écoute en oncologie",
        aim="Douze bénévoles formés tiennent une permanence d’écoute.", starts_on=date(2027, 1, 1),
        ends_on=date(2028, 12, 31), template="volunteers_in_hospital", template_title=TEMPLATES[0].title)}),
    "referents": ("referents.html", REFERENTS),
    "sceller": ("sceller.html", SEAL),
    "sceller-problemes": ("sceller.html", {**SEAL, "problems": PROBLEMS}),
    "recu": ("recu.html", RECEIPT),
    "recu-attente": ("recu.html", {**RECEIPT, "signatures": SIGNATURES[:1], "awaited": [MINE], "just_signed": False,
                                   "convention": convention(activated_at=None)}),
    "refuser": ("refuser.html", _in_conventions(signed_by=["Main tendue"])),
    "historique": ("historique.html", _in_conventions(days=DAYS, next_url="#")),
}
