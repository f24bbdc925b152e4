"""What contacts keeps of other services' events and could make again from them."""

from services.contacts.partnerships import subscribers as partnerships
from shared.backbone.projections import Projection

PROJECTIONS = (Projection("partnerships", ("party", "observer"), partnerships.subscribers),)
