"""Lines of a timeline, with the names of who acted."""

from itertools import groupby, islice

from services.web.pages.names import Names
from services.web.wording.gathered import GATHERED
from services.web.wording.timeline import News, tell
from services.web.wording.titles import quoted
from shared.contracts.projects.queries import TimelineEntry


def news_of(entries: tuple[TimelineEntry, ...], names: Names) -> list[News]:
    """One line per event, in the order given."""
    return [_line(entry, names) for entry in entries]


def gathered_news_of(entries: tuple[TimelineEntry, ...], names: Names, *, most: int) -> list[News]:
    """The latest news, at most so many lines: what somebody did many times in a row is one of them."""
    runs = groupby(entries, key=lambda it: (it.type, it.person_id, it.organization_id, it.convention_id))
    return [_gathered(list(run), names) for _, run in islice(runs, most)]


def _gathered(run: list[TimelineEntry], names: Names) -> News:
    latest = run[0]
    told = GATHERED.get(latest.type)
    line = _line(latest, names)
    if len(run) == 1 or told is None:
        return line
    text = told[latest.person_id == names.me].format(count=len(run))
    return News(
        who=line.who,
        side=line.side,
        text=text,
        object=quoted(latest.convention_title),
        url=f"/conventions/{latest.convention_id}/historique",
        detail=line.detail,
        at=latest.occurred_at,
    )


def _line(entry: TimelineEntry, names: Names) -> News:
    organization = names.organization(entry.organization_id)
    known = entry.person_id in names.people
    who = names.person(entry.person_id) if known else organization
    side = names.side(entry.organization_id)
    return tell(entry, who, side, is_me=entry.person_id == names.me, detail=organization if known else None)
