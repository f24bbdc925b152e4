"""Conventions: clauses, comments, seal, signatures, timeline."""

from services.web.api.endpoint import Endpoint
from shared.contracts.projects import commands, queries, seals

_ID = "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"
_OTHER_ID = "01935b5e-9d2b-7a10-8e66-1b5c2d3e4f50"
_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

ENDPOINTS = (
    Endpoint("GET", "/me/home", queries.GetHome, "What awaits me, what comes next, what happened"),
    Endpoint("GET", "/templates", queries.ListTemplates, "The models that a convention can start from"),
    Endpoint("GET", "/clauses", queries.ListLibraryClauses, "Clauses to add to any convention"),
    Endpoint("GET", "/conventions", queries.ListConventions, "The conventions of my organisation"),
    Endpoint(
        "POST",
        "/conventions",
        commands.DraftConvention,
        "Begin a convention from a model",
        makes="convention_id",
        location="/conventions/{convention_id}",
        example={
            "title": "Écoute en oncologie",
            "aim": "Accueillir les bénévoles de l’association dans le service.",
            "parties": [
                {"organization_id": _ID, "side": "establishment", "name": "Hôpital de Bellerive"},
                {"organization_id": _OTHER_ID, "side": "association", "name": "Main tendue"},
            ],
            "starts_on": "2027-01-01",
            "ends_on": "2028-12-31",
        },
    ),
    Endpoint("GET", "/conventions/{convention_id}", queries.GetConvention, "One convention, whole"),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/reading",
        commands.ReadConvention,
        "Remember that I have read this version",
        example={"version": 17},
    ),
    Endpoint(
        "GET",
        "/conventions/{convention_id}/clauses/{clause_id}/history",
        queries.GetClauseHistory,
        "Every text that a clause has had",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/clauses/{clause_id}/proposals",
        commands.ProposeClause,
        "Propose a text for a clause",
        example={"revision": 1, "text": "Les bénévoles viennent le mardi, de 14 h à 17 h."},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/clauses",
        commands.AddClause,
        "Add an article at the end",
        makes="clause_id",
        location="/conventions/{convention_id}",
        example={"title": "Stationnement", "text": "L’établissement réserve une place le mardi."},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/clauses/{clause_id}/withdrawal",
        commands.WithdrawClause,
        "Take back an article that my side added",
        example={"revision": 1},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/clauses/{clause_id}/acceptance",
        commands.AcceptClause,
        "Accept a clause for my side",
        example={"revision": 2},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/acceptances",
        commands.AcceptClauses,
        "Accept several clauses at once",
        example={"clauses": [{"clause_id": _ID, "revision": 2}], "terms_revision": 1},
    ),
    Endpoint(
        "GET",
        "/conventions/{convention_id}/terms/history",
        queries.GetTermsHistory,
        "All the terms that a convention has had",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/terms/proposals",
        commands.ProposeTerms,
        "Propose other terms: days, renewal, notice, meetings, reviews, means",
        example={
            "revision": 1,
            "terms": {
                "starts_on": "2027-01-01",
                "ends_on": "2028-12-31",
                "renewal": "express",
                "renewal_months": 12,
                "notice_months": 3,
                "meetings_per_year": 4,
                "reviews_per_year": 1,
                "means": [{"text": "Une salle pour la permanence", "by": _ID, "due_on": "2027-02-01"}],
            },
        },
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/terms/acceptance",
        commands.AcceptTerms,
        "Accept the terms for my side",
        example={"revision": 2},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/comments",
        commands.AddComment,
        "Comment a clause, or the whole",
        makes="comment_id",
        location="/conventions/{convention_id}",
        example={"clause_id": _ID, "text": "Pouvons-nous commencer à 13 h 30 ?"},
    ),
    Endpoint("GET", "/conventions/{convention_id}/seal-check", queries.CheckSealing, "Look before sealing"),
    Endpoint(
        "GET",
        "/conventions/{convention_id}/seal",
        queries.GetSealedText,
        "The sealed text, to check its hash",
    ),
    Endpoint(
        "GET",
        "/conventions/{convention_id}/evidence",
        seals.GetEvidence,
        "Every seal with its signatures and refusals, whether or not they count",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/seal",
        commands.SealConvention,
        "Freeze the agreed text for signature",
        example={"version": 17, "sign_before": "2026-12-18", "sign_order": [_OTHER_ID, _ID]},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/signatures",
        commands.SignConvention,
        "Sign the sealed text, with the password",
        signs=True,
        example={"sealed_hash": _HASH, "capacity": "présidente", "password": "trois petits moutons bleus"},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/signature-refusal",
        commands.RefuseSignature,
        "Refuse to sign; all signatures are void",
        example={"sealed_hash": _HASH, "reason": "L’article 4 ne dit rien des remplacements."},
    ),
    Endpoint(
        "GET", "/conventions/{convention_id}/timeline", queries.GetTimeline, "What happened, newest first"
    ),
    Endpoint(
        "POST",
        "/names/subjects",
        queries.NameSubjects,
        "The titles of conventions, clauses, projects, milestones and indicators at once",
        example={"ids": [_ID]},
    ),
)
