"""`entente verify` finds what was changed in an event log behind the service's back, and says where."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from deploy.commands.verify import describe
from deploy.errors import CommandFailure
from deploy.reach import database_urls
from deploy.verification import MOST_BREAKS, Break, verify
from shared.contracts.identifiers import new_id
from shared.kit.database import connected
from tests.backbone.conftest import Counted, log
from tests.support.servers import FreshDatabase


async def written(database: FreshDatabase) -> Counted:
    """A log of two chains: a partnership's, with two aggregates and seq 1 to 5, and one of an aggregate alone."""
    partnership_id = new_id()
    first, second, alone = (
        Counted(partnership_id=partnership_id),
        Counted(partnership_id=partnership_id),
        Counted(),
    )
    async with connected(database.url) as producer:
        await log(producer, first, 2)
        await log(producer, second)
        await log(producer, first, 2)
        await log(producer, alone, 3)
    return first


def tamper(database: FreshDatabase, statement: str) -> None:
    with psycopg.connect(database.admin_url) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def contacts(database: Callable[[str], FreshDatabase]) -> FreshDatabase:
    return database("contacts")


async def test_a_log_that_nobody_touched_is_whole(contacts: FreshDatabase) -> None:
    await written(contacts)
    verified = await verify("contacts", contacts.url)
    assert (verified.events, verified.chains, verified.breaks) == (8, 2, [])
    assert "contacts: 8 events in 2 chains, whole" in describe(verified)


async def test_an_empty_log_is_whole(contacts: FreshDatabase) -> None:
    verified = await verify("contacts", contacts.url)
    assert (verified.events, verified.breaks) == (0, [])


@pytest.mark.parametrize(
    ("statement", "seq", "what"),
    [
        ("UPDATE event_log SET data = '{}' WHERE seq = 2", 2, "the row was changed"),
        ("UPDATE event_log SET occurred_at = now() WHERE seq = 2", 2, "the row was changed"),
        ("UPDATE event_log SET hash = sha256('') WHERE seq = 2", 2, "the row was changed"),
        (
            "UPDATE event_chain SET hash = sha256('') WHERE length = 5",
            5,
            "event_chain holds another seal than seq 5",
        ),
    ],
    ids=["content", "time", "seal", "end"],
)
async def test_a_change_is_found_where_it_is(
    contacts: FreshDatabase, statement: str, seq: int, what: str
) -> None:
    first = await written(contacts)
    tamper(contacts, statement)
    found = (await verify("contacts", contacts.url)).breaks[0]
    assert (found.chain_id, found.seq) == (first.partnership_id, seq)
    assert what in found.what


async def test_a_row_that_was_removed_is_missed_in_its_chain_and_in_its_aggregate(
    contacts: FreshDatabase,
) -> None:
    first = await written(contacts)
    tamper(contacts, "DELETE FROM event_log WHERE seq = 2")
    gap, version = (await verify("contacts", contacts.url)).breaks
    assert (gap.chain_id, gap.seq) == (first.partnership_id, 3)
    assert gap.what == "missing row: 1 of the chain is gone, at least one between seq 1 and this one"
    assert f"aggregate {first.id}: version 2 is missing" in version.what


async def test_the_last_rows_are_missed_too(contacts: FreshDatabase) -> None:
    first = await written(contacts)
    tamper(contacts, "DELETE FROM event_log WHERE seq IN (4, 5)")
    end, head = (await verify("contacts", contacts.url)).breaks
    assert end.what == "wrong end: it stops at seq 3, and event_chain counts 2 more"
    assert head.what == f"aggregate {first.id}: event_head says version 4, the log has version 2"


async def test_the_first_rows_are_missed_too(contacts: FreshDatabase) -> None:
    await written(contacts)
    tamper(contacts, "DELETE FROM event_log WHERE seq = 1")
    gap, version = (await verify("contacts", contacts.url)).breaks
    assert "at least one before this one, the first that is left" in gap.what
    assert "version 1 is missing" in version.what


async def test_a_whole_chain_is_missed_too(contacts: FreshDatabase) -> None:
    first = await written(contacts)
    tamper(contacts, "DELETE FROM event_log WHERE seq <= 5")
    found = (await verify("contacts", contacts.url)).breaks
    assert found[0] == Break("all its rows are missing: event_chain counts 5", first.partnership_id)


async def test_a_row_that_was_sealed_again_does_not_fit_the_next(contacts: FreshDatabase) -> None:
    await written(contacts)
    tamper(
        contacts,
        """UPDATE event_log SET data = '{}', hash = event_seal(previous_hash, event_id, type, aggregate_id, version,
           partnership_id, occurred_at, actor_person, actor_organization, '{}') WHERE seq = 2""",
    )
    (found,) = (await verify("contacts", contacts.url)).breaks
    assert found.seq == 3
    assert "seq 2 was changed and sealed again" in found.what


async def test_a_history_that_was_rewritten_whole_shows_in_the_fingerprint(contacts: FreshDatabase) -> None:
    await written(contacts)
    before = await verify("contacts", contacts.url)
    tamper(
        contacts,
        """UPDATE event_log SET data = '{}', hash = event_seal(previous_hash, event_id, type, aggregate_id, version,
           partnership_id, occurred_at, actor_person, actor_organization, '{}') WHERE seq = 5""",
    )
    tamper(
        contacts, "UPDATE event_chain SET hash = (SELECT hash FROM event_log WHERE seq = 5) WHERE length = 5"
    )
    after = await verify("contacts", contacts.url)
    assert after.breaks == []
    assert after.fingerprint != before.fingerprint


async def test_a_log_that_is_broken_everywhere_is_told_briefly(contacts: FreshDatabase) -> None:
    async with connected(contacts.url) as producer:
        for _ in range(MOST_BREAKS + 5):
            await log(producer, Counted())
    tamper(contacts, "UPDATE event_log SET data = '{}'")
    verified = await verify("contacts", contacts.url)
    assert (len(verified.breaks), verified.omitted) == (MOST_BREAKS, 5)
    assert describe(verified).rstrip().endswith("and 5 more")


async def test_a_chain_that_is_broken_everywhere_is_told_briefly_too(contacts: FreshDatabase) -> None:
    async with connected(contacts.url) as producer:
        await log(producer, Counted(), MOST_BREAKS + 5)
    tamper(contacts, "UPDATE event_log SET data = '{}'")
    verified = await verify("contacts", contacts.url)
    assert (len(verified.breaks), verified.omitted) == (MOST_BREAKS, 5)


async def test_a_database_that_does_not_answer_is_told_in_words(contacts: FreshDatabase) -> None:
    with pytest.raises(CommandFailure, match="The log of contacts could not be read"):
        await verify("contacts", contacts.url.replace("contacts_", "nobody_"))


def test_a_folder_without_a_system_is_told_in_words_and_stays_as_it_is(data: Path) -> None:
    with pytest.raises(CommandFailure, match="There is no system in"):
        database_urls(data, ["projects"])
    assert not (data / "credentials").exists()
