"""Boîte: what is to do, to read, and filed."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from markupsafe import Markup

from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, done, see_other, show
from services.web.pages.names import Names, names_of
from services.web.visits import Visit
from services.web.wording import notices as wording
from shared.contracts.identifiers import NoticeId
from shared.contracts.notifications.commands import FileNotice, ReadAllNotices, ReadNotice
from shared.contracts.notifications.queries import (
    TO_DO_KINDS,
    CountUnread,
    ListNotices,
    Notices,
    NoticeState,
    NoticeView,
    UnreadCount,
)
from shared.contracts.projects.queries import NameSubjects
from shared.contracts.values import Side

_DRAWERS = {"": NoticeState.TO_DO, "a-lire": NoticeState.TO_READ, "classe": NoticeState.FILED}
_ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as the page shows it."""

    id: NoticeId
    title: str
    text: str | None
    side: Side
    at: datetime
    read: bool
    action: str | None
    url: str
    delivery: Markup | None
    due: date | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers beside the drawers."""

    to_do: int
    to_read: int


@get("/boite")
async def show_inbox(request: Visit) -> Page:
    """One drawer, newest first."""
    request.must_be_signed_in()
    begin_page(request)
    drawer = request.query_params.get("tiroir", "")
    state = _DRAWERS.get(drawer, NoticeState.TO_DO)
    page, counts = await asyncio.gather(
        request.web.gateway.ask_if_there(
            ListNotices(state=state, before=_before(request), limit=_ON_A_PAGE), request.actor
        ),
        request.web.gateway.ask_if_there(CountUnread(), request.actor),
    )
    return await show(
        request,
        "boite.html",
        nav="boite",
        drawer=str(state),
        counts=_counts(counts),
        notices=await _notices(request, page) if page else None,
        next_url=f"/boite?tiroir={drawer}&avant={page.next_before}" if page and page.next_before else None,
    )


@post("/boite/{notice_id:uuid}/lu")
async def handle_read_notice(request: Visit, notice_id: FromPath[UUID]) -> Page:
    """Mark a notice as read; one that asks for an act is put away."""
    await request.web.gateway.ask(ReadNotice(notice_id=NoticeId(notice_id)), request.actor)
    await request.web.gateway.ask(FileNotice(notice_id=NoticeId(notice_id)), request.actor)
    to_read = "tiroir=a-lire" in request.headers.get("referer", "")
    return see_other("/boite?tiroir=a-lire" if to_read else "/boite")


@post("/boite/tout-lu")
async def handle_read_all(request: Visit) -> Page:
    """Mark everything as read."""
    await request.web.gateway.ask(ReadAllNotices(), request.actor)
    return await done(request, "/boite?tiroir=a-lire", "Tout est marqué comme lu.")


def _counts(counts: UnreadCount | None) -> Counts:
    """What is to do is unread until it is done or filed: the rest of the unread is to read."""
    return Counts(counts.to_do, max(counts.unread - counts.to_do, 0)) if counts else Counts(0, 0)


def _before(request: Visit) -> NoticeId | None:
    try:
        return NoticeId(UUID(request.query_params.get("avant", "")))
    except ValueError:
        return None


async def _notices(request: Visit, page: Notices) -> list[Notice]:
    ids = {
        it
        for notice in page.notices
        for it in (
            notice.convention_id,
            notice.clause_id,
            notice.project_id,
            notice.milestone_id,
            notice.indicator_id,
            notice.task_id,
            notice.obligation_id,
            notice.template_id,
        )
        if it is not None
    }
    names, titles = await asyncio.gather(
        names_of(
            request,
            people=[it.actor_person_id for it in page.notices],
            organizations=[it.actor_organization_id for it in page.notices],
        ),
        request.web.gateway.ask_if_there(NameSubjects(ids=tuple(ids)[:500]), request.actor),
    )
    subjects = wording.Subjects({str(key): value for key, value in titles.titles.items()} if titles else {})
    return [_notice(it, names, subjects) for it in page.notices]


def _notice(notice: NoticeView, names: Names, subjects: wording.Subjects) -> Notice:
    organization = names.organization(notice.actor_organization_id)
    known = notice.actor_person_id in names.people
    who = f"{names.person(notice.actor_person_id)} ({organization})" if known else organization
    return Notice(
        id=notice.notice_id,
        title=wording.notice_title(notice, who, subjects),
        text=wording.notice_reason(notice),
        side=names.side(notice.actor_organization_id),
        at=notice.created_at,
        read=notice.read,
        action=wording.notice_action(notice) if notice.kind in TO_DO_KINDS else None,
        url=wording.notice_url(notice),
        delivery=wording.delivery_in_words(notice.deliveries),
    )
