"""`entente quarantine`: what the services could not apply; replay it, or discard it."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from deploy.errors import CommandFailure
from deploy.topology import DOMAIN_SERVICES
from shared.contracts.operations import (
    DiscardQuarantined,
    InspectQuarantined,
    ListQuarantine,
    QuarantinedContent,
    QuarantinedNotFound,
    QuarantinedResolved,
    QuarantinedView,
    Replayed,
    ReplayQuarantined,
    Resolution,
)

if TYPE_CHECKING:
    from shared.kit.asking import Asker

HELP = "look at what the services could not apply; replay it, or discard it"

# A replay may release thousands of events that were parked behind it.
_PATIENCE_SECONDS = 60.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """One of four actions, for one service or for all."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = _action(actions, "list", "what waits, in every service")
    listing.add_argument("--resolved", action="store_true", help="also what was applied or discarded")
    _action(actions, "inspect", "one message with its headers, its body and what it holds back").add_argument(
        "id", type=_number
    )
    _action(actions, "replay", "apply it once more; without ID, everything that waits").add_argument(
        "id", type=_number, nargs="?"
    )
    discard = _action(actions, "discard", "give it up: what waits behind it is applied without it")
    discard.add_argument("id", type=_number)
    discard.add_argument("--yes", action="store_true", help="do not ask")


def _action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=told, description=told)
    parser.add_argument("--service", choices=DOMAIN_SERVICES, help="in the quarantine of this service")
    return parser


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number that `entente quarantine list` shows")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """0 when what was asked is so, now or already; else 1."""
    from deploy.reach import operator, told_in_words
    from deploy.settings import SystemSettings

    async def act() -> int:
        async with operator(SystemSettings.load().data) as asker:
            return await _ACTIONS[options.action](asker, options)

    with told_in_words():
        return asyncio.run(act())


async def _list(asker: "Asker", options: argparse.Namespace) -> int:
    found = False
    for service in _services(options):
        after: int | None = 0
        while after is not None:
            page = await asker.ask(ListQuarantine(resolved=options.resolved, after=after), at=service)
            for message in page.messages:
                found = True
                _say(describe(service, message))
            after = page.next_after
    if not found:
        _say("Nothing waits in quarantine.")
    return 0


async def _inspect(asker: "Asker", options: argparse.Namespace) -> int:
    service, content = await _find(asker, options)
    _say(describe(service, content.message))
    if content.message.aggregate_id:
        _say(f"  applied here up to version {content.head}; {_events(content.parked)} parked behind it")
    for name, value in sorted(content.headers.items()):
        _say(f"  {name}: {value}")
    _say(f"\n  {content.data}")
    return 0


async def _replay(asker: "Asker", options: argparse.Namespace) -> int:
    if options.id is not None:
        service, _ = await _find(asker, options)
        return await _replay_one(asker, service, options.id)
    waits_on, found = 0, False
    for service in _services(options):
        after: int | None = 0
        while after is not None:
            page = await asker.ask(ListQuarantine(after=after), at=service)
            for message in page.messages:
                found = True
                waits_on |= await _replay_one(asker, service, message.quarantine_id)
            after = page.next_after
    if not found:
        _say("Nothing waits in quarantine.")
    return waits_on


async def _replay_one(asker: "Asker", service: str, quarantine_id: int) -> int:
    request = ReplayQuarantined(quarantine_id=quarantine_id)
    try:
        replayed = await asker.ask(request, at=service, timeout_seconds=_PATIENCE_SECONDS)
    except QuarantinedResolved as refusal:
        return _ended(service, quarantine_id, Resolution(refusal.fields["resolution"]), Resolution.APPLIED)
    return _told(service, quarantine_id, replayed)


def _told(service: str, quarantine_id: int, outcome: Replayed) -> int:
    """What became of it, which is not always what was asked."""
    if outcome.resolution is None:
        _say(f"{service} {quarantine_id}: still waits. {outcome.reason}")
        return 1
    _say(f"{service} {quarantine_id}: {outcome.resolution}.{_released(outcome)}")
    return 0


def _ended(service: str, quarantine_id: int, became: Resolution, wanted: Resolution) -> int:
    """It did not wait any more: that is well if it is what was asked."""
    _say(f"{service} {quarantine_id}: no longer waits: it was {became} already.")
    return 0 if became is wanted else 1


async def _discard(asker: "Asker", options: argparse.Namespace) -> int:
    service, content = await _find(asker, options)
    _say(describe(service, content.message))
    if became := content.message.resolution:
        return _ended(service, options.id, became, Resolution.DISCARDED)
    if not options.yes and not sys.stdin.isatty():
        raise CommandFailure(
            "Nothing was discarded: only somebody at a terminal is asked. Without one, add --yes."
        )
    if not options.yes and not _confirmed(content):
        raise CommandFailure("Nothing was discarded.")
    request = DiscardQuarantined(quarantine_id=options.id)
    try:
        discarded = await asker.ask(request, at=service, timeout_seconds=_PATIENCE_SECONDS)
    except QuarantinedResolved as refusal:
        return _ended(service, options.id, Resolution(refusal.fields["resolution"]), Resolution.DISCARDED)
    return _told(service, options.id, discarded)


def _confirmed(content: QuarantinedContent) -> bool:
    behind = f" {_events(content.parked).capitalize()} behind it will follow." if content.parked else ""
    # The event loop would keep the first Ctrl-C to itself, and the question would go on waiting.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        sys.stdout.write(f"It will never be applied here.{behind} Discard it? [y/N] ")
        sys.stdout.flush()
        return sys.stdin.readline().strip().lower() in {"y", "yes"}
    except KeyboardInterrupt:
        _say("")
        return False
    finally:
        signal.signal(signal.SIGINT, before)


async def _find(asker: "Asker", options: argparse.Namespace) -> tuple[str, QuarantinedContent]:
    """The message of that number, wherever it is: each service counts its own."""
    found: list[tuple[str, QuarantinedContent]] = []
    for service in _services(options):
        try:
            found.append((service, await asker.ask(InspectQuarantined(quarantine_id=options.id), at=service)))
        except QuarantinedNotFound:
            continue
    match found:
        case []:
            raise CommandFailure(f"There is no {options.id} in quarantine.")
        case [one]:
            return one
        case _:
            named = " and ".join(service for service, _ in found)
            raise CommandFailure(f"There is a {options.id} in {named}: say which with --service.")


def describe(service: str, message: QuarantinedView) -> str:
    """One message in two lines."""
    version = f" version {message.version} of {message.aggregate_id}" if message.aggregate_id else ""
    state = f"  {message.resolution} {message.resolved_at:%Y-%m-%d %H:%M}" if message.resolution else ""
    return (
        f"{service} {message.quarantine_id}  {message.quarantined_at:%Y-%m-%d %H:%M}  from {message.source}"
        f"  {message.type}{version}{state}\n  {message.reason}"
    )


def _released(replayed: Replayed) -> str:
    return f" {_events(replayed.released).capitalize()} behind it followed." if replayed.released else ""


def _events(count: int) -> str:
    return f"{count or 'no'} event{'' if count == 1 else 's'}"


def _services(options: argparse.Namespace) -> Sequence[str]:
    return (options.service,) if options.service else DOMAIN_SERVICES


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


_ACTIONS: dict[str, Callable[["Asker", argparse.Namespace], Awaitable[int]]] = {
    "list": _list,
    "inspect": _inspect,
    "replay": _replay,
    "discard": _discard,
}
