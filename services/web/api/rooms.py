"""Rooms: messages, tasks and files. Which of the two rooms is said by `room`, in the query string or the body."""

from services.web.api.endpoint import Endpoint
from shared.contracts.projects import room_files, rooms

_ID = "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"

ENDPOINTS = (
    Endpoint(
        "GET",
        "/conventions/{convention_id}/rooms",
        rooms.ListRooms,
        "The shared room and the private one of my organisation, with what is new",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/rooms/reading",
        rooms.ReadRoom,
        "Remember that I have read a room up to this version",
        example={"room": "shared", "version": 12},
    ),
    Endpoint(
        "GET",
        "/conventions/{convention_id}/messages",
        rooms.ListMessages,
        "What was written in a room, newest first",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/messages",
        rooms.PostMessage,
        "Write in a room",
        makes="message_id",
        location="/conventions/{convention_id}/messages",
        example={"room": "shared", "text": "La salle est réservée pour jeudi."},
    ),
    Endpoint(
        "GET",
        "/conventions/{convention_id}/tasks",
        rooms.ListTasks,
        "The tasks of a room: to do, or done",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/tasks",
        rooms.AddTask,
        "Add a task to a room",
        makes="task_id",
        location="/conventions/{convention_id}/tasks/{task_id}",
        example={"room": "private", "title": "Réserver la salle", "owner": _ID, "due_on": "2027-01-15"},
    ),
    Endpoint("GET", "/conventions/{convention_id}/tasks/{task_id}", rooms.GetTask, "One task"),
    Endpoint(
        "PATCH",
        "/conventions/{convention_id}/tasks/{task_id}",
        rooms.ChangeTask,
        "Reword, date or hand over a task that is not done",
        example={
            "room": "shared",
            "revision": 1,
            "title": "Réserver la grande salle",
            "due_on": "2027-01-20",
        },
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/tasks/{task_id}/finishing",
        rooms.FinishTask,
        "Say that a task is done",
        example={"room": "shared"},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/tasks/{task_id}/reopening",
        rooms.ReopenTask,
        "Say that a task was not done after all",
        example={"room": "shared"},
    ),
    Endpoint(
        "GET",
        "/conventions/{convention_id}/files",
        room_files.ListRoomFiles,
        "The files of a room, newest first",
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/files",
        room_files.GiveRoomFile,
        "Put a file into a room",
        makes="file_id",
        location="/conventions/{convention_id}/files/{file_id}",
        example={"room": "shared", "name": "planning.pdf"},
        takes_file=True,
        in_room=True,
    ),
    Endpoint(
        "GET",
        "/conventions/{convention_id}/files/{file_id}",
        room_files.GetRoomFile,
        "What is known of one file; its bytes are at `content`",
    ),
    Endpoint(
        "DELETE",
        "/conventions/{convention_id}/files/{file_id}",
        room_files.RemoveRoomFile,
        "Take a file that my side gave out of a room",
        example={"room": "shared"},
    ),
    Endpoint(
        "GET",
        "/rooms/search",
        rooms.SearchRooms,
        "Look for words in the rooms that I may enter, of one convention or of all",
        example={"text": "bénévoles"},
    ),
)
