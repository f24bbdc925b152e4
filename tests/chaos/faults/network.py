"""Connections that are cut, slow, stalled, deaf, or dead without a word."""

from deploy.topology import SERVICES
from tests.chaos.chaos import Chaos
from tests.chaos.faults.fault import Break, Fault
from tests.chaos.faults.processes import NATS
from tests.chaos.proxy import Lane
from tests.chaos.system import POSTGRES


def _some_lane(chaos: Chaos, server: str) -> tuple[str, Lane]:
    if server == POSTGRES:
        user = chaos.random.choice(SERVICES)
        return user, chaos.system.lanes[user, server]
    user = chaos.random.choice((*SERVICES, "clients"))
    return user, chaos.system.lanes[user, chaos.node()]


def _break(server: str, how: str) -> Break:
    async def strike(chaos: Chaos) -> str:
        user, lane = _some_lane(chaos, server)
        match how:
            case "cut":
                lane.cut()
            case "delay":
                lane.delay_seconds = chaos.random.uniform(0.1, 0.5)
                await chaos.pause(20)
                lane.delay_seconds = 0.0
            case "stall":
                lane.stall()
                await chaos.pause(20)
                lane.resume()
            case "deaf":
                # What was asked is done; who asked never hears of it.
                lane.swallow_replies()
                await chaos.pause(6)
                lane.cut()
                lane.resume()
            case _:
                lane.forget()
        return user

    return strike


def faults() -> list[Fault]:
    """All of this module."""
    told = {
        "cut": "connections to {} cut",
        "delay": "connections to {} delayed",
        "stall": "connections to {} stalled",
        "deaf": "answers of {} lost, then cut",
        "forget": "connections to {} dead without a word",
    }
    return [
        Fault("network", name.format(server), _break(server, how), how)
        for how, name in told.items()
        for server in (POSTGRES, NATS)
    ]
