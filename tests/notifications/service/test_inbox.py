"""The inbox: what lies in which drawer, who sees it, and what moves it."""

import asyncio
from typing import Any

import psycopg
import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.events import MandateDeclined
from shared.contracts.identifiers import (
    IndicatorId,
    NoticeId,
    OrganizationId,
    PersonId,
    ProjectId,
    new_id,
)
from shared.contracts.messages import Request
from shared.contracts.notifications.commands import FileNotice, ReadAllNotices, ReadNotice
from shared.contracts.notifications.queries import (
    CountUnread,
    ListNotices,
    NoticeKind,
    NoticeReason,
    Notices,
    NoticeState,
    NoticeView,
)
from shared.contracts.notifications.refusals import NoticeNotFound
from shared.contracts.projects.events import (
    ConventionActivated,
    ConventionSigned,
    IndicatorAgreed,
    IndicatorProposed,
    SignaturesVoided,
    VoidReason,
)
from shared.contracts.refusals import NotSignedIn
from shared.kit.asking import Asker, R
from tests.notifications.service.conftest import Ledger, Start
from tests.notifications.service.partnership import HASH, SIGN_BEFORE, Partnership, Someone
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase

TO_DO, TO_READ, FILED = NoticeState.TO_DO, NoticeState.TO_READ, NoticeState.FILED


class Inbox:
    """Somebody's inbox, through the requests that web makes."""

    def __init__(self, asker: Asker, someone: Someone) -> None:
        self._asker = asker
        self._actor = someone.actor

    async def ask(self, request: Request[R]) -> R:
        return await self._asker.ask(request, actor=self._actor, timeout_seconds=10)

    async def drawer(self, state: NoticeState, **given: Any) -> Notices:
        return await self.ask(ListNotices(state=state, **given))

    async def kinds(self, state: NoticeState) -> list[NoticeKind]:
        return [notice.kind for notice in (await self.drawer(state)).notices]

    async def has(self, state: NoticeState, *kinds: NoticeKind) -> bool:
        return sorted(await self.kinds(state)) == sorted(kinds)

    async def only(self, state: NoticeState) -> NoticeView:
        [notice] = (await self.drawer(state)).notices
        return notice


@pytest.fixture
async def claire(notifications: None, partnership: Partnership, asker: Asker) -> Inbox:
    """Claire's inbox, once the negotiation is open."""
    await partnership.begin()
    inbox = Inbox(asker, partnership.claire)
    await eventually(lambda: inbox.has(TO_READ, NoticeKind.MANDATE_ACCEPTED, NoticeKind.NEGOTIATION_OPENED))
    return inbox


@pytest.fixture
def odile(claire: Inbox, partnership: Partnership, asker: Asker) -> Inbox:
    """Odile's inbox, on the other side."""
    return Inbox(asker, partnership.odile)


@pytest.fixture
def paul(claire: Inbox, partnership: Partnership, asker: Asker) -> Inbox:
    """Paul's inbox: he signs for Odile's association."""
    return Inbox(asker, partnership.paul)


async def test_a_notice_says_what_who_about_what_and_why(claire: Inbox, partnership: Partnership) -> None:
    proposed = partnership.proposal()
    await partnership.tell(proposed, by=partnership.odile)
    await eventually(lambda: claire.has(TO_DO, NoticeKind.CLAUSE_PROPOSED))

    async def sent() -> bool:
        return (await claire.only(TO_DO)).deliveries[0].state == "sent"

    await eventually(sent)
    notice = await claire.only(TO_DO)
    assert (notice.convention_id, notice.clause_id) == (partnership.convention, proposed.clause_id)
    assert notice.actor_person_id == partnership.odile.person_id
    assert notice.actor_organization_id == partnership.association
    assert notice.because is NoticeReason.REFERENT
    assert not notice.read
    [delivery] = notice.deliveries
    assert (delivery.channel, delivery.state) == ("email", "sent")
    assert delivery.at is not None


async def test_the_actor_s_own_inbox_stays_empty(
    odile: Inbox, partnership: Partnership, claire: Inbox
) -> None:
    before = await odile.kinds(TO_READ)
    await partnership.tell(partnership.proposal(), by=partnership.odile)
    await eventually(lambda: claire.has(TO_DO, NoticeKind.CLAUSE_PROPOSED))
    assert await odile.kinds(TO_READ) == before
    assert await odile.kinds(TO_DO) == []


async def test_reading_what_informs_files_it(claire: Inbox) -> None:
    first, second = (await claire.drawer(TO_READ)).notices
    assert (await claire.ask(CountUnread())).unread == 2
    await claire.ask(ReadNotice(notice_id=first.notice_id))
    again = await claire.ask(ReadNotice(notice_id=first.notice_id))
    assert again.version == 3
    assert (await claire.ask(CountUnread())).unread == 1
    assert [it.notice_id for it in (await claire.drawer(TO_READ)).notices] == [second.notice_id]
    filed = await claire.only(FILED)
    assert filed.notice_id == first.notice_id
    assert filed.read


