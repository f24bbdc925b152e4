"""Before bytes are taken: may this person give files here at all?"""

from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.queries import Act, ConventionState, GetConvention
from shared.contracts.projects.refusals import (
    NegotiationNotOpen,
    NotAReferent,
    RoomNotFound,
    RoomNotOpen,
    RoomReadOnly,
)
from shared.contracts.projects.rooms import ListRooms, RoomKind
from shared.contracts.refusals import InvalidRequest

_OPEN_TO_CHANGES = frozenset(
    {
        ConventionState.DRAFT,
        ConventionState.NEGOTIATING,
        ConventionState.READY,
        ConventionState.PARTLY_SIGNED,
    }
)


async def require_may_give(visit: Visit, convention_id: ConventionId) -> None:
    """Pass if the visitor may change the text of this convention now; the command decides again once the file is there.

    Raises:
        ConventionNotFound: it does not exist, or not for her.
        NotAReferent, NegotiationNotOpen: she may not.
    """
    view = await visit.web.gateway.ask(GetConvention(convention_id=convention_id), visit.actor)
    if Act.PROPOSE in view.may:
        return
    raise NotAReferent if view.state in _OPEN_TO_CHANGES else NegotiationNotOpen(state=view.state)


async def require_may_write(visit: Visit, convention_id: ConventionId, room: str) -> None:
    """Pass if the visitor may write in this room now; the command decides again once the file is there.

    Raises:
        ConventionNotFound, RoomNotFound: it does not exist, or not for her.
        InvalidRequest: no room is called so.
        RoomNotOpen, RoomReadOnly: she may not.
    """
    found = await visit.web.gateway.ask(ListRooms(convention_id=convention_id), visit.actor)
    may_write = {it.room: it.may_write for it in found.rooms}
    if room not in set(RoomKind):
        raise InvalidRequest([{"field": "room", "reason": "enum"}])
    if (kind := RoomKind(room)) not in may_write:
        raise RoomNotFound
    if not may_write[kind]:
        # Whoever works here has a room of her own; whoever observes has none.
        raise RoomNotOpen if RoomKind.PRIVATE in may_write else RoomReadOnly
