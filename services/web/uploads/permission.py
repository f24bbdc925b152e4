"""Before bytes are taken: may this person give files here at all?"""

from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.queries import Act, ConventionState, GetConvention
from shared.contracts.projects.refusals import NegotiationNotOpen, NotAReferent


async def require_may_give(visit: Visit, convention_id: ConventionId) -> None:
    """Pass if the visitor may change the text of this convention now; the command decides again once the file is there.

    Raises:
        ConventionNotFound: it does not exist, or not for her.
        NotAReferent, NegotiationNotOpen: she may not.
    """
    view = await visit.web.gateway.ask(GetConvention(convention_id=convention_id), visit.actor)
    if Act.PROPOSE in view.may:
        return
    if view.state is ConventionState.ACTIVE:
        raise NegotiationNotOpen(state=view.state)
    raise NotAReferent
