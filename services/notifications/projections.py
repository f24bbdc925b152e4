"""What notifications keeps of other services' events and could make again from them."""

from services.notifications.recipients import subscribers as recipients
from shared.backbone.projections import Projection

PROJECTIONS = (
    Projection(
        "recipients",
        ("conventions", "parties", "mandates", "affiliations", "delegations", "project_leads"),
        recipients.subscribers,
    ),
)
