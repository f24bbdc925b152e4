"""Realistic values for every page. The names of people and associations are invented."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples import (
    accounts,
    amendments,
    annexes,
    checking,
    conventions,
    directory,
    evidence,
    home,
    lists,
    lives,
    mediation,
    notes,
    operations,
    paper,
    parties,
    partnerships,
    promises,
    rooms,
    succession,
    templates,
    terms,
    versions,
    work,
)
from tests.web.look.samples.people import TODAY

__all__ = ["PAGES", "TODAY", "frame"]

#: name of the page -> (template, what its view gives)
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    **home.PAGES,
    **lists.PAGES,
    **conventions.PAGES,
    **lives.PAGES,
    **amendments.PAGES,
    **accounts.PAGES,
    **annexes.PAGES,
    **checking.PAGES,
    **directory.PAGES,
    **evidence.PAGES,
    **mediation.PAGES,
    **notes.PAGES,
    **operations.PAGES,
    **paper.PAGES,
    **parties.PAGES,
    **partnerships.PAGES,
    **promises.PAGES,
    **succession.PAGES,
    **templates.PAGES,
    **terms.PAGES,
    **versions.PAGES,
    **rooms.PAGES,
    **work.PAGES,
}


def frame(context: dict[str, object]) -> dict[str, object]:
    """What every page gets, under what the page itself gives."""
    return {
        "me": View(
            name="Claire Vasseur",
            side="establishment",
            organization="Centre hospitalier de Bellerive",
            is_administrator=True,
            is_operator=False,
        ),
        "nav": View(current="", conventions_awaiting=1, unread=3),
        "flash": None,
        "live_url": None,
        "erreurs": {},
        "valeurs": {},
        **context,
    }
