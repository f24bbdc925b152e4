"""What happens in rooms, and whom each event is told to."""

from shared.contracts.identifiers import FileId, MessageId, OrganizationId, PersonId, RoomId, TaskId, new_id
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import MessagePosted, TaskAssigned, TaskFinished, TaskReopened
from shared.contracts.projects.room_files import RoomFileGiven
from shared.contracts.projects.rooms import RoomKind
from tests.notifications.domain.circle import ASSOCIATION, CLAIRE, CONVENTION, HOSPITAL, LISE, ODILE

ROOM, TASK = RoomId(new_id()), TaskId(new_id())
SHARED, PRIVATE = RoomKind.SHARED, RoomKind.PRIVATE


def posted(room: RoomKind, by: OrganizationId) -> MessagePosted:
    return MessagePosted(
        room_id=ROOM,
        convention_id=CONVENTION,
        room=room,
        message_id=MessageId(new_id()),
        organization_id=by,
    )


def given(room: RoomKind, by: OrganizationId) -> RoomFileGiven:
    return RoomFileGiven(
        room_id=ROOM, convention_id=CONVENTION, room=room, file_id=FileId(new_id()), organization_id=by
    )


def assigned(
    room: RoomKind, by: OrganizationId, to: OrganizationId | None, owner: PersonId | None = None
) -> TaskAssigned:
    return TaskAssigned(
        room_id=ROOM,
        convention_id=CONVENTION,
        room=room,
        task_id=TASK,
        organization_id=by,
        assigned_to=to,
        owner=owner,
    )


def finished(room: RoomKind, by: OrganizationId) -> TaskFinished:
    return TaskFinished(room_id=ROOM, convention_id=CONVENTION, room=room, task_id=TASK, organization_id=by)


ROOM_SAMPLES: list[tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]] = [
    (posted(SHARED, HOSPITAL), LISE, HOSPITAL, {ODILE: NoticeKind.MESSAGE_POSTED}),
    (posted(PRIVATE, HOSPITAL), LISE, HOSPITAL, {CLAIRE: NoticeKind.PRIVATE_MESSAGE_POSTED}),
    (posted(PRIVATE, ASSOCIATION), ODILE, ASSOCIATION, {}),
    (given(SHARED, HOSPITAL), LISE, HOSPITAL, {ODILE: NoticeKind.FILE_GIVEN}),
    (given(PRIVATE, HOSPITAL), LISE, HOSPITAL, {CLAIRE: NoticeKind.PRIVATE_FILE_GIVEN}),
    (given(PRIVATE, ASSOCIATION), ODILE, ASSOCIATION, {}),
    (assigned(SHARED, HOSPITAL, None), CLAIRE, HOSPITAL, {}),
    (assigned(SHARED, HOSPITAL, HOSPITAL), CLAIRE, HOSPITAL, {}),
    (assigned(SHARED, HOSPITAL, ASSOCIATION), CLAIRE, HOSPITAL, {ODILE: NoticeKind.TASK_ASSIGNED}),
    (assigned(SHARED, HOSPITAL, HOSPITAL, LISE), CLAIRE, HOSPITAL, {LISE: NoticeKind.TASK_ASSIGNED}),
    (assigned(SHARED, HOSPITAL, HOSPITAL, CLAIRE), CLAIRE, HOSPITAL, {}),
    (assigned(PRIVATE, HOSPITAL, HOSPITAL, LISE), CLAIRE, HOSPITAL, {LISE: NoticeKind.PRIVATE_TASK_ASSIGNED}),
    (
        TaskReopened(
            room_id=ROOM,
            convention_id=CONVENTION,
            room=SHARED,
            task_id=TASK,
            organization_id=ASSOCIATION,
            assigned_to=HOSPITAL,
            owner=LISE,
        ),
        ODILE,
        ASSOCIATION,
        {LISE: NoticeKind.TASK_ASSIGNED},
    ),
    (finished(SHARED, ASSOCIATION), ODILE, ASSOCIATION, {CLAIRE: NoticeKind.TASK_DONE}),
    (finished(PRIVATE, ASSOCIATION), ODILE, ASSOCIATION, {}),
]
