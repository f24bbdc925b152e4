"""The load: pairs of people act side by side at a given rate of events, and their clients keep the ledger."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from shared.contracts.contacts.commands import GrantSigningAuthority, RevokeSigningAuthority
from shared.contracts.contacts.events import SigningAuthorityGranted, SigningAuthorityRevoked
from shared.contracts.identifiers import (
    CommentId,
    ConventionId,
    IndicatorId,
    MeasureId,
    MilestoneId,
    ProjectId,
    new_id,
)
from shared.contracts.projects.commands import (
    AcceptClause,
    AddComment,
    MoveMilestone,
    PlanMilestone,
    ProposeClause,
    ReachMilestone,
    RecordMeasure,
)
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseProposed,
    CommentAdded,
    MeasureRecorded,
    MilestoneMoved,
    MilestonePlanned,
    MilestoneReached,
)
from shared.contracts.refusals import Refusal
from shared.contracts.values import Side
from shared.kit import clock
from shared.kit.asking import Asker
from shared.kit.service import connected_client
from tests.chaos.client import ChaosClient, GivenUp
from tests.chaos.ledger import Ledger, fact
from tests.chaos.members import Member, enroll, register
from tests.chaos.people import Pair
from tests.chaos.system import ChaosSystem

# About how many events an act leads to, notices included; the rate is counted in these.
_EVENTS_PER_ACT = 1.9

# A milestone is moved at most so often: each date is new, so that each move is a fact of its own.
_LAST_MOVE = 300


@dataclass
class _Step:
    milestone_id: MilestoneId
    moves: int = 0
    busy: bool = False

    @property
    def due_on(self) -> date:
        return clock.today_in_paris() + timedelta(days=30 + self.moves)


@dataclass
class Room:
    """What one pair works on."""

    pair: Pair
    random: Random
    convention_id: ConventionId
    project_id: ProjectId
    indicator_id: IndicatorId
    colleague: Member
    may_sign: bool = True
    steps: list[_Step] = field(default_factory=list[_Step])

    async def act(self) -> None:
        """Do one thing, as likely as people do it."""
        acts: dict[Callable[[], Awaitable[None]], int] = {
            self._comment: 30,
            self._plan: 24,
            self._move: 14,
            self._reach: 6,
            self._measure: 10,
            self._register: 6,
            self._enroll: 3,
            self._change_authority: 5,
            self._negotiate: 2,
        }
        (chosen,) = self.random.choices(list(acts), list(acts.values()))
        with contextlib.suppress(GivenUp):
            await chosen()

    @property
    def _anyone(self) -> Member:
        return self.random.choice((self.pair.ours, self.pair.theirs))

    async def _comment(self) -> None:
        await self._comment_on(self.convention_id)

    async def _comment_on(self, convention_id: ConventionId) -> None:
        comment_id = CommentId(new_id())
        await self.pair.client.act(
            AddComment(convention_id=convention_id, comment_id=comment_id, text="Un mot."),
            self._anyone.actor,
            fact(CommentAdded, comment_id),
        )

    async def _plan(self) -> None:
        step = _Step(MilestoneId(new_id()))
        await self.pair.client.act(
            PlanMilestone(
                project_id=self.project_id, milestone_id=step.milestone_id, title="Étape", due_on=step.due_on
            ),
            self._anyone.actor,
            fact(MilestonePlanned, step.milestone_id),
        )
        self.steps.append(step)

    async def _move(self) -> None:
        free = [it for it in self.steps[-20:] if not it.busy and it.moves < _LAST_MOVE]
        if not free:
            return await self._plan()
        step = self.random.choice(free)
        known = step.due_on
        step.busy = True
        step.moves += 1
        # A move that is given up leaves the date unknown: nobody moves this step any more.
        await self.pair.client.act(
            MoveMilestone(
                project_id=self.project_id,
                milestone_id=step.milestone_id,
                due_on_known=known,
                due_on=step.due_on,
            ),
            self._anyone.actor,
            fact(MilestoneMoved, step.milestone_id, step.due_on),
        )
        step.busy = False
        return None

    async def _reach(self) -> None:
        free = [it for it in self.steps if not it.busy]
        if not free:
            return await self._plan()
        step = self.random.choice(free)
        self.steps.remove(step)
        await self.pair.client.act(
            ReachMilestone(
                project_id=self.project_id, milestone_id=step.milestone_id, reached_on=clock.today_in_paris()
            ),
            self._anyone.actor,
            fact(MilestoneReached, step.milestone_id),
        )
        return None

    async def _measure(self) -> None:
        measure_id = MeasureId(new_id())
        await self.pair.client.act(
            RecordMeasure(
                indicator_id=self.indicator_id,
                measure_id=measure_id,
                measured_on=clock.today_in_paris(),
                numerator=self.random.randrange(1000),
            ),
            self._anyone.actor,
            fact(MeasureRecorded, measure_id),
        )

    async def _register(self) -> None:
        await register(self.pair.operator, new_id(), self.random.choice(list(Side)))

    async def _enroll(self) -> None:
        ours = self.pair.ours
        await enroll(self.pair.operator, Member(ours.side, ours.organization_id), administrator=False)

    async def _change_authority(self) -> None:
        """Grant and revoke in turn: a reader that took them out of order would end with the wrong answer."""
        if not self.may_sign:
            return
        # Nobody else changes it meanwhile, and the next change is asked for once this one is known to be done.
        self.may_sign = False
        for command, event in (
            (GrantSigningAuthority, SigningAuthorityGranted),
            (RevokeSigningAuthority, SigningAuthorityRevoked),
        ):
            done = await self.pair.client.act(
                command(person_id=self.colleague.person_id), self.pair.ours.actor, sure=True
            )
            if done is not None:
                self.pair.ledger.acknowledged.add(fact(event, self.colleague.person_id, done.version))
        self.may_sign = True

    async def _negotiate(self) -> None:
        """A whole negotiation, across all three services."""
        convention_id = await self.pair.negotiate()
        clauses = (await self.pair.convention(convention_id)).clauses
        for clause in self.random.sample(clauses, 3):
            revision = clause.revision + 1
            await self.pair.client.act(
                ProposeClause(
                    convention_id=convention_id,
                    clause_id=clause.clause_id,
                    revision=clause.revision,
                    text=f"Article {new_id()}.",
                ),
                self.pair.theirs.actor,
                fact(ClauseProposed, clause.clause_id, revision),
                sure=True,
            )
            await self.pair.client.act(
                AcceptClause(convention_id=convention_id, clause_id=clause.clause_id, revision=revision),
                self.pair.ours.actor,
                fact(ClauseAccepted, clause.clause_id, revision, self.pair.ours.organization_id),
                sure=True,
            )
            await self._comment_on(convention_id)


class Load:
    """Rooms that act at a steady rate until told to stop; after an outage they catch up."""

    def __init__(self, rooms: list[Room], *, rate: float) -> None:
        self._rooms = rooms
        self._every_seconds = _EVENTS_PER_ACT / rate
        self._stopping = asyncio.Event()
        self.failures: list[str] = []

    async def run(self) -> None:
        """Act; what is under way at the end is finished, for as long as somebody answers."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        acting: set[asyncio.Task[None]] = set()
        number = 0
        while not self._stopping.is_set():
            if len(acting) >= 8 * len(self._rooms):
                # While nobody answers, clients wait; they do not pile up for ever.
                await asyncio.wait(acting, timeout=0.1, return_when=asyncio.FIRST_COMPLETED)
                continue
            task = asyncio.create_task(self._act(self._rooms[number % len(self._rooms)]))
            number += 1
            acting.add(task)
            task.add_done_callback(acting.discard)
            due = max(due + self._every_seconds, loop.time() - _OWED_SECONDS)
            await asyncio.sleep(max(0.0, due - loop.time()))
        if acting:
            _, late = await asyncio.wait(acting, timeout=_FINISHED_WITHIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            self.failures += [f"an act had no answer {_FINISHED_WITHIN_SECONDS:.0f} s after the end"] * len(
                late
            )

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping.set()

    async def _act(self, room: Room) -> None:
        try:
            await room.act()
        except Refusal as refusal:
            self.failures.append(f"refused: {refusal.code} {refusal.fields}")
        except AssertionError as late:
            self.failures.append(str(late))


# What people could not do while nothing answered they do afterwards, as fast as it goes: the rate is that of the whole run.
_OWED_SECONDS = 60.0
_FINISHED_WITHIN_SECONDS = 60.0


@contextlib.asynccontextmanager
async def rooms(
    system: ChaosSystem, ledger: Ledger, random: Random, *, count: int
) -> AsyncGenerator[list[Room]]:
    """Connect the clients and let the pairs begin to work together, while nothing fails yet."""
    web = await system.nats_url("web", through="clients")
    operator = await system.nats_url("operator", through="clients")
    async with (
        connected_client(web, service="web") as one,
        connected_client(operator, service="operator") as two,
    ):
        client, operating = (ChaosClient(Asker(it), ledger, random) for it in (one, two))

        async def begin() -> Room:
            pair = Pair(client, operating, ledger)
            await pair.enter()
            colleague = Member(pair.ours.side, pair.ours.organization_id)
            await enroll(operating, colleague, administrator=False)
            convention_id = await pair.negotiate()
            await pair.conclude(convention_id)
            project_id, indicator_id = await pair.begin_work(convention_id)
            return Room(pair, random, convention_id, project_id, indicator_id, colleague)

        yield await asyncio.gather(*(begin() for _ in range(count)))
