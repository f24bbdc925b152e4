"""Before signing: everything that is missing at once, or the date by which to sign."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.convention_view import Party, ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.visits import Visit
from services.web.wording.sealing import obstacle
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.commands import SealConvention
from shared.contracts.projects.queries import CheckSealing
from shared.kit.clock import today_in_paris

_PATH = "/conventions/{convention_id:uuid}/sceller"
# Time to gather the signatories, short enough to be remembered.
_SUGGESTED_DELAY = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer among several."""

    value: str
    label: str
    hint: str | None = None


@get(_PATH)
async def show_sealing(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """What is missing, or the form."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post(_PATH)
async def handle_seal(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Freeze the text."""
    form = await read_form(request)
    command = form.build(
        SealConvention,
        convention_id=convention_id,
        version=form.text("version"),
        sign_before=form.text("sign_before"),
        sign_order=form.text("sign_order").split(),
    )
    beside = {
        "sign_before_in_past": "sign_before",
        "sign_before_after_end": "sign_before",
        "signing_order_incomplete": "sign_order",
    }
    if await form.send(request, command, beside) is None:
        return await _page(request, ConventionId(convention_id), form)
    told = "Le texte est scellé. Les signataires sont prévenus."
    return await done(request, f"/conventions/{convention_id}", told)


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown, check = await asyncio.gather(
        ask_convention(request, convention_id),
        request.web.gateway.ask(CheckSealing(convention_id=convention_id), request.actor),
    )
    numbers = {it.clause_id: it.number for it in shown.view.clauses}
    annexes = {it.annex_id: it.number for it in shown.view.annexes}
    return await show(
        request,
        "sceller.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        problems=[
            obstacle(
                it,
                shown.url,
                numbers.get(it.clause_id) if it.clause_id else None,
                shown.names.organization(it.organization_id),
                annexes.get(it.annex_id) if it.annex_id else None,
            )
            for it in check.problems
        ],
        total=sum(number > 0 for number in numbers.values()),
        parties=shown.parties,
        suggested=_suggested(shown.view.starts_on, shown.view.ends_on),
        orders=_orders(shown.parties),
    )


def _orders(parties: Sequence[Party]) -> list[Option]:
    """Free, or one of the orders. Beyond three parties they are too many to choose from: each may begin, in turn."""
    chosen = permutations(parties) if len(parties) <= 3 else _turns(parties)
    fixed = [
        Option(" ".join(str(it.organization_id) for it in order), ", puis ".join(it.name for it in order))
        for order in chosen
    ]
    return [
        Option("", "Libre", "Chaque partie signe quand elle veut, la dernière rend la convention active."),
        *fixed,
    ]


def _turns(parties: Sequence[Party]) -> list[tuple[Party, ...]]:
    return [(*parties[first:], *parties[:first]) for first in range(len(parties))]


def _suggested(starts_on: date, ends_on: date) -> date:
    today = today_in_paris()
    usual = today + _SUGGESTED_DELAY
    return min(usual, starts_on) if starts_on > today else max(today, min(usual, ends_on))
