"""Nobody sees, changes or guesses another person's notices."""

from typing import Any

import psycopg
import pytest

from shared.contracts.actor import Actor
from shared.contracts.identifiers import (
    NoticeId,
    OrganizationId,
    PersonId,
    new_id,
)
from shared.contracts.notifications.commands import FileNotice, ReadNotice
from shared.contracts.notifications.queries import (
    ListNotices,
    NoticeState,
)
from shared.contracts.notifications.refusals import NoticeNotFound
from shared.contracts.refusals import NotSignedIn
from shared.kit.asking import Asker
from tests.notifications.service.inbox import Inbox
from tests.support.servers import FreshDatabase

TO_DO, TO_READ, FILED = NoticeState.TO_DO, NoticeState.TO_READ, NoticeState.FILED


async def test_somebody_else_s_notice_is_as_one_that_does_not_exist(claire: Inbox, odile: Inbox) -> None:
    notice = (await claire.drawer(TO_READ)).notices[0]
    for command in (ReadNotice, FileNotice):
        for unknown in (notice.notice_id, NoticeId(new_id())):
            with pytest.raises(NoticeNotFound):
                await odile.ask(command(notice_id=unknown))
    assert not (await claire.drawer(TO_READ)).notices[0].read


async def test_nobody_in_particular_has_no_inbox(notifications: None, asker: Asker) -> None:
    with pytest.raises(NotSignedIn):
        await asker.ask(ListNotices())


async def test_a_stranger_s_inbox_is_empty(claire: Inbox, asker: Asker) -> None:
    stranger = Actor(PersonId(new_id()), OrganizationId(new_id()))
    for state in NoticeState:
        notices = await asker.ask(ListNotices(state=state), actor=stranger)
        assert (notices.notices, notices.unread, notices.to_do) == ((), 0, 0)


def test_without_an_actor_nothing_is_visible_and_with_one_only_one_s_own(
    notifications_database: FreshDatabase,
) -> None:
    me, other = new_id(), new_id()
    with psycopg.connect(notifications_database.url) as connection:
        act(connection, "service")
        for recipient in (me, other):
            connection.execute(
                "INSERT INTO notices (notice_id, event_id, recipient, as_organization, kind, because, state, version,"
                " created_at, convention_id) VALUES (%s, %s, %s, %s, 'text_sealed', 'referent', 'to_read', 1, now(), %s)",
                (new_id(), new_id(), recipient, new_id(), new_id()),
            )
        assert count(connection) == 2
        act(connection, "person", str(me))
        assert count(connection) == 1
        changed = connection.execute("UPDATE notices SET state = 'filed' WHERE recipient = %s", (other,))
        assert changed.rowcount == 0
        act(connection, "")
        assert count(connection) == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE notices SET recipient = %s", (me,))


def test_people_never_see_the_projections(notifications_database: FreshDatabase) -> None:
    with psycopg.connect(notifications_database.url) as connection:
        act(connection, "service")
        connection.execute("INSERT INTO conventions (convention_id) VALUES (%s)", (new_id(),))
        act(connection, "person", str(new_id()))
        for table in ("conventions", "parties", "mandates", "affiliations", "project_leads"):
            rows = connection.execute(f"SELECT FROM {table}".encode()).fetchall()
            assert rows == []


def act(connection: psycopg.Connection[Any], role: str, person: str = "") -> None:
    connection.execute(
        "SELECT set_config('entente.role', %s, true), set_config('entente.person', %s, true)", (role, person)
    )


def count(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute("SELECT count(*) FROM notices").fetchone()
    assert row is not None
    return row[0]
