"""Files of rooms as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.web.pages.names import Names, Person
from services.web.wording.rooms import file_url
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.room_files import RoomFileView
from shared.contracts.projects.rooms import RoomKind


@dataclass(frozen=True, slots=True)
class Given:
    """A file in its list."""

    url: str
    file: GivenFile
    author: Person
    at: datetime
    is_new: bool
    may_remove: bool


def given_files(
    views: Iterable[RoomFileView], names: Names, convention_id: ConventionId, room: RoomKind
) -> list[Given]:
    """Files, in the order in which they came."""
    return [
        Given(
            url=file_url(convention_id, room, it.file_id),
            file=it.file,
            author=names.who(it.person_id, it.organization_id),
            at=it.given_at,
            is_new=it.is_new,
            may_remove=it.may_remove,
        )
        for it in views
    ]


def givers(views: Iterable[RoomFileView]) -> tuple[list[UUID], list[UUID]]:
    """The people and the organisations that files name."""
    views = list(views)
    return [it.person_id for it in views], [it.organization_id for it in views]
