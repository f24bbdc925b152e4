"""Conditions: how long the convention holds, how it ends or goes on, what is promised. Read, propose, accept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.names import Person
from services.web.pages.terms_view import terms_card, terms_lines
from services.web.visits import Visit
from services.web.wording.terms import RENEWALS, Line
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.commands import AcceptTerms, ProposeTerms
from shared.contracts.projects.queries import Act, GetTermsHistory
from shared.contracts.projects.terms import PromisedMeans, Renewal, Terms

_PATH = "/conventions/{convention_id:uuid}/conditions"
_ALL_PARTIES = "all"
_MOST_MEANS = 50
_FREE_ROWS = 2
_AT_FIELDS = {
    "ends_before_start": "ends_on",
    "renewal_unclear": "renewal_months",
    "terms_changed": "_",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    value: str
    label: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who changed the terms while I was writing, and what."""

    author: Person
    at: datetime
    lines: list[Line]
    mine: list[Line]
    """Mine, beside the newer ones; none where what I typed makes no terms."""


@get(_PATH)
async def show_terms(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The page."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post(f"{_PATH}/accepter")
async def handle_accept_terms(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Accept the terms as they were read."""
    form = await read_form(request)
    command = form.build(AcceptTerms, convention_id=convention_id, revision=form.text("revision"))
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), form)
    return await done(request, f"/conventions/{convention_id}", "Vous avez accepté les conditions.")


@post(f"{_PATH}/proposer")
async def handle_propose_terms(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Propose other terms. When they have moved meanwhile, what was typed is kept beside what changed."""
    form = await read_form(request)
    terms = _terms(form)
    command = terms and form.build(
        ProposeTerms, convention_id=convention_id, revision=form.text("revision"), terms=terms
    )
    if await form.send(request, command, _AT_FIELDS) is None:
        read_at = int(form.text("revision")) if form.text("revision").isdecimal() else None
        return await _page(request, ConventionId(convention_id), form, read_at=read_at)
    return await done(
        request,
        f"/conventions/{convention_id}",
        "Vos conditions sont proposées. Chaque partie est prévenue.",
    )


def _terms(form: Form) -> Terms | None:
    for row in range(_MOST_MEANS):
        if form.optional(f"means_due_{row}") and not form.optional(f"means_text_{row}"):
            form.errors[f"means_text_{row}"] = "Dites ce qui est promis pour ce jour, ou effacez la date."
    means = [
        form.build(
            PromisedMeans,
            {"text": f"means_text_{row}", "by": f"means_by_{row}", "due_on": f"means_due_{row}"},
            text=text,
            by=None if form.text(f"means_by_{row}") in {"", _ALL_PARTIES} else form.text(f"means_by_{row}"),
            due_on=form.optional(f"means_due_{row}"),
        )
        for row in range(_MOST_MEANS)
        if (text := form.optional(f"means_text_{row}"))
    ]
    figures: dict[str, Any] = {
        name: form.number(name) for name in ("notice_months", "meetings_per_year", "reviews_per_year")
    }
    ends = form.text("renewal") == Renewal.NEVER
    return form.build(
        Terms,
        starts_on=form.text("starts_on"),
        ends_on=form.text("ends_on"),
        renewal=form.text("renewal"),
        # The field stays in sight without JavaScript; what ends needs no length.
        renewal_months=None if ends else form.number("renewal_months"),
        means=[it for it in means if it is not None],
        **figures,
    )


async def _page(
    request: Visit, convention_id: ConventionId, form: Form, *, read_at: int | None = None
) -> Page:
    begin_page(request)
    shown = await ask_convention(request, convention_id)
    standing = shown.view.terms
    moved = read_at is not None and read_at != standing.revision
    typed = form.values if read_at is not None else {}
    mine = _terms(Form(form.kept)) if typed else None
    return await show(
        request,
        "conditions.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs={} if moved and set(form.errors) == {"_"} else form.errors,
        valeurs={**typed, "revision": str(standing.revision)} if typed else _filled(standing.terms),
        convention=shown.facts,
        terms=terms_card(shown),
        may=shown.may,
        renewals=[Choice(it.value, label) for it, label in RENEWALS.items()],
        promisers=[
            Choice(_ALL_PARTIES, "Toutes les parties"),
            *(Choice(str(it.organization_id), it.name) for it in shown.parties),
        ],
        rows=range(min(_rows(typed, standing.terms), _MOST_MEANS)),
        conflict=await _conflict(request, shown, read_at, mine) if moved and read_at is not None else None,
        kept=terms_lines(shown, mine, standing.terms) if mine and Act.PROPOSE not in shown.may else [],
    )


def _rows(typed: dict[str, str], terms: Terms) -> int:
    filled = [
        row
        for row in range(_MOST_MEANS)
        if (typed.get(f"means_text_{row}", "") + typed.get(f"means_due_{row}", "")).strip()
    ] or [-1]
    return max(len(terms.means), filled[-1] + 1) + _FREE_ROWS


def _filled(terms: Terms) -> dict[str, str]:
    values = {
        "starts_on": terms.starts_on.isoformat(),
        "ends_on": terms.ends_on.isoformat(),
        "renewal": terms.renewal.value,
        "renewal_months": str(terms.renewal_months or ""),
        "notice_months": str(terms.notice_months),
        "meetings_per_year": str(terms.meetings_per_year),
        "reviews_per_year": str(terms.reviews_per_year),
    }
    for row, it in enumerate(terms.means):
        values[f"means_text_{row}"] = it.text
        values[f"means_by_{row}"] = str(it.by or _ALL_PARTIES)
        values[f"means_due_{row}"] = it.due_on.isoformat() if it.due_on else ""
    return values


async def _conflict(request: Visit, shown: Shown, read_at: int, mine: Terms | None) -> Conflict:
    history = await request.web.gateway.ask(
        GetTermsHistory(convention_id=shown.view.convention_id), request.actor
    )
    standing = shown.view.terms
    read = next((it.terms for it in history.revisions if it.revision == read_at), None)
    author = shown.names.who(standing.proposed_by_person, standing.proposed_by)
    return Conflict(
        author,
        standing.proposed_at,
        terms_lines(shown, standing.terms, read),
        terms_lines(shown, mine, standing.terms) if mine else [],
    )
