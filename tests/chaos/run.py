"""One run: start the system, act on it at a steady rate, break it by the plan of a seed, wait until it is whole, judge."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from nats.errors import Error as NatsError

from shared.kit.service import connected_client
from tests.chaos import convergence
from tests.chaos.chaos import Chaos
from tests.chaos.counters import EXPECTED, Counters
from tests.chaos.faults import ALL, Fault
from tests.chaos.ledger import Ledger
from tests.chaos.load import Load, rooms
from tests.chaos.system import ChaosSystem
from tests.chaos.verdict import Verdict, judge

CONVERGED_WITHIN_SECONDS = 60.0

# After that nobody waits any longer for what is missing; the verdict says what it is.
_GIVEN_UP_AFTER_SECONDS = 180.0

_ROOMS = 12


@dataclass(frozen=True)
class Plan:
    """What is to be run."""

    seed: int
    minutes: float = 0.0
    """How long to go on; 0 goes once through the deck."""
    rate: float = 100.0
    kinds: tuple[str, ...] = ()
    """The kinds of faults; none means all."""
    faults: tuple[str, ...] = ()
    """The faults themselves, by name, in this order, instead of the deck."""
    short: bool = False
    """One of each variant only."""
    patience: float = 1.0
    sync: str = "1s"
    nodes: int = 1
    replicas: int = 1

    def deck(self, random: Random) -> list[Fault]:
        """Each fault once, or those that were named, shuffled by the seed."""
        if self.faults:
            by_name = {it.name: it for it in ALL}
            return [by_name[it] for it in self.faults]
        chosen = [it for it in ALL if not self.kinds or it.kind in self.kinds]
        deck = [it for it in chosen for _ in range(1 if self.short else it.weight)]
        random.shuffle(deck)
        # What was shuffled to the front stands for the others of its variant.
        firsts = {it.variant or it.name: it for it in reversed(deck)}
        return [it for it in deck if not self.short or firsts[it.variant or it.name] is it]


@dataclass
class Struck:
    """A fault that was done."""

    fault: Fault
    note: str
    seconds: float


@dataclass
class Result:
    """What a run has shown."""

    plan: Plan
    struck: list[Struck] = field(default_factory=list[Struck])
    deaths: Counter[str] = field(default_factory=Counter[str])
    lost_by_streams: int = 0
    seconds: float = 0.0
    converged_after: float | None = None
    verdict: Verdict = field(default_factory=Verdict)
    counters: Counter[str] = field(default_factory=Counter[str])
    attempts: Counter[str] = field(default_factory=Counter[str])
    failures: list[str] = field(default_factory=list[str])


async def run(plan: Plan, data: Path, say: Callable[[str], None]) -> Result:
    """Run one plan on an empty folder."""
    random = Random(plan.seed)  # a plan, not a secret
    # Faults and clients draw from sources of their own, so that timing does not change the plan.
    system = ChaosSystem(
        data, Random(random.random()), sync=plan.sync, nodes=plan.nodes, replicas=plan.replicas
    )
    result = Result(plan)
    ledger = Ledger()
    try:
        await system.start()
        async with (
            connected_client(system.operator_url, service="operator") as operator,
            rooms(system, ledger, Random(random.random()), count=_ROOMS) as ready,
        ):
            chaos = Chaos(system, random, operator, plan.patience)
            load, counters = Load(ready, rate=plan.rate), Counters(system)
            say("The system runs and people act; now things break.")
            acting = asyncio.create_task(load.run())
            looking = asyncio.create_task(counters.run())
            begun = time.monotonic()
            await _break(plan, chaos, result, say)
            await chaos.finish()
            load.stop()
            result.seconds = time.monotonic() - begun
            result.converged_after = await _converge(chaos, result, say)
            await acting
            looking.cancel()
            await counters.look()
            result.counters = counters.sums()
            result.verdict = await judge(chaos, ledger)
            result.deaths, result.attempts = system.deaths, ledger.attempts
            result.lost_by_streams = sum(chaos.lost.values())
            result.failures += [*system.surprises, *chaos.failures, *load.failures, *result.verdict.failures]
            _require_counters(result)
    finally:
        await system.stop()
    return result


async def _break(plan: Plan, chaos: Chaos, result: Result, say: Callable[[str], None]) -> None:
    ends = time.monotonic() + 60 * plan.minutes
    for fault in _faults(plan, chaos.random):
        if plan.minutes and time.monotonic() > ends:
            return
        await chaos.pause(chaos.random.uniform(0.5, 3.0))
        begun = time.monotonic()
        try:
            note = await fault.strike(chaos)
        except (NatsError, TimeoutError, AssertionError) as error:
            # What the fault needed was itself still broken by the one before.
            note = f"could not be done: {type(error).__name__}"
        result.struck.append(Struck(fault, note, time.monotonic() - begun))
        say(f"{result.struck[-1].seconds:6.1f} s  {fault.name}{f': {note}' if note else ''}")


def _faults(plan: Plan, random: Random) -> Iterator[Fault]:
    yield from plan.deck(random)
    while plan.minutes:
        yield from plan.deck(random)


async def _converge(chaos: Chaos, result: Result, say: Callable[[str], None]) -> float | None:
    begun = time.monotonic()
    told = 0.0
    while missing := await convergence.missing(chaos.system, chaos.forged):
        waited = time.monotonic() - begun
        if waited > told + 10:
            say(f"{waited:6.1f} s  still missing: {'; '.join(missing)}")
            told = waited
        if waited > _GIVEN_UP_AFTER_SECONDS:
            result.failures.append(f"not converged: {'; '.join(missing)}")
            return None
        await asyncio.sleep(0.3)
    seconds = time.monotonic() - begun
    if seconds > CONVERGED_WITHIN_SECONDS:
        result.failures.append(f"converged only after {seconds:.0f} s")
    return seconds


def _require_counters(result: Result) -> None:
    done = {it.fault.kind for it in result.struck} | {it.fault.name for it in result.struck}
    for told in sorted(done & EXPECTED.keys()):
        if not any(result.counters[it] for it in EXPECTED[told]):
            result.failures.append(f"{' or '.join(EXPECTED[told])} did not move, though there was: {told}")
