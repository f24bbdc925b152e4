"""Rooms as their pages show them: who reads, what was written, what is to be done."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.web.pages.colleagues import colleagues_of
from services.web.pages.forms import Form
from services.web.pages.names import Names, Person, names_of
from services.web.visits import Visit
from services.web.wording.rooms import NAMES, SLUGS, room_url, task_url
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId, TaskId
from shared.contracts.projects.queries import NameSubjects
from shared.contracts.projects.refusals import RoomNotFound
from shared.contracts.projects.rooms import ListRooms, MessageView, RoomKind, RoomView, TaskView
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris

NOBODY = "personne"


@dataclass(frozen=True, slots=True)
class Tab:
    """A room in the switch between rooms."""

    name: str
    url: str
    unread: int
    open_tasks: int
    current: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """An organisation whose members read the room."""

    name: str
    side: Side
    is_mine: bool
    observes: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A message."""

    author: Person
    at: datetime
    text: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does a task: a side, or a person of it."""

    name: str
    organization: str
    side: Side
    is_me: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A task in its list."""

    id: TaskId
    title: str
    url: str
    doer: Doer | None
    due_on: date | None
    late: bool
    done_at: datetime | None
    done_by: Person | None


@dataclass(frozen=True, slots=True)
class Entered:
    """A convention's rooms, as somebody enters one of them."""

    convention_id: ConventionId
    title: str
    rooms: tuple[RoomView, ...]
    room: RoomView
    observes: bool
    """Whether the reader's organisation is no party: the convention's other pages are not hers."""

    @property
    def url(self) -> str:
        """The page of this room."""
        return room_url(self.convention_id, self.room.room)

    @property
    def live_url(self) -> str:
        """The stream of what happens in it after what the page shows."""
        slug = SLUGS[self.room.room]
        return f"/evenements?convention={self.convention_id}&salle={slug}&version={self.room.version}"

    @property
    def facts(self) -> dict[str, object]:
        """What every page of a room says of it."""
        return {
            "kind": self.room.room,
            "name": NAMES[self.room.room],
            "url": self.url,
            "version": self.room.version,
            "may_write": self.room.may_write,
            "files": self.room.files,
            "observes": self.observes,
            "convention": {"id": self.convention_id, "title": self.title},
        }

    @property
    def tabs(self) -> list[Tab]:
        """The switch between the rooms."""
        return tabs_of(self.convention_id, self.rooms, self.room.room)


def tabs_of(
    convention_id: ConventionId, rooms: Iterable[RoomView], current: RoomKind | None = None
) -> list[Tab]:
    """The rooms that somebody may enter, with what is new in them."""
    return [
        Tab(NAMES[it.room], room_url(convention_id, it.room), it.unread, it.open_tasks, it.room is current)
        for it in rooms
    ]


def room_paths(rest: str = "") -> list[str]:
    """The addresses of the same page of both rooms."""
    return [f"/conventions/{{convention_id:uuid}}/salles/{slug}{rest}" for slug in SLUGS.values()]


def room_in(visit: Visit) -> RoomKind:
    """Which room the address names."""
    slug = visit.scope["path"].split("/")[4]
    return next(room for room, it in SLUGS.items() if it == slug)


async def enter(visit: Visit, convention_id: ConventionId) -> Entered:
    """Ask for the room that the address names, and its neighbours."""
    wanted = room_in(visit)
    for entered in await enter_all(visit, convention_id):
        if entered.room.room is wanted:
            return entered
    raise RoomNotFound


async def enter_all(visit: Visit, convention_id: ConventionId) -> list[Entered]:
    """Every room of a convention that the visitor enters, the shared one first."""
    gateway, actor = visit.web.gateway, visit.actor
    found, titles = await asyncio.gather(
        gateway.ask(ListRooms(convention_id=convention_id), actor),
        gateway.ask(NameSubjects(ids=(convention_id,)), actor),
    )
    title, mine = titles.titles.get(convention_id, ""), actor.organization_id
    return [
        Entered(convention_id, title, found.rooms, room, observes=mine in room.observers)
        for room in found.rooms
    ]


def readers_of(room: RoomView, names: Names, mine: OrganizationId | None) -> list[Reader]:
    """Who reads the room: the establishments first, who observes last."""
    readers = [
        Reader(names.organization(it), names.side(it), it == mine, it in room.observers)
        for it in room.readers
    ]
    return sorted(
        readers,
        key=lambda it: (it.observes, it.side is not Side.ESTABLISHMENT, it.side is not Side.ASSOCIATION),
    )


def written(view: MessageView, names: Names) -> Written:
    """One message."""
    return Written(names.who(view.person_id, view.organization_id), view.written_at, view.text, view.is_new)


def task_of(view: TaskView, names: Names, convention_id: ConventionId, room: RoomKind) -> Task:
    """One task."""
    return Task(
        id=view.task_id,
        title=view.title,
        url=task_url(convention_id, room, view.task_id),
        doer=_doer(view, names),
        due_on=view.due_on,
        late=not view.finished_at and view.due_on is not None and view.due_on < today_in_paris(),
        done_at=view.finished_at,
        done_by=names.who(view.finished_by_person, view.finished_by) if view.finished_at else None,
    )


async def names_in(
    visit: Visit,
    room: RoomView,
    *,
    messages: Iterable[MessageView] = (),
    tasks: Iterable[TaskView] = (),
    others: tuple[Iterable[UUID], Iterable[UUID]] = ((), ()),
) -> Names:
    """Everybody whom the page of a room names; `others` are people and organisations."""
    messages, tasks = list(messages), list(tasks)
    return await names_of(
        visit,
        people=[
            *(it.person_id for it in messages),
            *(it.owner for it in tasks),
            *(it.added_by_person for it in tasks),
            *(it.finished_by_person for it in tasks),
            *others[0],
        ],
        organizations=[
            *room.readers,
            *(it.organization_id for it in messages),
            *(it.added_by for it in tasks),
            *others[1],
        ],
    )


async def doers(
    visit: Visit, room: RoomView, names: Names, task: TaskView | None = None
) -> list[dict[str, str]]:
    """Who a task can be given to: nobody in particular, a side, or somebody of one's own side."""
    mine = visit.actor.organization_id
    options = [
        {"value": NOBODY, "label": "Personne en particulier"},
        *(
            {"value": f"{mine}:{it.person_id}", "label": it.name + (" (vous)" if it.is_me else "")}
            for it in await colleagues_of(visit)
        ),
    ]
    options += [
        {"value": f"{it}:", "label": names.organization(it)}
        for it in room.readers
        if it not in room.observers
    ]
    if task and given(task) not in {it["value"] for it in options}:
        # Somebody of the other side, whom only that side can name.
        options.append({"value": given(task), "label": names.person(task.owner)})
    return options


def given(task: TaskView) -> str:
    """Who does a task, as the form says it."""
    return f"{task.organization_id}:{task.owner or ''}" if task.organization_id else NOBODY


def given_in(form: Form) -> tuple[UUID | None, PersonId | None]:
    """The side and the person whom the form names."""
    organization, _, person = form.text("doer").partition(":")
    return _identifier(organization), PersonId(it) if (it := _identifier(person)) else None


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _doer(view: TaskView, names: Names) -> Doer | None:
    if view.organization_id is None:
        return None
    organization = names.organization(view.organization_id)
    return Doer(
        name=names.person(view.owner) if view.owner else organization,
        organization=organization,
        side=names.side(view.organization_id),
        is_me=view.owner == names.me,
    )
