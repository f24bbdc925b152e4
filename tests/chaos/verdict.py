"""The proof: what clients were told, what owners logged, what readers hold and whom people were told of, compared."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from deploy.topology import DOMAIN_SERVICES, FOLLOWERS, READERS
from shared.backbone.chain import GENESIS, seal
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseProposed,
    CommentAdded,
    MeasureRecorded,
    MilestoneMoved,
    MilestoneReached,
    TermsAccepted,
)
from shared.contracts.rebuilding import ListProjections, RebuildProjection
from tests.chaos import witness
from tests.chaos.chaos import Chaos
from tests.chaos.ledger import IDENTITY, STATE, VERSION, Fact, Ledger

_LOG = """
SELECT event_id, type, aggregate_id, version, partnership_id, occurred_at, actor_person, actor_organization, data,
       data::jsonb AS fields, chain_id, previous_hash, hash
FROM event_log ORDER BY seq
"""

_GAPS = """
SELECT count(*) FROM (
    SELECT aggregate_id, count(*) AS events, max(version) AS last FROM event_log GROUP BY aggregate_id
) AS logged FULL JOIN event_head USING (aggregate_id)
WHERE events IS DISTINCT FROM last OR last IS DISTINCT FROM event_head.version
"""

_REBUILT_WITHIN_SECONDS = 300.0

_REEMITTED = "SELECT coalesce(sum(emissions - 1), 0) FROM event_log WHERE emissions > 0"

_KEPT = "SELECT aggregate_id, reason FROM quarantine WHERE resolved_at IS NULL"

# Acts of which exactly the other side's référent hears.
_TOLD_TO_THE_OTHER: dict[str, NoticeKind] = {
    ClauseProposed.subject: NoticeKind.CLAUSE_PROPOSED,
    ClauseAccepted.subject: NoticeKind.CLAUSE_ACCEPTED,
    TermsAccepted.subject: NoticeKind.TERMS_ACCEPTED,
    CommentAdded.subject: NoticeKind.COMMENT_ADDED,
    MilestoneMoved.subject: NoticeKind.MILESTONE_MOVED,
    MilestoneReached.subject: NoticeKind.MILESTONE_REACHED,
    MeasureRecorded.subject: NoticeKind.MEASURE_RECORDED,
}

_EVENTS: dict[str, type[Event]] = {event.subject: event for event in IDENTITY}


@dataclass
class Verdict:
    """Figures, and what is wrong with them."""

    figures: dict[str, int] = field(default_factory=dict[str, int])
    failures: list[str] = field(default_factory=list[str])

    def expect_none(self, name: str, found: int, examples: object = "") -> None:
        """A figure that must be nought."""
        self.figures[name] = self.figures.get(name, 0) + found
        if found:
            self.failures.append(f"{name}: {found} {examples}".rstrip())


async def judge(chaos: Chaos, ledger: Ledger) -> Verdict:
    """Compare everything; nothing moves any more."""
    verdict = Verdict()
    connections: dict[str, Any] = {}
    try:
        for service in DOMAIN_SERVICES:
            connections[service] = await asyncpg.connect(chaos.system.admin_url(service))
            await connections[service].set_type_codec(
                "jsonb", encoder=str, decoder=_fields, schema="pg_catalog"
            )
        logged: Counter[Fact] = Counter()
        expected: set[tuple[str, str, str]] = set()
        for service, connection in connections.items():
            await _read_log(verdict, service, connection, logged, expected, ledger)
        _compare(verdict, ledger, logged)
        for service, connection in connections.items():
            await _compare_state(verdict, ledger, service, connection)
        for service in {reader for readers in READERS.values() for reader in readers}:
            await _hear_witness(verdict, service, connections[service])
            await _look_into_quarantine(verdict, chaos, service, connections[service])
        await _compare_notices(verdict, connections["notifications"], expected)
        await _compare_projections(verdict, chaos)
    finally:
        for connection in connections.values():
            await connection.close()
    return verdict


def _fields(text: str) -> dict[str, Any]:
    return json.loads(text)


async def _read_log(
    verdict: Verdict,
    service: str,
    connection: Any,
    logged: Counter[Fact],
    expected: set[tuple[str, str, str]],
    ledger: Ledger,
) -> None:
    chains: dict[Any, bytes] = {}
    events = broken = 0
    async with connection.transaction():
        async for row in connection.cursor(_LOG, prefetch=1000):
            events += 1
            broken += row["previous_hash"] != chains.get(row["chain_id"], GENESIS)
            broken += row["hash"] != seal(row["previous_hash"], row)
            chains[row["chain_id"]] = row["hash"]
            if event := _EVENTS.get(row["type"]):
                logged[_fact_of(event, row)] += 1
            if kind := _TOLD_TO_THE_OTHER.get(row["type"]):
                partnership = ledger.partnerships[row["partnership_id"]]
                told = partnership.other_than(row["actor_person"])
                expected.add((str(row["event_id"]), str(told), kind))
    heads = {
        row["chain_id"]: row["hash"]
        for row in await connection.fetch("SELECT chain_id, hash FROM event_chain")
    }
    verdict.figures["events"] = verdict.figures.get("events", 0) + events
    verdict.expect_none("broken seals", broken + len(heads.items() ^ chains.items()), service)
    verdict.expect_none("gaps in versions", await connection.fetchval(_GAPS), service)
    verdict.figures["sent again"] = verdict.figures.get("sent again", 0) + await connection.fetchval(
        _REEMITTED
    )


def _fact_of(event: type[Event], row: Any) -> Fact:
    names = IDENTITY[event]
    return Fact(event, tuple(str(row["version"] if it == VERSION else row["fields"][it]) for it in names))


def _compare(verdict: Verdict, ledger: Ledger, logged: Counter[Fact]) -> None:
    lost = ledger.acknowledged - logged.keys()
    verdict.figures["acknowledged acts"] = len(ledger.acknowledged)
    verdict.figures["acts without an answer"] = len(ledger.unanswered - ledger.acknowledged)
    verdict.figures["of these done"] = len((ledger.unanswered - ledger.acknowledged) & logged.keys())
    verdict.expect_none("lost", len(lost), sorted(it.event.__name__ for it in lost)[:5])
    twice = [it for it, times in logged.items() if times > 1]
    verdict.expect_none("done twice", len(twice), sorted(it.event.__name__ for it in twice)[:5])


async def _compare_state(verdict: Verdict, ledger: Ledger, service: str, connection: Any) -> None:
    for event, question in STATE.items():
        if event.subject.split(".")[1] == service:
            rows = {tuple(str(value) for value in row) for row in await connection.fetch(question)}
            absent = {it.identity for it in ledger.acknowledged if it.event is event} - rows
            verdict.expect_none("acts without their row", len(absent), event.__name__)


async def _hear_witness(verdict: Verdict, service: str, connection: Any) -> None:
    applied, repeated, disordered = await witness.testify(connection)
    verdict.figures["events applied"] = verdict.figures.get("events applied", 0) + applied
    verdict.expect_none("applied twice", repeated, service)
    verdict.expect_none("applied out of order", disordered, service)


async def _look_into_quarantine(verdict: Verdict, chaos: Chaos, service: str, connection: Any) -> None:
    rows = await connection.fetch(_KEPT)
    ours = [row for row in rows if row["aggregate_id"] in chaos.forged or row["aggregate_id"] is None]
    verdict.figures["in quarantine"] = verdict.figures.get("in quarantine", 0) + len(rows)
    others = [row["reason"] for row in rows if row not in ours]
    verdict.expect_none("in quarantine, not poison", len(others), f"{service} {others[:3]}")


async def _compare_projections(verdict: Verdict, chaos: Chaos) -> None:
    """Each as it lives against a fresh one made from the owners' logs, by hash."""
    for service in sorted(FOLLOWERS):
        for name in (await chaos.asker.ask(ListProjections(), at=service)).names:
            request = RebuildProjection(projection=name)
            made = await chaos.asker.ask(request, at=service, timeout_seconds=_REBUILT_WITHIN_SECONDS)
            verdict.figures["projections compared"] = verdict.figures.get("projections compared", 0) + 1
            verdict.expect_none(
                "projections that differ", made.live_hash != made.rebuilt_hash, f"{service} {name}"
            )


async def _compare_notices(verdict: Verdict, connection: Any, expected: set[tuple[str, str, str]]) -> None:
    kinds = [str(it) for it in _TOLD_TO_THE_OTHER.values()]
    rows = await connection.fetch("SELECT event_id, recipient, kind FROM notices WHERE kind = ANY($1)", kinds)
    made = Counter((str(row["event_id"]), str(row["recipient"]), row["kind"]) for row in rows)
    verdict.figures["notices"] = await connection.fetchval("SELECT count(*) FROM notices")
    absent = Counter(str(kind) for _, _, kind in expected - made.keys())
    verdict.expect_none("notices missing", absent.total(), dict(absent))
    verdict.expect_none("notices to the wrong person", len(made.keys() - expected))
    verdict.expect_none("notices twice", sum(times - 1 for times in made.values()))
    again = await connection.fetchval(
        "SELECT count(*) FROM (SELECT FROM deliveries GROUP BY event_id, recipient, channel, kind HAVING count(*) > 1) AS d"
    )
    verdict.expect_none("letters twice", again)
