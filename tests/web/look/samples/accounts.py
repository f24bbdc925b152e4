"""Entering, one's own account and organisation."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples.people import at

INVITATION = View(
    inviter_organization="Centre hospitalier de Bellerive",
    inviter_side="establishment",
    organization="Main tendue",
    side="association",
    convention_title="Écoute en oncologie",
    given_name="Odile",
    family_name="Marchand",
    email="odile.marchand@maintendue.example",
    expires_at=at("2026-12-07"),
    organization_has_administrator=False,
)
ACCOUNT = {
    "person": View(given_name="Claire", family_name="Vasseur", email="claire.vasseur@bellerive.example"),
    "affiliations": [
        View(
            organization_id="1",
            organization_name="Centre hospitalier de Bellerive",
            side="establishment",
            function="cheffe du service d’oncologie",
            current=True,
        ),
        View(
            organization_id="2",
            organization_name="Les Passeurs de mots",
            side="association",
            function="bénévole",
            current=False,
        ),
    ],
    "sessions": [
        View(
            session_id="1",
            device="Firefox sur Windows",
            created_at=at("2026-11-23", "08:10"),
            last_seen_at=at("2026-11-23", "09:40"),
            current=True,
        ),
        View(
            session_id="2",
            device="Safari sur iPhone",
            created_at=at("2026-11-02"),
            last_seen_at=at("2026-11-20"),
            current=False,
        ),
    ],
    "tokens": [
        View(
            token_id="1",
            label="Tableau de bord du service",
            organization_name="Centre hospitalier de Bellerive",
            created_at=at("2026-10-02"),
            last_used_at=at("2026-11-22"),
        )
    ],
    "new_token": None,
}
MEMBERS = [
    View(
        person_id="1",
        name="Claire Vasseur",
        email="claire.vasseur@bellerive.example",
        is_me=True,
        function="cheffe du service d’oncologie",
        administrator=True,
        signatory=True,
    ),
    View(
        person_id="2",
        name="Yanis Belkacem",
        email="yanis.belkacem@bellerive.example",
        is_me=False,
        function="chargé des relations avec les usagers",
        administrator=False,
        signatory=False,
    ),
]


def _out(**values: object) -> dict[str, object]:
    return {"me": None, "nav": View(current="", conventions_awaiting=None, unread=None), **values}


def _organization(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "organization": View(name="Centre hospitalier de Bellerive", side="establishment"),
        "members": MEMBERS,
        "may_administer": True,
    }
    return "mon_organisation.html", {**full, **values}


LOSSES = [
    View(title="Écoute en oncologie", url="#", accepted=True, leaves_vacant=True),
    View(title="Lecture en pédiatrie", url="#", accepted=True, leaves_vacant=False),
    View(title="Bénévoles en soins palliatifs", url="#", accepted=False, leaves_vacant=False),
]


def _departure(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "person_id": "2",
        "name": "Yanis Belkacem",
        "is_me": False,
        "organization": "Centre hospitalier de Bellerive",
        "losses": LOSSES,
        "last_signatory": False,
        "last_administrator": False,
    }
    return "depart.html", {**full, **values}


PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "connexion": ("connexion.html", _out(suite="", carried=[])),
    "connexion-saisie-gardee": (
        "connexion.html",
        _out(
            suite="",
            carried=[("kept_address", "/conventions/1/commenter"), ("kept_field_comment", "Pourquoi ?")],
        ),
    ),
    "saisie-gardee": (
        "saisie_gardee.html",
        _out(
            kept={
                "url": "/conventions/1/commenter",
                "fields": [("comment", "À quelle heure les bénévoles viennent-ils ?")],
            }
        ),
    ),
    "connexion-autre-personne": ("connexion.html", {"suite": "/invitation/secret", "carried": []}),
    "connexion-erreur": (
        "connexion.html",
        _out(
            suite="",
            carried=[],
            erreurs={"_": "Cette adresse et ce mot de passe ne vont pas ensemble."},
            valeurs={"email": "claire.vasseur@bellerive.example"},
        ),
    ),
    "mot_de_passe_oublie": ("mot_de_passe_oublie.html", _out(envoye=False)),
    "mot_de_passe_oublie-erreur": (
        "mot_de_passe_oublie.html",
        _out(
            envoye=False,
            erreurs={"email": "Indiquez une adresse électronique complète, par exemple claire@exemple.fr."},
            valeurs={"email": "claire.vasseur"},
        ),
    ),
    "mot_de_passe_oublie-envoye": ("mot_de_passe_oublie.html", _out(envoye=True)),
    "nouveau_mot_de_passe": (
        "nouveau_mot_de_passe.html",
        _out(token="s3cr3t", email="claire.vasseur@bellerive.example"),
    ),
    "nouveau_mot_de_passe-erreur": (
        "nouveau_mot_de_passe.html",
        _out(
            token="s3cr3t",
            email="claire.vasseur@bellerive.example",
            erreurs={"new_password": "Choisissez au moins 12 caractères. Une phrase courte convient bien."},
        ),
    ),
    "nouveau_mot_de_passe_invalide": ("nouveau_mot_de_passe_invalide.html", _out()),
    "invitation": ("invitation.html", _out(token="s3cr3t", invitation=INVITATION, is_member=False)),
    "invitation-erreur": (
        "invitation.html",
        _out(
            token="s3cr3t",
            invitation=INVITATION,
            is_member=False,
            erreurs={"function": "Dites votre fonction.", "password": "Choisissez au moins 12 caractères."},
            valeurs={
                "given_name": "Odile",
                "family_name": "Marchand-Roy",
                "function": "",
                "declares_signing_authority": "oui",
            },
        ),
    ),
    "invitation-connectee": (
        "invitation.html",
        {"token": "s3cr3t", "invitation": INVITATION, "is_member": True},
    ),
    "invitation_invalide": ("invitation_invalide.html", _out()),
    "invitation_declinee": ("invitation_declinee.html", _out()),
    "compte": ("compte.html", dict(ACCOUNT)),
    "compte-jeton": ("compte.html", {**ACCOUNT, "new_token": "ent_k3J9vQmZ1xT8bN4wRyLpE6sUaHcDfG72"}),
    "mon_organisation": _organization(),
    "depart": _departure(),
    "depart-refuse": _departure(is_me=True, last_signatory=True, last_administrator=True, losses=[]),
    "mon_organisation-sans-signataire": _organization(
        members=[View(**{**vars(member), "signatory": False}) for member in MEMBERS]
    ),
}
