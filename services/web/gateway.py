"""The only module that talks to services: on behalf of somebody, in parallel, within a deadline."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Protocol, TypeVar

import structlog

from services.web.recent_acts import RecentActs
from shared.contracts.actor import Actor
from shared.contracts.messages import Command, Request, View
from shared.contracts.refusals import Defect, Refusal, RefusalKind, Trouble

_log = structlog.get_logger()

# A page never waits longer for a service: the block is left out and the rest shows.
DEADLINE_SECONDS = 2.0
# Projections are milliseconds late; a person who was just invited must not be told that she may not.
PATIENCE_SECONDS = 1.5
_FIRST_PAUSE_SECONDS = 0.02

AnyReply = TypeVar("AnyReply", bound=View)
Result = TypeVar("Result")


class Asking(Protocol):
    """What the gateway needs of the kit: one request, one reply."""

    async def ask(
        self,
        request: Request[AnyReply],
        *,
        at: str | None = None,
        actor: Actor | None = None,
        timeout_seconds: float = ...,
    ) -> AnyReply:
        """Send it and wait."""
        ...


class Gateway:
    """Asks services. Raises what they refuse; `Trouble` when they are away."""

    def __init__(self, asker: Asking) -> None:
        self._asker = asker
        self._recent = RecentActs()

    async def ask(self, request: Request[AnyReply], actor: Actor | None = None) -> AnyReply:
        """One answer. A refusal that may come from a late projection is asked again for a moment."""
        patience_ends = monotonic() + PATIENCE_SECONDS
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                reply = await self._asker.ask(request, actor=actor, timeout_seconds=DEADLINE_SECONDS)
            except Refusal as refusal:
                if not self._may_be_behind(refusal, actor) or monotonic() + pause > patience_ends:
                    raise
            else:
                if actor is not None and isinstance(request, Command):
                    self._recent.remember(actor.person_id)
                return reply
            await asyncio.sleep(pause)
            pause *= 2

    def _may_be_behind(self, refusal: Refusal, actor: Actor | None) -> bool:
        if refusal.kind is RefusalKind.NOT_FOUND:
            return refusal.may_be_behind and actor is not None and self._recent.acted_lately(actor.person_id)
        return refusal.may_be_behind

    async def operate(self, request: Request[AnyReply], service: str) -> AnyReply:
        """One answer of one service to what operators ask of all. The caller vouches that it is for an operator."""
        return await self._asker.ask(request, at=service, timeout_seconds=DEADLINE_SECONDS)

    async def ask_until(
        self, request: Request[AnyReply], actor: Actor, settled: Callable[[AnyReply], bool]
    ) -> None:
        """Wait a moment for a service to hear what another one has just done, so that the next page shows it."""
        patience_ends = monotonic() + PATIENCE_SECONDS
        pause = _FIRST_PAUSE_SECONDS
        while monotonic() < patience_ends:
            answer = await self.ask_if_there_and_allowed(request, actor)
            if answer is not None and settled(answer):
                return
            await asyncio.sleep(pause)
            pause *= 2

    async def ask_if_there(self, request: Request[AnyReply], actor: Actor | None = None) -> AnyReply | None:
        """One answer, or None when the service is away: for the blocks that a page can do without."""
        try:
            return await self._asker.ask(request, actor=actor, timeout_seconds=DEADLINE_SECONDS)
        except (Trouble, Defect) as failure:
            _log.warning("block_left_out", request=type(request).__name__, failure=type(failure).__name__)
            return None

    async def ask_if_there_and_allowed(self, request: Request[AnyReply], actor: Actor) -> AnyReply | None:
        """The same, for a block that some readers of the page may not see."""
        try:
            return await self.ask_if_there(request, actor)
        except Refusal:
            return None
