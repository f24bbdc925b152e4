"""The inbox: what lies in which drawer, what moves it, and how it is announced."""

import asyncio
from typing import Any

from shared.contracts.identifiers import (
    NoticeId,
)
from shared.contracts.messages import Request
from shared.contracts.notifications.commands import FileNotice, ReadAllNotices, ReadNotice
from shared.contracts.notifications.queries import (
    CountUnread,
    NoticeKind,
    NoticeReason,
    NoticeState,
)
from shared.kit.asking import Asker
from tests.notifications.service.conftest import Ledger, Start
from tests.notifications.service.inbox import Inbox
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually

TO_DO, TO_READ, FILED = NoticeState.TO_DO, NoticeState.TO_READ, NoticeState.FILED


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
