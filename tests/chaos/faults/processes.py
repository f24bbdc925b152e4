"""Processes that die, at any moment or at a precise step, that stop for a while, or that have a wrong clock."""

from collections.abc import Awaitable, Callable

import psutil
from nats.js.errors import NotFoundError

from deploy.topology import DOMAIN_SERVICES, READERS, SERVICES
from shared.backbone.streams import Stream
from tests.chaos.chaos import Chaos
from tests.chaos.dying import STEPS
from tests.chaos.faults.fault import Break, Fault
from tests.chaos.faults.messages import poison_for
from tests.chaos.system import POSTGRES
from tests.support.eventually import eventually

NATS = "nats"

# Longer than it takes to start and to reach any step under load.
_DIES_WITHIN_SECONDS = 12.0

_RELAY_STEPS = ("before-publish", "after-publish", "after-puback", "after-mark")
_COMMAND_STEPS = ("before-commit", "after-commit")
_INBOX_STEPS = ("before-inbox-commit", "after-inbox-commit", "before-ack")

# A digest at the owner's start, or the next one.
_RECOVERS_WITHIN_SECONDS = 45.0


def _one_of(chaos: Chaos, name: str) -> str:
    """The process of that name: of several replicas, or several NATS servers, any one."""
    if name == NATS:
        return chaos.node()
    alike = [it.name for it in chaos.system.services if it.service == name]
    return chaos.random.choice(alike or [name])


def _kill(name: str) -> Break:
    async def kill(chaos: Chaos) -> str:
        chaos.system.kill(_one_of(chaos, name))
        return ""

    return kill


def _die(service: str, step: str) -> Break:
    async def die(chaos: Chaos) -> str:
        # Sooner in a short run.
        times = 1 + int(chaos.random.uniform(0, 12) * min(1.0, 4 * chaos.patience))
        part = await chaos.system.restart(service, "--die", f"{step}:{times}")
        return await _until_dead(chaos, service, part.until_ended(_DIES_WITHIN_SECONDS))

    return die


async def _until_dead(chaos: Chaos, service: str, ended: Awaitable[bool]) -> str:
    if await ended:
        chaos.system.deaths[service] += 1
        return ""
    await chaos.system.restart(service)
    return "the step was not reached"


def _die_in_heal(service: str) -> Break:
    async def die(chaos: Chaos) -> str:
        """The stream is gone, the log says so, and then the process dies."""
        before = await chaos.held()
        async with chaos.system.held(service):
            chaos.system.kill(service)
            try:
                await chaos.operator.jsm().delete_stream(Stream(service).name)
            except NotFoundError:
                pass
            else:
                chaos.lost[Stream(service).name] += before[Stream(service).name]
            part = chaos.system.part(service)
            await part.until_ended(5)
            part.start("--die", "in-heal:1")
        return await _until_dead(chaos, service, part.until_ended(_DIES_WITHIN_SECONDS))

    return die


def _die_in_recovery(reader: str, source: str) -> Break:
    async def die(chaos: Chaos) -> str:
        """While the reader is away the stream loses what it has not read; it reads it from the owner, and dies."""
        part = chaos.system.part(reader)
        async with chaos.system.held(reader):
            chaos.system.kill(reader)
            await part.until_ended(5)
            before = await chaos.held()

            async def holds_more() -> bool:
                return (await chaos.held())[Stream(source).name] > before[Stream(source).name]

            await eventually(holds_more)
            before = await chaos.held()
            await chaos.operator.jsm().purge_stream(Stream(source).name)
            chaos.count_lost(before, await chaos.held())
            part.start("--die", "in-recovery:1")
        await chaos.pause(4)
        # Its digest, told at the start, says where everything stands.
        chaos.system.kill(source)
        return await _until_dead(chaos, reader, part.until_ended(_RECOVERS_WITHIN_SECONDS))

    return die


def _die_before_term(reader: str, source: str) -> Break:
    async def die(chaos: Chaos) -> str:
        """Poison is in quarantine, and JetStream does not know it yet."""
        part = await chaos.system.restart(reader, "--die", "before-term:1")
        await poison_for(chaos, source)
        return await _until_dead(chaos, reader, part.until_ended(_DIES_WITHIN_SECONDS))

    return die


def _freeze(name: str) -> Break:
    async def freeze(chaos: Chaos) -> str:
        process = psutil.Process(await chaos.system.living(_one_of(chaos, name)))
        stopped = [process, *process.children(recursive=True)]
        _signal_all(stopped, psutil.Process.suspend)

        async def resume() -> None:
            await chaos.pause(60)
            _signal_all(stopped, psutil.Process.resume)

        if name in SERVICES:
            # The others go on, and break.
            chaos.later(resume())
        else:
            await resume()
        return ""

    return freeze


def _signal_all(processes: list[psutil.Process], send: Callable[[psutil.Process], None]) -> None:
    for process in processes:
        try:
            send(process)
        except psutil.NoSuchProcess:
            continue


def _wrong_clock(service: str) -> Break:
    async def move(chaos: Chaos) -> str:
        by = chaos.random.choice((-3600, 3600))
        await chaos.system.restart(service, f"--clock={by}")
        await chaos.pause(20)
        await chaos.system.restart(service)
        return f"{by:+d} s"

    return move


def faults() -> list[Fault]:
    """All of this module."""
    everything = (*DOMAIN_SERVICES, "web", POSTGRES, NATS)
    found = [Fault("kill", f"kill -9 {it}", _kill(it)) for it in everything]
    found += [Fault("freeze", f"SIGSTOP {it} for a while", _freeze(it), "freeze") for it in everything]
    for service in DOMAIN_SERVICES:
        commands = () if service == "notifications" else _COMMAND_STEPS
        for step in (*commands, *_RELAY_STEPS, *_INBOX_STEPS):
            found.append(_step(service, step, _die(service, step)))
        found.append(_step(service, "in-heal", _die_in_heal(service)))
        found.append(Fault("clock", f"clock of {service} wrong by an hour", _wrong_clock(service), "clock"))
    for source, readers in READERS.items():
        for reader in readers:
            found.append(_step(reader, "in-recovery", _die_in_recovery(reader, source), of=source))
            found.append(_step(reader, "before-term", _die_before_term(reader, source), of=source))
    assert set(STEPS) == {it.variant for it in found if it.kind == "step"}
    return found


def _step(service: str, step: str, strike: Break, of: str = "") -> Fault:
    return Fault("step", f"{service} dies {step}{f' of {of}' if of else ''}", strike, step)
