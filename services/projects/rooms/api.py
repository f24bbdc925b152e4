"""The requests about rooms that this service answers. Translation only."""

from services.projects.rooms.commands.add_task import add_task
from services.projects.rooms.commands.change_task import change_task
from services.projects.rooms.commands.finish_task import finish_task
from services.projects.rooms.commands.give_room_file import give_room_file
from services.projects.rooms.commands.post_message import post_message
from services.projects.rooms.commands.read_room import read_room
from services.projects.rooms.commands.remove_room_file import remove_room_file
from services.projects.rooms.commands.reopen_task import reopen_task
from services.projects.rooms.queries.files import get_room_file, list_room_files
from services.projects.rooms.queries.messages import list_messages
from services.projects.rooms.queries.search import search_rooms
from services.projects.rooms.queries.tasks import get_task, list_tasks
from services.projects.rooms.queries.views import list_rooms
from shared.contracts.messages import Done
from shared.contracts.projects.room_files import (
    GetRoomFile,
    GiveRoomFile,
    ListRoomFiles,
    RemoveRoomFile,
    RoomFiles,
    RoomFileView,
)
from shared.contracts.projects.rooms import (
    AddTask,
    ChangeTask,
    FinishTask,
    GetTask,
    Hits,
    ListMessages,
    ListRooms,
    ListTasks,
    Messages,
    PostMessage,
    ReadRoom,
    ReopenTask,
    Rooms,
    SearchRooms,
    Tasks,
    TaskView,
)
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(PostMessage))
async def handle_post_message(command: PostMessage, actor: CurrentActor, tx: InTransaction) -> Done:
    return await post_message(command, actor, tx)


@router.subscriber(**answers(AddTask))
async def handle_add_task(command: AddTask, actor: CurrentActor, tx: InTransaction) -> Done:
    return await add_task(command, actor, tx)


@router.subscriber(**answers(ChangeTask))
async def handle_change_task(command: ChangeTask, actor: CurrentActor, tx: InTransaction) -> Done:
    return await change_task(command, actor, tx)


@router.subscriber(**answers(FinishTask))
async def handle_finish_task(command: FinishTask, actor: CurrentActor, tx: InTransaction) -> Done:
    return await finish_task(command, actor, tx)


@router.subscriber(**answers(ReopenTask))
async def handle_reopen_task(command: ReopenTask, actor: CurrentActor, tx: InTransaction) -> Done:
    return await reopen_task(command, actor, tx)


@router.subscriber(**answers(GiveRoomFile))
async def handle_give_room_file(command: GiveRoomFile, actor: CurrentActor, tx: InTransaction) -> Done:
    return await give_room_file(command, actor, tx)


@router.subscriber(**answers(RemoveRoomFile))
async def handle_remove_room_file(command: RemoveRoomFile, actor: CurrentActor, tx: InTransaction) -> Done:
    return await remove_room_file(command, actor, tx)


@router.subscriber(**answers(ReadRoom))
async def handle_read_room(command: ReadRoom, actor: CurrentActor, tx: InTransaction) -> Done:
    return await read_room(command, actor, tx)


@router.subscriber(**answers(ListRooms))
async def handle_list_rooms(query: ListRooms, actor: CurrentActor, tx: InTransaction) -> Rooms:
    return await list_rooms(query, actor, tx)


@router.subscriber(**answers(ListMessages))
async def handle_list_messages(query: ListMessages, actor: CurrentActor, tx: InTransaction) -> Messages:
    return await list_messages(query, actor, tx)


@router.subscriber(**answers(ListTasks))
async def handle_list_tasks(query: ListTasks, actor: CurrentActor, tx: InTransaction) -> Tasks:
    return await list_tasks(query, actor, tx)


@router.subscriber(**answers(GetTask))
async def handle_get_task(query: GetTask, actor: CurrentActor, tx: InTransaction) -> TaskView:
    return await get_task(query, actor, tx)


@router.subscriber(**answers(ListRoomFiles))
async def handle_list_room_files(query: ListRoomFiles, actor: CurrentActor, tx: InTransaction) -> RoomFiles:
    return await list_room_files(query, actor, tx)


@router.subscriber(**answers(GetRoomFile))
async def handle_get_room_file(query: GetRoomFile, actor: CurrentActor, tx: InTransaction) -> RoomFileView:
    return await get_room_file(query, actor, tx)


@router.subscriber(**answers(SearchRooms))
async def handle_search_rooms(query: SearchRooms, actor: CurrentActor, tx: InTransaction) -> Hits:
    return await search_rooms(query, actor, tx)
