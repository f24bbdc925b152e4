"""Let an amendment enter into force on its day, for the clock of the service."""

from datetime import date

from services.projects.conventions import storage
from services.projects.conventions.entering import save_signed
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.queries import ConventionState
from shared.kit import clock
from shared.kit.database import Transaction


async def enter_amendment(tx: Transaction, amendment_id: ConventionId, today: date) -> int:
    """Returns how many facts that made of the amendment. Done again, by whomever, it changes nothing."""
    amendment = await storage.find_convention_as_service(tx, amendment_id)
    if amendment is None or amendment.state is not ConventionState.SIGNED:
        return 0
    return await save_signed(tx, amendment, [], clock.now(), today) - amendment.version
