"""`entente replay`: what an operator reads, and the exit code that a script reads."""

import os
import subprocess
import sys

import asyncpg

from deploy.credentials import Credentials
from tests.support.system import RunningSystem


def replay(system: RunningSystem, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "deploy", "replay", *arguments],
        env={**os.environ, "ENTENTE_DATA": str(system.data)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_all_projections_are_what_the_logs_tell(system: RunningSystem) -> None:
    code, said = replay(system)
    assert code == 0
    for name in (
        "contacts partnerships",
        "projects authority",
        "projects witnesses",
        "notifications recipients",
    ):
        assert f"{name}: " in said
    assert said.count("same as before") == said.count("\n")


async def test_what_was_lost_is_put_back_and_told(system: RunningSystem) -> None:
    connection = await asyncpg.connect(Credentials(system.data).addresses("contacts")["ENTENTE_POSTGRES_URL"])
    lost = await connection.execute("DELETE FROM party WHERE side = 'association'")
    await connection.close()
    assert lost != "DELETE 0"
    code, said = replay(system, "contacts", "partnerships")
    assert code == 1
    assert "replaced" in said
    assert replay(system, "contacts", "partnerships")[0] == 0


def test_a_wrong_name_is_told_with_the_right_ones(system: RunningSystem) -> None:
    code, said = replay(system, "projects", "nothing")
    assert code == 1
    assert said == "projects has no projection nothing; it has authority, witnesses.\n"
