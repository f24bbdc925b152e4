"""Quarantaine: what the services could not apply, for the accounts that look after the platform."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog
from litestar import get, post
from litestar.params import FromPath
from pydantic import ValidationError

from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, done, show
from services.web.visits import Visit
from services.web.wording.dates import NBSP, pluriel
from services.web.wording.quarantine import reason_in_words
from shared.contracts.messages import Request, View
from shared.contracts.operations import (
    DiscardQuarantined,
    InspectQuarantined,
    ListQuarantine,
    Quarantine,
    QuarantinedContent,
    QuarantinedResolved,
    QuarantinedView,
    Replayed,
    ReplayQuarantined,
    Resolution,
)
from shared.contracts.refusals import Defect, Trouble
from shared.contracts.web.refusals import PageNotFound

_log = structlog.get_logger()

_HOME = "/exploitation/quarantaine"
_SERVICES = ("contacts", "projects", "notifications")

# More than anybody treats one by one; `entente quarantine replay` takes them all.
_SHOWN = 50

_REFUSED = 409

AnyReply = TypeVar("AnyReply", bound=View)
AnyRequest = TypeVar("AnyRequest", bound=Request[Any])


@dataclass(frozen=True, slots=True)
class Line:
    """A message as the list shows it."""

    service: str
    number: int
    url: str
    type: str
    version: int | None
    source: str
    reason: str
    words: str
    """What the reason means, in French."""
    at: datetime
    resolution: str | None


@get("/exploitation/quarantaine")
async def show_quarantine(request: Visit) -> Page:
    """What waits in every service, the oldest first."""
    request.must_be_operator()
    begin_page(request)
    pages = await asyncio.gather(*(_waiting_in(request, it) for it in _SERVICES))
    answered = [(service, page) for service, page in zip(_SERVICES, pages, strict=True) if page]
    lines = [_line(service, message) for service, page in answered for message in page.messages]
    waiting = sum(page.waiting for _, page in answered)
    return await show(
        request,
        "quarantaine.html",
        live_url=None,
        lines=sorted(lines, key=lambda it: it.at),
        waiting=waiting,
        more=waiting - len(lines),
        silent=[service for service, page in zip(_SERVICES, pages, strict=True) if page is None],
    )


@get("/exploitation/quarantaine/{service:str}/{number:int}")
async def show_quarantined(request: Visit, service: FromPath[str], number: FromPath[int]) -> Page:
    """One message, with all that it says and holds back."""
    return await _one(request, service, number, "quarantaine_message.html")


@post("/exploitation/quarantaine/{service:str}/{number:int}/rejouer")
async def handle_replay(request: Visit, service: FromPath[str], number: FromPath[int]) -> Page:
    """Apply it once more. When it fails again, the page says why."""
    return await _told(request, service, number, await _operate(request, service, ReplayQuarantined, number))


@get("/exploitation/quarantaine/{service:str}/{number:int}/ecarter")
async def show_discarding(request: Visit, service: FromPath[str], number: FromPath[int]) -> Page:
    """What it means to give it up, before it is done."""
    return await _one(request, service, number, "quarantaine_ecarter.html")


@post("/exploitation/quarantaine/{service:str}/{number:int}/ecarter")
async def handle_discard(request: Visit, service: FromPath[str], number: FromPath[int]) -> Page:
    """Give it up, unless it was applied meanwhile, or its turn has not come."""
    return await _told(request, service, number, await _operate(request, service, DiscardQuarantined, number))


async def _told(request: Visit, service: str, number: int, outcome: Replayed | None) -> Page:
    """What became of the message, which is not always what was asked."""
    if outcome is None:
        return await _no_longer_waits(request)
    if outcome.resolution is None:
        return await _one(request, service, number, "quarantaine_message.html", failed=outcome.reason)
    became = {Resolution.APPLIED: "appliqué", Resolution.DISCARDED: "écarté"}[outcome.resolution]
    return await done(request, _HOME, f"Le message est {became}.{_followed(outcome)}")


async def _one(request: Visit, service: str, number: int, template: str, *, failed: str = "") -> Page:
    content: QuarantinedContent = await _ask(request, service, _numbered(InspectQuarantined, number))
    begin_page(request)
    return await show(
        request,
        template,
        status=_REFUSED if failed else 200,
        live_url=None,
        line=_line(service, content.message),
        content=content,
        failed=reason_in_words(failed) if failed else "",
    )


async def _operate(
    request: Visit, service: str, act: type[ReplayQuarantined | DiscardQuarantined], number: int
) -> Replayed | None:
    """What became of it; None when it no longer waited."""
    try:
        outcome = await _ask(request, service, _numbered(act, number))
    except QuarantinedResolved:
        return None
    # Who did it is told by the log: the quarantine itself keeps what was done, and when.
    _log.info(
        "quarantine_operated",
        act=act.__name__,
        of=service,
        number=number,
        resolution=outcome.resolution,
        person_id=str(request.person_id),
    )
    return outcome


async def _no_longer_waits(request: Visit) -> Page:
    return await done(request, _HOME, f"Ce message n’attendait plus{NBSP}: il est déjà appliqué ou écarté.")


async def _ask(request: Visit, service: str, question: Request[AnyReply]) -> AnyReply:
    request.must_be_operator()
    if service not in _SERVICES:
        raise PageNotFound
    return await request.web.gateway.operate(question, service)


async def _waiting_in(request: Visit, service: str) -> Quarantine | None:
    try:
        return await request.web.gateway.operate(ListQuarantine(limit=_SHOWN), service)
    except (Trouble, Defect):
        return None


def _numbered(request: type[AnyRequest], number: int) -> AnyRequest:
    try:
        return request.model_validate({"quarantine_id": number})
    except ValidationError:
        raise PageNotFound from None


def _line(service: str, message: QuarantinedView) -> Line:
    return Line(
        service=service,
        number=message.quarantine_id,
        url=f"{_HOME}/{service}/{message.quarantine_id}",
        type=message.type,
        version=message.version,
        source=message.source,
        reason=message.reason,
        words=reason_in_words(message.reason),
        at=message.quarantined_at,
        resolution=message.resolution,
    )


def _followed(outcome: Replayed) -> str:
    if not outcome.released:
        return ""
    return (
        f" {pluriel(outcome.released, 'message attendait', 'messages attendaient')} derrière lui, et suivent."
    )
