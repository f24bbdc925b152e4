"""Add an article to a convention: from the library or in one's own words. Take back one's own."""

from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.clause import CLAUSE_FORM_BYTES
from services.web.pages.convention_view import ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, not_done, show
from services.web.visits import Visit
from shared.contracts.identifiers import ClauseId, ConventionId
from shared.contracts.projects.commands import AddClause, WithdrawClause
from shared.contracts.projects.queries import ListLibraryClauses

_PATH = "/conventions/{convention_id:uuid}/articles"


@dataclass(frozen=True, slots=True)
class Offer:
    """A clause of the library."""

    title: str
    use: str
    url: str
    chosen: bool


@get(f"{_PATH}/nouveau")
async def show_new_clause(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The form, filled from the library when a clause of it was chosen."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post(f"{_PATH}/nouveau", request_max_body_size=CLAUSE_FORM_BYTES)
async def handle_add_clause(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Add it."""
    form = await read_form(request)
    command = form.build(
        AddClause,
        convention_id=convention_id,
        clause_id=ClauseId(form.made_id),
        title=form.text("title"),
        text=form.text("text"),
    )
    if await form.send(request, command, {"text_too_long": "text"}) is None:
        return await _page(request, ConventionId(convention_id), form)
    told = "Votre article est proposé. Chaque partie est prévenue."
    return await done(request, f"/conventions/{convention_id}", told)


@post(f"{_PATH}/{{clause_id:uuid}}/retirer")
async def handle_withdraw_clause(
    request: Visit, convention_id: FromPath[UUID], clause_id: FromPath[UUID]
) -> Page:
    """Take it back or, where an amendment may take it out of the text in force, propose that."""
    form = await read_form(request)
    command = form.build(
        WithdrawClause, convention_id=convention_id, clause_id=clause_id, revision=form.text("revision")
    )
    url = f"/conventions/{convention_id}"
    if await form.send(request, command, {"clause_not_found": "_"}) is None:
        return await not_done(request, f"{url}/articles/{clause_id}", next(iter(form.errors.values())))
    return await done(request, url, "C’est noté. Chaque partie est prévenue.")


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown = await ask_convention(request, convention_id)
    library = (await request.web.gateway.ask(ListLibraryClauses(), request.actor)).clauses
    wanted = request.query_params.get("modele", "")
    chosen = next((it for it in library if it.name == wanted), None)
    taken = {it.title for it in shown.view.clauses}
    return await show(
        request,
        "article_nouveau.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        may=shown.may,
        chosen=chosen,
        offers=[
            Offer(it.title, it.use, f"{shown.url}/articles/nouveau?modele={it.name}", it is chosen)
            for it in library
            if it.title not in taken or it is chosen
        ],
    )
