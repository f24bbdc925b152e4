"""Partnerships to act in, played by two people of the sample: each has a project with a milestone to move.

Moving a milestone is the act of the benchmarks: it changes one row for ever back and forth, so that the thousandth act
finds the same system as the first, and it tells the other side at once by exactly one e-mail.
"""

import json
import secrets
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from deploy.sample.api import Voice
from deploy.sample.partnerships import Partnership, Play, in_days
from deploy.sample.people import CLAIRE, ODILE
from tests.benchmarks.http_client import Answer, HttpClient
from tests.benchmarks.system import Person, System

_DATES = (in_days(90), in_days(97))


@dataclass
class Step:
    """A milestone that can be moved, with the date where it stands."""

    convention_id: str
    path: str
    due_on: date = _DATES[0]


@dataclass(frozen=True)
class Bench:
    """Two people and what they can do."""

    ours: Person
    theirs: Person
    steps: list[Step]


async def prepare(system: System, count: int) -> Bench:
    """Make that many partnerships between the same two people."""
    ours, theirs = (next(it for it in system.people if it.email == who.email) for who in (CLAIRE, ODILE))
    async with AsyncExitStack() as stack:
        voices = {
            who.key: await stack.enter_async_context(Voice(system.address, person.token))
            for who, person in ((CLAIRE, ours), (ODILE, theirs))
        }
        return Bench(ours, theirs, [await _make_step(number, voices) for number in range(count)])


async def move(client: HttpClient, step: Step) -> tuple[str, Answer]:
    """Act once: the trace id that the act will be known by, and the answer."""
    trace_id = secrets.token_hex(16)
    due_on = _DATES[_DATES.index(step.due_on) - 1]
    body = json.dumps({"due_on_known": str(step.due_on), "due_on": str(due_on)}).encode()
    answer = await client.ask(
        "PATCH", step.path, body, {"traceparent": f"00-{trace_id}-{secrets.token_hex(8)}-01"}
    )
    if answer.status == 200:
        step.due_on = due_on
    return trace_id, answer


async def _make_step(number: int, voices: dict[str, Voice]) -> Step:
    title = f"Banc d’essai {number + 1}"
    play = Play(
        Partnership(
            title, title, "Mesurer ce que le système soutient.", CLAIRE, ODILE, in_days(0), in_days(365)
        ),
        voices,
    )
    await play.meet()
    await play.complete()
    await play.agree()
    await play.seal(in_days(30))
    await play.sign(play.theirs, "présidente")
    await play.sign(play.ours, "par délégation")
    project, milestone = str(uuid4()), str(uuid4())
    path = f"/projects/{project}"
    await play.ours.do(
        "/projects",
        project_id=project,
        convention_id=str(play.partnership.convention_id),
        title="Livret de sortie",
        aim="Écrire un livret que les patients comprennent.",
    )
    await play.theirs.do(f"{path}/lead", method="PUT", person_id=str(ODILE.person_id))
    await play.ours.do(
        f"{path}/milestones", milestone_id=milestone, title="Premier jet relu", due_on=str(_DATES[0])
    )
    return Step(str(play.partnership.convention_id), f"/api/v1{path}/milestones/{milestone}")