async def test_reading_what_asks_for_an_act_leaves_it_to_do(claire: Inbox, partnership: Partnership) -> None:
    await partnership.tell(partnership.proposal(), by=partnership.odile)
    await eventually(lambda: claire.has(TO_DO, NoticeKind.CLAUSE_PROPOSED))
    notice = await claire.only(TO_DO)
    await claire.ask(ReadNotice(notice_id=notice.notice_id))
    assert (await claire.only(TO_DO)).read
    counts = await claire.ask(CountUnread())
    assert (counts.unread, counts.to_do) == (2, 1)


async def test_a_notice_can_be_put_away_once(claire: Inbox) -> None:
    notice = (await claire.drawer(TO_READ)).notices[0]
    assert (await claire.ask(FileNotice(notice_id=notice.notice_id))).version == 2
    assert (await claire.ask(FileNotice(notice_id=notice.notice_id))).version == 2
    assert (await claire.only(FILED)).notice_id == notice.notice_id


async def test_all_can_be_read_at_once(claire: Inbox, partnership: Partnership) -> None:
    await partnership.tell(partnership.proposal(), by=partnership.odile)
    await eventually(lambda: claire.has(TO_DO, NoticeKind.CLAUSE_PROPOSED))
    await claire.ask(ReadAllNotices())
    counts = await claire.ask(CountUnread())
    assert (counts.unread, counts.to_do) == (0, 1)
    assert await claire.kinds(TO_READ) == []


async def test_pages_follow_one_another_without_gap_or_double(
    claire: Inbox, partnership: Partnership
) -> None:
    for _ in range(5):
        await partnership.tell(partnership.proposal(), by=partnership.odile)
    await eventually(lambda: claire.has(TO_DO, *[NoticeKind.CLAUSE_PROPOSED] * 5))
    whole = [it.notice_id for it in (await claire.drawer(TO_DO)).notices]
    assert whole == sorted(whole, reverse=True)
    found: list[NoticeId] = []
    before: Any = None
    for expected in (2, 2, 1):
        page = await claire.drawer(TO_DO, limit=2, before=before)
        assert len(page.notices) == expected
        found += [it.notice_id for it in page.notices]
        before = page.next_before
    assert before is None
    assert found == whole


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


# ------------------------------------------------------ what settles by itself


async def test_an_answered_mandate_leaves_the_first_drawer(
    notifications: None, partnership: Partnership, asker: Asker
) -> None:
    odile = Inbox(asker, partnership.odile)
    await partnership.draft()
    asked = partnership.mandate(partnership.odile, proposed_by=partnership.hospital)
    await partnership.tell(asked, by=partnership.claire)
    await eventually(lambda: odile.has(TO_DO, NoticeKind.MANDATE_PROPOSED))
    declined = MandateDeclined.model_validate(asked.model_dump())
    await partnership.tell(declined, by=partnership.odile)
    await eventually(lambda: odile.has(FILED, NoticeKind.MANDATE_PROPOSED))
    assert await odile.kinds(TO_DO) == []


def signature(partnership: Partnership, someone: Someone) -> ConventionSigned:
    return ConventionSigned(
        convention_id=partnership.convention,
        organization_id=someone.organization_id,
        person_id=someone.person_id,
        sealed_hash=HASH,
    )


async def test_signatures_are_awaited_given_and_told(
    claire: Inbox, odile: Inbox, paul: Inbox, partnership: Partnership
) -> None:
    await partnership.tell(partnership.sealing(), by=partnership.odile)
    await eventually(lambda: paul.has(TO_DO, NoticeKind.SIGNATURE_AWAITED))
    # Claire is référente and signs: one notice, the one that asks.
    assert await claire.kinds(TO_DO) == [NoticeKind.SIGNATURE_AWAITED]
    assert NoticeKind.TEXT_SEALED not in await claire.kinds(TO_READ)
    first = await claire.only(TO_DO)

    await partnership.tell(signature(partnership, partnership.paul), by=partnership.paul)
    await eventually(lambda: paul.has(TO_DO))
    # She is asked again, by one notice at a time.
    assert (await claire.only(TO_DO)).notice_id != first.notice_id

    await partnership.tell(signature(partnership, partnership.claire), by=partnership.claire)
    active = ConventionActivated(
        convention_id=partnership.convention, starts_on=SIGN_BEFORE, ends_on=SIGN_BEFORE
    )
    await partnership.tell(active, by=partnership.claire)
    await eventually(lambda: paul.has(TO_READ, NoticeKind.CONVENTION_ACTIVE))
    assert await claire.kinds(TO_DO) == []
    assert NoticeKind.CONVENTION_ACTIVE in await odile.kinds(TO_READ)
    assert NoticeKind.CONVENTION_SIGNED not in await odile.kinds(TO_READ)


