"""Two processes of each service: one relays, both answer, and either may die."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from deploy.http_get import get
from deploy.topology import SERVICES
from tests.deploy.acting import applied_by, operating
from tests.support.eventually import eventually
from tests.support.system import RunningSystem, up

LEADS = 'entente_relay_leader{service="contacts"} 1.0'


def leader(system: RunningSystem) -> str:
    """Which process of contacts relays; none for a moment after the death of the one that did."""
    for part in ("contacts", "contacts-2"):
        if LEADS in get(f"{system.said_by(part)['ops']}/metrics")[1]:
            return part
    return ""


async def test_whoever_dies_is_replaced_by_the_other_one_at_once(data: Path) -> None:
    with up(data / "home", ENTENTE_REPLICAS="2", ENTENTE_SAMPLE="no") as system:
        both = [f"{service}{suffix}" for service in SERVICES for suffix in ("", "-2")]
        assert system.is_ready(both)
        async with operating(system.data) as operator:
            await operator.act()
            dies = system.pid_of(leader(system))
            os.kill(dies, signal.SIGKILL)
            for _ in range(20):
                await operator.act()

            def another_leads() -> bool:
                # The other process or the one that was started anew, whichever asks first.
                leads = leader(system)
                return bool(leads) and system.pid_of(leads) != dies

            await eventually(another_leads)
            # None was lost with it: a question that the dead one had taken would have been told as unanswered.
            assert len(operator.acknowledged) >= 20
            await eventually(applied(system, "projects", operator.acknowledged))
            await eventually(applied(system, "notifications", operator.acknowledged))

        killed = system.pid_of("web")
        os.kill(killed, signal.SIGKILL)
        # Until the kernel has closed what it listened to, connections go there as well.
        await eventually(lambda: gone(killed))
        address = system.address
        await eventually(lambda: get(f"{address}/connexion")[0] == 200)
        for _ in range(10):
            assert get(f"{address}/connexion")[0] == 200
            assert get(f"{address}/api/openapi.json")[0] == 200
        await eventually(lambda: system.is_ready(both), deadline=30)


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def applied(system: RunningSystem, reader: str, ids: list[Any]) -> Callable[[], bool]:
    return lambda: applied_by(system.data, reader, ids) == len(ids)
