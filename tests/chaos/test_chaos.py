"""The short run: every kind of fault at least once, by a seed that can be set. `make chaos` is the long one."""

import asyncio
import os
import random
import sys
from random import Random

import pytest

from tests.chaos.faults import KINDS
from tests.chaos.run import Plan

SEED = "ENTENTE_CHAOS_SEED"

# Two minutes on two free cores.
_ENDS_WITHIN_SECONDS = 600


@pytest.mark.timeout(_ENDS_WITHIN_SECONDS + 30)
async def test_nothing_is_lost_whatever_fails() -> None:
    seed = os.environ.get(SEED) or str(random.randrange(100_000))
    # A process of its own: it suspends and kills what it has started, and connections break all over it.
    command = [
        sys.executable,
        "-m",
        "tests.chaos",
        "--short",
        "--minutes=0",
        "--patience=0.05",
        f"--seed={seed}",
    ]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    async with asyncio.timeout(_ENDS_WITHIN_SECONDS):
        output, _ = await process.communicate()
    # Shown when the test fails: how to run it again, what was broken, and what is wrong.
    sys.stdout.write(f"{SEED}={seed}\n{output.decode()}")
    assert process.returncode == 0


def test_the_short_run_breaks_something_of_every_kind() -> None:
    deck = Plan(seed=1, short=True).deck(Random(1))
    assert {it.kind for it in deck} == set(KINDS)
    assert len({it.variant or it.name for it in deck}) == len(deck)
