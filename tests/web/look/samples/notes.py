"""Pages that say something and ask nothing: help, statements, errors, the API."""

from __future__ import annotations

from types import SimpleNamespace as View

NOBODY = View(email=None, phone=None)
SOMEBODY = View(email="aide@entente.example", phone="02 00 00 00 00")
OUT: dict[str, object] = {"me": None, "nav": View(current="", conventions_awaiting=None, unread=None)}

PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "aide": ("aide.html", {"contact": SOMEBODY}),
    "accessibilite": ("accessibilite.html", {"contact": SOMEBODY, **OUT}),
    "donnees": ("donnees.html", {"contact": NOBODY, **OUT}),
    "api": ("api.html", {}),
    "erreur-404": (
        "erreur.html",
        {"status": 404, "message": None, "trace_id": None, "kept": None, "written": []},
    ),
    "erreur-409": (
        "erreur.html",
        {"status": 409, "message": None, "trace_id": None, "kept": None, "written": []},
    ),
    "erreur-500": (
        "erreur.html",
        {
            "status": 500,
            "message": None,
            "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
            "kept": None,
            "written": [],
            **OUT,
        },
    ),
    "erreur-503": (
        "erreur.html",
        {
            "status": 503,
            "message": None,
            "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
            "kept": {"url": "/conventions/1/commenter", "fields": [("comment", "À quelle heure ?")]},
            "written": [],
        },
    ),
    "erreur-404-saisie": (
        "erreur.html",
        {
            "status": 404,
            "message": None,
            "trace_id": None,
            "kept": None,
            "written": ["Les bénévoles viennent le mardi.\n\nIls s’annoncent à l’accueil du service."],
        },
    ),
}
