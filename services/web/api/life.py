"""Signed conventions: suspension, notice, last duties."""

from services.web.api.endpoint import Endpoint
from shared.contracts.projects import leaving, life, taking_back

ENDPOINTS = (
    Endpoint(
        "GET",
        "/conventions/{convention_id}/life",
        life.GetConventionLife,
        "What becomes of a signed convention",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/suspensions",
        life.SuspendConvention,
        "Suspend, with the password; the projects pause",
        makes="suspension_id",
        location="/conventions/{convention_id}/life",
        signs=True,
        example={
            "reason": "Le service est fermé pour travaux.",
            "resumes_on": "2027-03-01",
            "password": "trois petits moutons bleus",
        },
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/suspensions/{suspension_id}/lifting",
        life.LiftSuspension,
        "Lift my side's suspension",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/termination",
        life.TerminateConvention,
        "Give notice that the convention ends, with the password",
        makes="termination_id",
        location="/conventions/{convention_id}/life",
        signs=True,
        example={
            "effective_on": "2027-06-01",
            "reason": "L’association cesse ses permanences dans la région.",
            "password": "trois petits moutons bleus",
        },
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/departures",
        leaving.LeaveConvention,
        "Give notice that my organisation leaves alone, with the password",
        makes="departure_id",
        location="/conventions/{convention_id}/life",
        signs=True,
        example={
            "effective_on": "2027-06-01",
            "reason": "Notre équipe rejoint une autre association.",
            "password": "trois petits moutons bleus",
        },
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/termination/withdrawal",
        taking_back.WithdrawTermination,
        "Take back the notice that my organisation gave, with the password",
        signs=True,
        example={
            "termination_id": "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f",
            "password": "trois petits moutons bleus",
        },
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/renewal",
        life.DecideRenewal,
        "Say whether the convention goes on after its term, with the password",
        signs=True,
        example={"ends_on": "2028-12-31", "agrees": True, "password": "trois petits moutons bleus"},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/closing-steps",
        life.CompleteClosingStep,
        "Say that one of my side's last duties is done",
        example={"step": "return_access"},
    ),
)
