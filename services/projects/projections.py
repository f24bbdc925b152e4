"""What projects keeps of other services' events and could make again from them."""

from services.projects.authority import subscribers as authority
from services.projects.overview import subscribers as overview
from shared.backbone.projections import Projection

PROJECTIONS = (
    Projection(
        "authority", ("organizations", "affiliations", "mandates", "delegations"), authority.subscribers
    ),
    Projection("witnesses", ("witnessed_events",), overview.subscribers),
)
