"""Acts per second through the REST API, each with its e-mail accepted by a mail server, and what they cost.

Eight clients act as fast as they are answered. The best of the tools that people use today sustains 57 acts per second
on two cores, with a p99 of 220 ms and 31 ms of CPU per act.
"""

import asyncio
import time
from dataclasses import dataclass, field

from tests.benchmarks.figures import Figure, at_least, at_most, quantile
from tests.benchmarks.partnerships import Bench, Step, move, prepare
from tests.benchmarks.smtp_sink import Accepted, SmtpSink, smtp_sink
from tests.benchmarks.system import Person, System, expect, running_system
from tests.support.servers import data_folder

CLIENTS = 8
WARM_UP_SECONDS = 2.0
DELIVERED_WITHIN_SECONDS = 60.0

# Nothing more has come for this long: whatever was to come has come.
_QUIET_SECONDS = 2.0


@dataclass
class Acts:
    """What the clients did: when each act was sent and answered, by its trace id."""

    sent: dict[str, float] = field(default_factory=dict[str, float])
    answered: dict[str, float] = field(default_factory=dict[str, float])

    def milliseconds(self) -> list[float]:
        return [1000 * (at - self.sent[trace_id]) for trace_id, at in self.answered.items()]


def measure(seconds: float) -> list[Figure]:
    """Run the system on a fresh folder, and act for twice the length of a round."""
    with data_folder() as folder, smtp_sink() as sink:
        with running_system(folder / "data", {"ENTENTE_SMTP_URL": sink.url}) as system:
            return asyncio.run(_measure(system, sink, 2 * seconds))


async def _measure(system: System, sink: SmtpSink, seconds: float) -> list[Figure]:
    bench = await prepare(system, CLIENTS)
    await _act(system, bench, WARM_UP_SECONDS)
    await _until_quiet(sink)
    cpu_before = system.cpu_seconds()
    acts = await _act(system, bench, seconds)
    mails = await _until_quiet(sink)
    cpu_seconds = system.cpu_seconds() - cpu_before
    delays = [1000 * (at - acts.sent[trace_id]) for at, trace_id in mails if trace_id in acts.sent]
    delivered = {trace_id for _, trace_id in mails}
    count = len(acts.answered)
    took = max(at for at, _ in mails) - min(acts.sent.values())
    answered_in = acts.milliseconds()
    return [
        Figure("acts, each with its e-mail accepted", count / took, "/s", goal=at_least(2 * 57)),
        Figure("acts, answered by the API in, p50", quantile(answered_in, 0.5), "ms"),
        Figure("acts, answered by the API in, p99", quantile(answered_in, 0.99), "ms", goal=at_most(220)),
        Figure("acts, CPU of the whole system", 1000 * cpu_seconds / count, "ms each", goal=at_most(15)),
        Figure("acts, e-mail accepted after, p50", quantile(delays, 0.5), "ms"),
        Figure("acts, e-mail accepted after, p99", quantile(delays, 0.99), "ms"),
        Figure("acts, e-mails missing", len(acts.answered.keys() - delivered), "", goal=at_most(0)),
        Figure("acts, e-mails too many", len(mails) - len(delivered), "", goal=at_most(0)),
    ]


async def _act(system: System, bench: Bench, seconds: float) -> Acts:
    acts = Acts()
    ends = time.monotonic() + seconds

    async def keep_acting(person: Person, step: Step) -> None:
        client = system.api(person)
        while (sent := time.monotonic()) < ends:
            trace_id, answer = await move(client, step)
            expect(200, answer)
            acts.sent[trace_id], acts.answered[trace_id] = sent, time.monotonic()
        client.close()

    # Half of the acts come from each side.
    people = [bench.ours, bench.theirs] * (CLIENTS // 2)
    await asyncio.gather(*(keep_acting(*it) for it in zip(people, bench.steps, strict=True)))
    return acts


async def _until_quiet(sink: SmtpSink) -> Accepted:
    """All e-mails until no more come."""
    mails: Accepted = []
    deadline = time.monotonic() + DELIVERED_WITHIN_SECONDS
    quiet_since = time.monotonic()
    while time.monotonic() < min(deadline, quiet_since + _QUIET_SECONDS):
        await asyncio.sleep(0.1)
        if fresh := sink.take():
            mails += fresh
            quiet_since = time.monotonic()
    return mails
