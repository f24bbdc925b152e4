"""What conventions promise, as dated obligations, and what each party says of them."""

from services.web.api.endpoint import Endpoint
from shared.contracts.projects import promises

ENDPOINTS = (
    Endpoint(
        "GET",
        "/conventions/{convention_id}/obligations",
        promises.GetPromises,
        "What a convention promises, with its days and the words of each party",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/obligations/{obligation_id}/keeping",
        promises.KeepObligation,
        "Say, for my party, that an obligation was kept",
        example={"kept_on": "2027-03-12", "remark": "Compte rendu dans la salle commune."},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/obligations/{obligation_id}/contesting",
        promises.ContestObligation,
        "Say, for my party, that an obligation was not kept",
        example={"remark": "La salle n’était pas libre."},
    ),
)
