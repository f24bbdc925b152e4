"""Mediations between the parties of a convention."""

from services.web.api.endpoint import Endpoint
from shared.contracts.projects import mediation

_ONE = "/conventions/{convention_id}/mediations/{mediation_id}"

ENDPOINTS = (
    Endpoint(
        "GET",
        "/conventions/{convention_id}/mediations",
        mediation.ListMediations,
        "The mediations of a convention, newest first",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/mediations",
        mediation.AskForMediation,
        "Ask for a mediation, and name a mediator",
        makes="mediation_id",
        location="/conventions/{convention_id}/mediations",
        example={"reason": "Les formations promises n’ont pas lieu.", "mediator": "Anne Lebrun, médiatrice"},
    ),
    Endpoint(
        "POST",
        _ONE + "/proposals",
        mediation.ProposeInMediation,
        "Name another mediator, or write what was agreed on",
        example={"part": "agreement", "revision": 0, "text": "Trois formations par an."},
    ),
    Endpoint(
        "POST",
        _ONE + "/acceptances",
        mediation.AcceptInMediation,
        "Accept, for my party, the mediator or the agreement as it was read",
        example={"part": "mediator", "revision": 1},
    ),
    Endpoint(
        "POST",
        _ONE + "/meeting",
        mediation.PlanMediation,
        "Say when the parties meet the mediator",
        example={"meets_on": "2027-02-12"},
    ),
    Endpoint(
        "POST",
        _ONE + "/ending",
        mediation.EndMediation,
        "Decline or leave a mediation: it ends for all, without an agreement",
        example={"reason": "Nous ne trouvons pas d’accord."},
    ),
)
