"""Organisations that come to a convention, as a party or to observe it."""

from services.web.api.endpoint import Endpoint
from shared.contracts.projects import parties

_ID = "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"

ENDPOINTS = (
    Endpoint(
        "GET",
        "/conventions/{convention_id}/admissions",
        parties.ListAdmissions,
        "Who is to come, and who observes",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/admissions",
        parties.ProposeAdmission,
        "Propose that an organisation comes, as a party or to observe",
        makes="admission_id",
        location="/conventions/{convention_id}/admissions",
        example={
            "role": "funder",
            "organization": {
                "organization_id": _ID,
                "side": "third_party",
                "name": "Agence régionale de santé",
            },
            "interest": "Finance la formation des bénévoles.",
        },
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/admissions/{admission_id}/acceptance",
        parties.AcceptAdmission,
        "Agree for my party that it comes",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/admissions/{admission_id}/end",
        parties.EndAdmission,
        "Say no, take it back, or end that it observes",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/parties/{organization_id}/withdrawal",
        parties.TakeBackParty,
        "Take back a party that has accepted and signed nothing",
    ),
    Endpoint("GET", "/observed", parties.ListObserved, "The conventions that my organisation observes"),
)
