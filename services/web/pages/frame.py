"""The frame of every page: who is signed in, her counters, the message of the last act; and the page itself."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response
from litestar.response import Redirect

from services.web.accounts.sessions import Flash, leave_flash
from services.web.visits import FRAME, Visit
from services.web.wording.refusals import sentence_of
from shared.contracts.contacts.queries import AffiliationView, GetMyself, PersonView
from shared.contracts.notifications.queries import CountUnread
from shared.contracts.projects.counts import CountAwaiting
from shared.contracts.refusals import Refusal
from shared.contracts.values import Side
from shared.kit import tracing
from shared.kit.database import transaction

HTML = "text/html"
# What the page of errors has words for; any other refusal is told as "somebody acted meanwhile".
_TOLD = {403, 404, 405, 409, 413, 429, 500, 503}
_REFUSED = 409
# Shorter, without a space, is typed again sooner than it is copied; a hash was typed by nobody.
_SHORT = 40
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, as the page's head shows her."""

    name: str
    first_name: str
    organization: str
    side: Side
    is_administrator: bool
    is_operator: bool
    affiliation: AffiliationView | None
    person: PersonView


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows around its own content; None for what did not come in time."""

    me: Me | None = None
    unread: int | None = None
    conventions_awaiting: int | None = None


@dataclass(frozen=True, slots=True)
class Nav:
    """Where the page is in the menu, with the counters."""

    current: str
    unread: int | None
    conventions_awaiting: int | None


def begin_page(visit: Visit) -> "asyncio.Task[Frame]":
    """Start asking for the frame, once; call it first, so that it is there when the page's own content is."""
    state: dict[str, Any] = visit.scope["state"]
    if FRAME not in state:
        state[FRAME] = visit.meanwhile(_ask_frame(visit))
    return state[FRAME]


async def show(
    visit: Visit,
    template: str,
    *,
    nav: str = "",
    status: int = 200,
    live_url: str | None = "/evenements",
    erreurs: dict[str, str] | None = None,
    valeurs: dict[str, str] | None = None,
    **context: Any,
) -> Response[str]:
    """The page, in its frame."""
    html = await _compose(
        visit,
        template,
        nav,
        {"live_url": live_url, "erreurs": erreurs or {}, "valeurs": valeurs or {}, **context},
    )
    return Response(html, status_code=status, media_type=HTML)


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that had no answer, to be sent again from the page that says so: nothing typed is lost."""

    url: str
    fields: list[tuple[str, str]]

    @property
    def written(self) -> list[str]:
        """The words in it that somebody would miss."""
        return [
            value
            for _, value in self.fields
            if (" " in value or len(value) > _SHORT) and not _HASH.fullmatch(value)
        ]


async def error_page(
    visit: Visit,
    status: int,
    refusal: Refusal | None = None,
    *,
    kept: Kept | None = None,
    written: Sequence[str] = (),
) -> str:
    """The page for what cannot be shown or done: with the form to send again, or what was written, to copy from."""
    context: dict[str, Any] = {
        "status": status if status in _TOLD else _REFUSED,
        "message": None if refusal is None or status in {404, 405} else sentence_of(refusal),
        "trace_id": tracing.trace_id() or None,
        "kept": kept,
        "written": written,
        "live_url": None,
        "erreurs": {},
        "valeurs": {},
    }
    return await _compose(visit, "erreur.html", "", context)


def see_other(path: str) -> Redirect:
    """After an act: a page that can be reloaded without acting twice."""
    return Redirect(path, status_code=303)


async def done(
    visit: Visit, path: str, text: str, *, url: str | None = None, label: str | None = None
) -> Redirect:
    """The act is done: say so on the next page."""
    return await _leave(visit, path, Flash(text, url, label))


async def not_done(visit: Visit, path: str, why: str) -> Redirect:
    """The act was refused, and no form of its own can say so: the next page does."""
    return await _leave(visit, path, Flash(why, refused=True))


async def _leave(visit: Visit, path: str, flash: Flash) -> Redirect:
    async with transaction(visit.web.database, actor=None) as tx:
        await leave_flash(tx, visit.my_session.session_id, flash)
    return see_other(path)


async def _compose(visit: Visit, template: str, nav: str, context: dict[str, Any]) -> str:
    frame = await begin_page(visit)
    flash = await _take_flash(visit)
    around = {
        "me": frame.me,
        "nav": Nav(nav, frame.unread, frame.conventions_awaiting),
        "flash": flash,
    }
    return visit.web.rendering.page(template, around | context)


async def _take_flash(visit: Visit) -> Flash | None:
    session = visit.visitor.session
    if session is None or session.flash is None:
        return None
    async with transaction(visit.web.database, actor=None) as tx:
        await leave_flash(tx, session.session_id, None)
    return session.flash


async def _ask_frame(visit: Visit) -> Frame:
    if visit.visitor.session is None:
        return Frame()
    # Whoever is refused one of them (she has no organisation yet) still has her page.
    ask = visit.web.gateway.ask_if_there_and_allowed
    person, unread, conventions = await asyncio.gather(
        ask(GetMyself(), visit.actor),
        ask(CountUnread(), visit.actor),
        ask(CountAwaiting(), visit.actor),
    )
    return Frame(
        me=_me(visit, person),
        unread=unread.unread if unread else None,
        conventions_awaiting=conventions.awaiting if conventions else None,
    )


def _me(visit: Visit, person: PersonView | None) -> Me:
    if person is None:
        # Contacts is away: the page shows, with its menu, without names.
        person = PersonView(
            person_id=visit.person_id, given_name="", family_name="", email="", affiliations=()
        )
    current = visit.my_session.organization_id
    affiliation = next((it for it in person.affiliations if it.organization_id == current), None)
    return Me(
        name=f"{person.given_name} {person.family_name}".strip() or "Mon compte",
        first_name=person.given_name,
        organization=affiliation.organization_name if affiliation else "",
        side=affiliation.side if affiliation else Side.THIRD_PARTY,
        is_administrator=affiliation.administrator if affiliation else False,
        is_operator=visit.my_session.is_operator,
        affiliation=affiliation,
        person=person,
    )
