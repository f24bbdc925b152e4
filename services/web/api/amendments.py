"""Amendments: begin, give up, list, compare. All else is done under the amendment's id, as with any convention."""

from services.web.api.endpoint import Endpoint
from shared.contracts.projects import amendments

ENDPOINTS = (
    Endpoint(
        "GET",
        "/conventions/{convention_id}/amendments",
        amendments.ListAmendments,
        "How the text of a convention has changed, and is about to",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/amendments",
        amendments.ProposeAmendment,
        "Begin to change a convention in force",
        makes="amendment_id",
        location="/conventions/{amendment_id}",
        example={
            "title": "Avenant n° 1 : les permanences du jeudi",
            "reason": "Le service a changé de jour de consultation.",
            "effective_on": "2027-03-01",
        },
    ),
    Endpoint(
        "GET",
        "/conventions/{convention_id}/amended-from",
        amendments.CompareAmendment,
        "What an amendment changes: its own id goes into the address",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/abandonment",
        amendments.AbandonAmendment,
        "Give an amendment up; the text in force stays",
        example={"reason": "Le service garde le mardi."},
    ),
)
