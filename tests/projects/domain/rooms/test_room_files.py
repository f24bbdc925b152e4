"""The rules of files in a room, without a server."""

import pytest

from services.projects.rooms.domain import MOST_FILES, RoomFile, give_file, may_remove, remove_file
from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import FileId, new_id
from shared.contracts.projects.refusals import IdentifierTaken, RoomNotOpen, RoomReadOnly
from shared.contracts.projects.room_files import (
    RoomFileGiven,
    RoomFileNotFound,
    RoomFileOfOtherSide,
    RoomFileRemoved,
    TooManyRoomFiles,
)
from shared.contracts.projects.rooms import RoomKind
from tests.projects.domain.rooms.test_room_rules import (
    CLAIRE,
    HOSPITAL,
    KARIM,
    OBSERVER,
    ODILE,
    Standing,
    room,
)

FILE = GivenFile(sha256="ab" * 32, size=1200, media_type=MediaType.PDF, name="planning.pdf")
ID = FileId(new_id())
GIVEN = RoomFile(ID, FILE, HOSPITAL, CLAIRE.person_id)
GONE = RoomFile(ID, None, HOSPITAL, CLAIRE.person_id)


def test_whoever_writes_in_a_room_puts_files_into_it() -> None:
    it = room()
    (event,) = give_file(it, None, ID, FILE, ODILE)
    assert event == RoomFileGiven(
        room_id=it.room_id,
        convention_id=it.convention_id,
        room=RoomKind.SHARED,
        file_id=ID,
        organization_id=ODILE.organization_id,
    )
    with pytest.raises(RoomReadOnly):
        give_file(it, None, ID, FILE, OBSERVER)
    with pytest.raises(RoomNotOpen):
        give_file(room(negotiated=False), None, ID, FILE, CLAIRE)
    assert give_file(room(RoomKind.PRIVATE, negotiated=False), None, ID, FILE, CLAIRE)


def test_the_same_file_given_twice_is_there_once_and_its_id_names_nothing_else() -> None:
    it = room()
    assert give_file(it, GIVEN, ID, FILE, CLAIRE) == []
    for known, file, by in (
        (GIVEN, FILE, ODILE),
        (GIVEN, FILE.model_copy(update={"name": "autre.pdf"}), CLAIRE),
        (GONE, FILE, CLAIRE),
    ):
        with pytest.raises(IdentifierTaken):
            give_file(it, known, ID, file, by)


def test_a_room_holds_so_many_files_and_no_more() -> None:
    with pytest.raises(TooManyRoomFiles):
        give_file(room(files=MOST_FILES), None, ID, FILE, CLAIRE)


def test_the_side_that_gave_a_file_takes_it_out_whoever_of_it_acts() -> None:
    it, karim = room(), Standing(KARIM, HOSPITAL)
    assert may_remove(it, GIVEN, karim)
    assert not may_remove(it, GIVEN, ODILE)
    (event,) = remove_file(it, GIVEN, karim)
    assert isinstance(event, RoomFileRemoved)
    with pytest.raises(RoomFileOfOtherSide):
        remove_file(it, GIVEN, ODILE)
    with pytest.raises(RoomReadOnly):
        remove_file(it, GIVEN, OBSERVER)


def test_what_is_gone_stays_gone() -> None:
    it = room()
    assert remove_file(it, GONE, CLAIRE) == []
    with pytest.raises(RoomFileNotFound):
        remove_file(it, None, CLAIRE)
