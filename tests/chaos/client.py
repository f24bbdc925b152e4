"""A client as the gateway is one: the same request with the same ids until it is answered, or given up for good."""

import asyncio
from random import Random
from typing import Any, TypeVar

from shared.contracts.actor import Actor
from shared.contracts.contacts import refusals as of_contacts
from shared.contracts.messages import Request, View
from shared.contracts.projects import refusals as of_projects
from shared.contracts.refusals import Defect, Refusal, Trouble
from shared.kit.asking import Asker
from tests.chaos.ledger import Fact, Ledger

# Only refusals whose classes were imported say whether they may come from a late projection.
KNOWN = (of_contacts, of_projects)

R = TypeVar("R", bound=View)

_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 1.0

# How long a projection may be behind before a refusal that comes from it is believed.
_PATIENCE_SECONDS = 120.0

# One request in so many is not sent again after a silence: nobody will ever know whether it was done.
_GIVEN_UP = 1 / 8


class GivenUp(Exception):
    """The client went away without an answer."""


class ChaosClient:
    """Sends requests and writes down what is acknowledged."""

    def __init__(self, asker: Asker, ledger: Ledger, random: Random) -> None:
        self._asker = asker
        self._ledger = ledger
        self._random = random

    async def ask(self, request: Request[R], actor: Actor | None = None) -> R:
        """The answer, however long it takes.

        Raises:
            Refusal: the rules say no.
        """
        return await self._until_answered(request, actor, may_give_up=False)

    async def act(
        self,
        request: Request[R],
        actor: Actor | None,
        *facts: Fact,
        done_already: str = "",
        sure: bool = False,
    ) -> R | None:
        """Do something; its facts are in the ledger once it is acknowledged.

        `done_already` is the refusal that an act which cannot be repeated answers when an unanswered attempt had passed;
        the result is then None. `sure` acts are never given up.

        Raises:
            GivenUp: nobody answered, and the client did not insist.
        """
        try:
            reply = await self._until_answered(request, actor, may_give_up=not sure, known=done_already)
        except (GivenUp, asyncio.CancelledError):
            self._ledger.unanswered.update(facts)
            raise
        self._ledger.acknowledged.update(facts)
        return reply

    async def _until_answered(
        self, request: Request[R], actor: Actor | None, *, may_give_up: bool, known: str = ""
    ) -> Any:
        loop = asyncio.get_running_loop()
        begun, pause, unanswered = loop.time(), _FIRST_PAUSE_SECONDS, 0
        while True:
            try:
                reply = await self._asker.ask(request, actor=actor)
                self._ledger.attempts["done"] += 1
                return reply
            except Refusal as refusal:
                if unanswered and refusal.code == known:
                    return None
                if not refusal.may_be_behind or loop.time() - begun > _PATIENCE_SECONDS:
                    self._ledger.refusals[f"{type(request).__name__}: {refusal.code}"] += 1
                    raise
                self._ledger.attempts["behind"] += 1
            except Trouble:
                unanswered += 1
                self._ledger.attempts["trouble or silence"] += 1
            except Defect:
                unanswered += 1
                self._ledger.attempts["defect"] += 1
            if unanswered and may_give_up and self._random.random() < _GIVEN_UP:
                raise GivenUp
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
