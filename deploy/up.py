"""`make up`: start the whole system, say where to look, keep it running until Ctrl-C, stop it in order."""

import contextlib
import json
import os
import sys
import time
from pathlib import Path

import psutil

from deploy.bell import Bell, StopRequested
from deploy.errors import CommandFailure, StartFailure
from deploy.files import write_private
from deploy.home import has_room_for_sample, make_folders, occupy, require_whole
from deploy.locks import FileLock
from deploy.logs import trim_logs
from deploy.memory import memory_of_system
from deploy.report import describe
from deploy.settings import SystemSettings
from deploy.supervisor import Supervisor
from deploy.system import load_sample, start_system

_LOOK_AFTER_LOGS_EVERY_SECONDS = 60.0


def up() -> int:
    """Run until stopped; the result is the exit code."""
    settings = SystemSettings.load()
    make_folders(settings.data)
    try:
        lock = occupy(settings.data)
    except CommandFailure as failure:
        _say(str(failure))
        return 1
    with Bell() as bell:
        supervisor = Supervisor(bell, settings.data / "run" / "processes.json", _say)
        try:
            return _run(supervisor, settings, lock)
        except StopRequested:
            _say("Stopping (Ctrl-C again to hurry).")
            return 0
        except StartFailure as failure:
            _say(f"Entente could not start.\n{failure}")
            return 1
        finally:
            bell.stopping = True
            supervisor.stop()
            _summary(settings.data).unlink(missing_ok=True)
            lock.release()
            _say("Stopped.")


def _run(supervisor: Supervisor, settings: SystemSettings, lock: FileLock) -> int:
    require_whole(settings.data)
    _say("Starting Entente.")
    supervisor.end_left_overs()
    address = start_system(supervisor, settings)
    # Before the sample is loaded: PostgreSQL keeps the connections of that burst of work for a minute.
    memory = memory_of_system()
    if settings.sample and has_room_for_sample(settings.data):
        load_sample(settings)
    seconds = time.time() - psutil.Process().create_time()
    running = {
        "pid": os.getpid(),
        "address": address,
        "start_seconds": round(seconds, 2),
        "memory_bytes": memory,
    }
    lock.write(json.dumps(running))
    write_private(_summary(settings.data), json.dumps(running, indent=1) + "\n")
    _say(describe(settings, address=address, seconds=seconds, memory=memory))
    supervisor.watch(
        every_seconds=_LOOK_AFTER_LOGS_EVERY_SECONDS, duty=lambda: trim_logs(settings.data / "logs")
    )
    return 0


def _summary(data: Path) -> Path:
    """Where scripts (`make bench`) find the figures of the running system."""
    return data / "run" / "system.json"


def _say(text: str) -> None:
    # Nobody may be reading any more (a closed terminal or pipe); the system must stop in order all the same.
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
