"""Lines of a timeline, with the names of who acted."""

from services.web.pages.names import Names
from services.web.wording.timeline import News, tell
from shared.contracts.projects.queries import TimelineEntry


def news_of(entries: tuple[TimelineEntry, ...], names: Names) -> list[News]:
    """One line per event, in the order given."""
    return [_line(entry, names) for entry in entries]


def _line(entry: TimelineEntry, names: Names) -> News:
    organization = names.organization(entry.organization_id)
    known = entry.person_id in names.people
    who = names.person(entry.person_id) if known else organization
    side = names.side(entry.organization_id)
    return tell(entry, who, side, is_me=entry.person_id == names.me, detail=organization if known else None)
