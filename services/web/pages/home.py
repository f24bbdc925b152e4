"""Accueil: what awaits me, what comes next, what happened."""

from dataclasses import dataclass
from datetime import date

from litestar import get

from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, show
from services.web.pages.names import Names, names_of
from services.web.pages.news import gathered_news_of
from services.web.visits import Visit
from services.web.wording import awaited as wording
from shared.contracts.projects.queries import Awaited, Dated, DatedKind, GetHome, Home
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris

# As many as one reads without scrolling past what awaits.
MOST_NEWS = 6


@dataclass(frozen=True, slots=True)
class Task:
    """An act that awaits me."""

    title: str
    url: str
    why: str
    why_side: Side
    due: date | None
    urgent: bool
    late: bool
    minutes: int | None
    action: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act that I wait for from the other party."""

    who: str
    side: Side
    text: str
    reminder: date | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """Something that comes."""

    date: date
    title: str
    url: str
    detail: str | None
    from_time: None = None
    to_time: None = None


@get("/")
async def show_home(request: Visit) -> Page:
    """The page. A block whose service is away is left out with a sentence."""
    request.must_be_signed_in()
    frame = begin_page(request)
    home = await request.web.gateway.ask_if_there(GetHome(), request.actor)
    names = await _names(request, home) if home else None
    me = (await frame).me
    today = today_in_paris()
    return await show(
        request,
        "accueil.html",
        nav="accueil",
        today=today,
        first_name=me.first_name if me else "",
        tasks=[_task(it, names, today) for it in home.awaiting] if home and names else None,
        waiting=[_waiting(it, names) for it in home.awaited_from_others] if home and names else [],
        dates=[_date(it) for it in home.dates] if home else None,
        news=gathered_news_of(home.news, names, most=MOST_NEWS) if home and names else None,
        can_start=bool(me and me.affiliation),
    )


async def _names(request: Visit, home: Home) -> Names:
    awaited = [*home.awaiting, *home.awaited_from_others]
    return await names_of(
        request,
        people=[it.person_id for it in home.news],
        organizations=[*(it.other_party for it in awaited), *(it.organization_id for it in home.news)],
    )


def _task(item: Awaited, names: Names, today: date) -> Task:
    return Task(
        title=wording.act_title(item),
        url=wording.act_url(item),
        why=wording.act_why(item, names.organization(item.other_party)),
        why_side=names.side(item.other_party),
        due=item.due_on,
        urgent=wording.presses(item.due_on, today),
        late=item.due_on is not None and item.due_on < today,
        minutes=wording.act_minutes(item),
        action=wording.act_button(item),
    )


def _waiting(item: Awaited, names: Names) -> Waiting:
    other = item.other_party
    return Waiting(names.organization(other), names.side(other), wording.waiting_text(item))


def _date(item: Dated) -> Date:
    detail = item.context if item.kind in {DatedKind.MILESTONE, DatedKind.OBLIGATION} else None
    return Date(item.on, wording.date_title(item), wording.date_url(item), detail or None)
