"""The supervisor keeps its parts running, stops them backwards, and cleans up after a run that was killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

import psutil
import pytest

from deploy.bell import Bell, StopRequested
from deploy.errors import StartFailure
from deploy.processes import ProcessIdentity, never, record_processes, start_program
from deploy.supervisor import ServiceProcess, Supervisor
from tests.support.eventually import eventually_sync

# Says when it runs and when it was asked to stop.
_OBEDIENT = """
import signal, sys
def stop(number, frame):
    print("stopped", sys.argv[1], flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("started", sys.argv[1], flush=True)
while True:
    signal.pause()
"""
_STUBBORN = _OBEDIENT.replace("sys.exit(0)", "pass")
_DYING = "import sys; sys.exit('cannot work like this')"


class Stage:
    """A supervisor with its record, and what it said."""

    def __init__(self, data: Path, bell: Bell) -> None:
        self.log = data / "logs" / "parts.log"
        self.record = data / "run" / "processes.json"
        self.said: list[str] = []
        self.bell = bell
        self.supervisor = Supervisor(bell, self.record, self.said.append)

    def start(self, name: str, program: str = _OBEDIENT, *, is_stuck: Callable[[], bool] = never) -> int:
        def launch() -> subprocess.Popen[bytes]:
            return start_program(
                [sys.executable, "-c", program, name], log=self.log, death_signal=signal.SIGKILL
            )

        return self.supervisor.start(name, ServiceProcess(launch, self.log), is_stuck=is_stuck).pid

    def heard(self) -> list[str]:
        return self.log.read_text().splitlines()


@pytest.fixture
def stage(data: Path) -> Generator[Stage]:
    with Bell() as bell:
        stage = Stage(data, bell)
        yield stage
        stage.supervisor.stop()


def test_what_ends_is_started_again(stage: Stage) -> None:
    first = stage.start("part")
    eventually_sync(lambda: stage.heard() == ["started part"])
    os.kill(first, signal.SIGKILL)
    running = stage.supervisor.pid_of
    stage.supervisor.wait_until(
        lambda: [] if running("part") not in (None, first) else ["part"], within_seconds=10
    )
    assert "killed by SIGKILL" in stage.said[0]
    assert "part runs again" in stage.said[1]


def test_what_is_stuck_is_ended_and_started_again(stage: Stage) -> None:
    first = stage.start("part", is_stuck=lambda: stage.supervisor.pid_of("part") == first)
    eventually_sync(lambda: stage.heard() == ["started part"])
    again: list[bool] = []

    def once_again() -> None:
        if stage.supervisor.pid_of("part") not in (None, first):
            again.append(True)
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(StopRequested):
        stage.supervisor.watch(every_seconds=0.05, duty=once_again)
    assert again
    assert "part is stuck and is ended" in stage.said[0]


def test_what_keeps_ending_fails_the_start_and_shows_why(stage: Stage) -> None:
    stage.start("part", _DYING)
    with pytest.raises(StartFailure, match=r"part keeps ending[\s\S]*cannot work like this"):
        stage.supervisor.wait_until(lambda: ["part"], within_seconds=30)
    pauses = [line.partition("again in ")[2].partition(" s")[0] for line in stage.said if "ended" in line]
    assert pauses == ["0.5", "1", "2"]


def test_what_is_never_ready_is_named(stage: Stage) -> None:
    stage.start("part")
    with pytest.raises(StartFailure, match=r"Not ready after 0 s: part\. See .*parts\.log"):
        stage.supervisor.wait_until(lambda: ["part"], within_seconds=0.1)


def test_parts_stop_in_reverse_order(stage: Stage) -> None:
    for name in ("database", "service", "pages"):
        stage.start(name)
    eventually_sync(lambda: len(stage.heard()) == 3)
    stage.supervisor.stop()
    assert stage.heard()[3:] == ["stopped pages", "stopped service", "stopped database"]
    assert not stage.record.exists()


def test_a_second_request_to_stop_hurries(stage: Stage) -> None:
    pid = stage.start("stubborn", _STUBBORN)
    eventually_sync(lambda: stage.heard() == ["started stubborn"])
    with pytest.raises(StopRequested):
        signal.raise_signal(signal.SIGINT)
    began = time.monotonic()
    signal.raise_signal(signal.SIGINT)
    stage.supervisor.stop()
    assert time.monotonic() - began < 5
    assert not psutil.pid_exists(pid)


def test_what_a_killed_run_left_is_stopped_first(stage: Stage) -> None:
    with subprocess.Popen([sys.executable, "-c", _OBEDIENT, "left"], stdout=subprocess.PIPE) as left:
        assert left.stdout
        assert left.stdout.readline() == b"started left\n"
        identity = ProcessIdentity.of("contacts", left.pid)
        assert identity
        record_processes(stage.record, [identity])
        stage.supervisor.end_left_overs()
        assert left.wait(timeout=5) == 0
    assert "Stopping contacts" in stage.said[0]
    assert not stage.record.exists()


def test_a_process_that_merely_has_the_pid_of_an_old_one_is_spared(stage: Stage) -> None:
    with subprocess.Popen([sys.executable, "-c", _OBEDIENT, "other"], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline()
        record_processes(stage.record, [ProcessIdentity("contacts", other.pid, started=time.time() - 3600)])
        stage.supervisor.end_left_overs()
        assert other.poll() is None
        other.kill()
    assert stage.said == []


@pytest.mark.parametrize("content", ["", "[", '{"pid": 1}', '[{"pid": "x"}]'])
def test_a_damaged_record_says_nothing(stage: Stage, content: str) -> None:
    stage.record.parent.mkdir(parents=True)
    stage.record.write_text(content)
    stage.supervisor.end_left_overs()
    assert stage.said == []
