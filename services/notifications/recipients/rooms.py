"""Who hears of what happens in rooms. Of a private one, its own side alone."""

from collections.abc import Iterator

from services.notifications.recipients.circle import Circle, Hearing, referents
from shared.contracts.identifiers import OrganizationId
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.contracts.projects.events import MessagePosted, TaskAssigned, TaskFinished, TaskReopened
from shared.contracts.projects.room_files import RoomFileGiven
from shared.contracts.projects.rooms import RoomKind

# What is told of something new in a room: the shared one, and a private one.
_NEW = {
    MessagePosted: (NoticeKind.MESSAGE_POSTED, NoticeKind.PRIVATE_MESSAGE_POSTED),
    RoomFileGiven: (NoticeKind.FILE_GIVEN, NoticeKind.PRIVATE_FILE_GIVEN),
}


def those_who_read_the_room(
    event: MessagePosted | RoomFileGiven, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Of a private room, its own side alone hears."""
    in_shared, in_private = _NEW[type(event)]
    if event.room is RoomKind.PRIVATE:
        own = [it for it in circle.parties if it.organization_id == event.organization_id]
        yield from referents(own, in_private)
    else:
        yield from referents(circle.others(acting), in_shared)


def those_who_do_it(
    event: TaskAssigned | TaskReopened, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """The person whom her side names; until it does, the référents of the other side that was given the task."""
    private = event.room is RoomKind.PRIVATE
    kind = NoticeKind.PRIVATE_TASK_ASSIGNED if private else NoticeKind.TASK_ASSIGNED
    if event.assigned_to is None or (private and event.assigned_to != event.organization_id):
        return
    if event.owner is not None:
        yield Hearing(event.owner, event.assigned_to, kind, NoticeReason.ASKED)
    elif event.assigned_to != acting:
        yield from referents((it for it in circle.parties if it.organization_id == event.assigned_to), kind)


def the_other_side_of_a_shared_room(
    event: TaskFinished, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Who gave or shares the task hears that it is done."""
    if event.room is RoomKind.SHARED:
        yield from referents(circle.others(acting), NoticeKind.TASK_DONE)
