"""What a process and all that it started have used: CPU and memory."""

import contextlib

import psutil


def cpu_seconds(process: psutil.Process) -> float:
    """The CPU time of a process and of its descendants, the dead ones included once they were waited for."""
    total = 0.0
    for it in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            times = it.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def others_cpu_seconds() -> float:
    """The CPU time of everything that this process started."""
    me = psutil.Process()
    times = me.cpu_times()
    return cpu_seconds(me) - times.user - times.system