async def test_voided_signatures_are_told_to_those_who_had_signed(
    claire: Inbox, paul: Inbox, partnership: Partnership
) -> None:
    await partnership.tell(partnership.sealing(), by=partnership.odile)
    await partnership.tell(signature(partnership, partnership.paul), by=partnership.paul)
    voided = SignaturesVoided(
        convention_id=partnership.convention,
        reason=VoidReason.EDIT,
        organization_id=partnership.hospital,
        voided=(partnership.paul.person_id,),
    )
    await partnership.tell(voided, by=partnership.claire)
    await eventually(lambda: paul.has(TO_READ, NoticeKind.SIGNATURES_VOIDED))
    notice = await paul.only(TO_READ)
    assert notice.because is NoticeReason.SIGNED
    assert await claire.kinds(TO_DO) == []


async def test_an_indicator_is_asked_about_until_it_is_agreed(
    claire: Inbox, partnership: Partnership
) -> None:
    ids = {
        "indicator_id": IndicatorId(new_id()),
        "project_id": ProjectId(new_id()),
        "convention_id": partnership.convention,
    }
    proposed = IndicatorProposed.model_validate(ids | {"organization_id": partnership.association})
    await partnership.tell(proposed, by=partnership.odile)
    await eventually(lambda: claire.has(TO_DO, NoticeKind.INDICATOR_PROPOSED))
    agreed = IndicatorAgreed.model_validate(ids | {"organization_id": partnership.hospital})
    await partnership.tell(agreed, by=partnership.claire)
    await eventually(lambda: claire.has(TO_DO))


async def test_facts_of_contacts_that_come_late_are_waited_for(
    notifications: None, partnership: Partnership, asker: Asker
) -> None:
    claire, odile = Inbox(asker, partnership.claire), Inbox(asker, partnership.odile)
    await partnership.draft()
    await partnership.tell(partnership.proposal(), by=partnership.odile)
    opened = await partnership.tell(partnership.opening())
    assert opened.version == 3
    for someone in (partnership.claire, partnership.odile):
        proposed = partnership.mandate(someone)
        await partnership.tell(proposed, by=someone)
        await partnership.tell(partnership.acceptance(proposed), by=someone)
    await eventually(lambda: contains(odile, NoticeKind.NEGOTIATION_OPENED))
    await eventually(lambda: contains(claire, NoticeKind.NEGOTIATION_OPENED))


async def contains(inbox: Inbox, kind: NoticeKind) -> bool:
    return kind in await inbox.kinds(TO_READ)


# ------------------------------------------------------ what the others hear


async def test_every_change_is_announced_in_order(claire: Inbox, ledger: Ledger) -> None:
    notice = (await claire.drawer(TO_READ)).notices[0]
    await claire.ask(ReadNotice(notice_id=notice.notice_id))

    def published() -> list[str]:
        rows = ledger.rows(
            "SELECT type, published_at FROM event_log WHERE aggregate_id = %s ORDER BY version",
            notice.notice_id,
        )
        return [row["type"] for row in rows if row["published_at"]]

    expected = [f"entente.notifications.notice.{fact}.v1" for fact in ("created", "read", "filed")]
    await eventually(lambda: published() == expected)


async def test_acts_that_race_for_one_notice_leave_one_history(claire: Inbox, ledger: Ledger) -> None:
    notice = (await claire.drawer(TO_READ)).notices[0]
    acts: list[Request[Any]] = [
        ReadNotice(notice_id=notice.notice_id),
        FileNotice(notice_id=notice.notice_id),
        ReadAllNotices(),
    ]
    await asyncio.gather(*(claire.ask(act) for act in acts * 4))
    [row] = ledger.rows(
        "SELECT n.version, count(*) AS events, n.state FROM notices n JOIN event_log e ON e.aggregate_id = n.notice_id "
        "WHERE n.notice_id = %s GROUP BY n.notice_id",
        notice.notice_id,
    )
    assert row["version"] == row["events"]
    assert row["state"] == "filed"
    assert (await claire.ask(CountUnread())).unread == 0


# ------------------------------------------------------ what the database refuses


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


async def test_a_hundred_thousand_notices_open_by_their_index(
    start: Start, partnership: Partnership, asker: Asker, ledger: Ledger
) -> None:
    someone = partnership.claire
    ledger.rows(
        "INSERT INTO notices (notice_id, event_id, recipient, as_organization, kind, because, state, version,"
        " created_at, read_at, convention_id) SELECT gen_random_uuid(), gen_random_uuid(), %s, %s, 'comment_added',"
        " 'referent', CASE WHEN n %% 50 = 0 THEN 'to_read' ELSE 'filed' END, 1, now(),"
        " CASE WHEN n %% 50 = 0 THEN NULL ELSE now() END, %s FROM generate_series(1, 100000) AS n",
        someone.person_id,
        someone.organization_id,
        partnership.convention,
    )
    ledger.rows("ANALYZE notices")
    async with start():
        inbox = Inbox(asker, someone)
        first = await inbox.drawer(FILED)
        assert (len(first.notices), first.unread) == (50, 2_000)
    plans = ledger.rows(
        "EXPLAIN SELECT * FROM notices WHERE recipient = %s AND state = 'filed' ORDER BY notice_id DESC LIMIT 51",
        someone.person_id,
    )
    plan = "\n".join(row["QUERY PLAN"] for row in plans)
    assert "notices_drawer" in plan
    assert "Sort" not in plan
