"""One article: its text, a change to propose, the exchange about it, and accepting it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from services.web.pages.clause_versions import clause_versions_page
from services.web.pages.convention_view import Clause, Person, Shown, ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.side_by_side import Compared, as_stored, compared, parts_between
from services.web.visits import Visit
from shared.contracts.identifiers import ClauseId, CommentId, ConventionId
from shared.contracts.projects.commands import AcceptClause, AddComment, ProposeClause
from shared.contracts.projects.comparisons import PieceKind
from shared.contracts.projects.queries import ClauseView, GetClauseHistory
from shared.texts.differences import Segment, differences

# A text of a million characters is refused in words and given back; each of them may take six bytes in a form.
CLAUSE_FORM_BYTES = 8 << 20
_WITHDRAWN = {"clause_not_found": "_"}

_PATH = "/conventions/{convention_id:uuid}/articles/{clause_id:uuid}"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The article before or after."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where to go on reading."""

    previous: Neighbour | None
    next: Neighbour | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who changed the article while I was writing, and what."""

    author: Person
    at: datetime
    segments: list[Segment]
    mine: Compared
    """The newer text beside what I typed."""


@get(_PATH)
async def show_clause(request: Visit, convention_id: FromPath[UUID], clause_id: FromPath[UUID]) -> Page:
    """The page."""
    request.must_be_signed_in()
    return await _page(request, convention_id, clause_id, Form())


@post(f"{_PATH}/accepter")
async def handle_accept_clause(
    request: Visit, convention_id: FromPath[UUID], clause_id: FromPath[UUID]
) -> Page:
    """Accept the article as it was read."""
    form = await read_form(request)
    command = form.build(
        AcceptClause, convention_id=convention_id, clause_id=clause_id, revision=form.text("revision")
    )
    if await form.send(request, command, _WITHDRAWN) is None:
        return await _page(request, convention_id, clause_id, form)
    return await done(request, f"/conventions/{convention_id}", "Vous avez accepté l’article.")


@post(f"{_PATH}/proposer", request_max_body_size=CLAUSE_FORM_BYTES)
async def handle_propose_clause(
    request: Visit, convention_id: FromPath[UUID], clause_id: FromPath[UUID]
) -> Page:
    """Propose another text. When the article has moved meanwhile, what was typed is kept beside what changed."""
    form = await read_form(request)
    command = form.build(
        ProposeClause,
        convention_id=convention_id,
        clause_id=clause_id,
        revision=form.text("revision"),
        text=form.text("text"),
    )
    at = {"clause_unchanged": "text", "text_too_long": "text", "clause_changed": "_", **_WITHDRAWN}
    if await form.send(request, command, at) is None:
        read_at = int(form.text("revision")) if form.text("revision").isdecimal() else None
        return await _page(request, convention_id, clause_id, form, read_at=read_at)
    return await done(
        request, f"/conventions/{convention_id}", "Votre texte est proposé. Chaque partie est prévenue."
    )


@post(f"{_PATH}/commenter")
async def handle_comment_clause(
    request: Visit, convention_id: FromPath[UUID], clause_id: FromPath[UUID]
) -> Page:
    """Comment the article."""
    form = await read_form(request)
    command = form.build(
        AddComment,
        {"text": "comment"},
        convention_id=convention_id,
        comment_id=CommentId(form.made_id),
        clause_id=clause_id,
        text=form.text("comment"),
    )
    if await form.send(request, command, _WITHDRAWN) is None:
        return await _page(request, convention_id, clause_id, form)
    url = f"/conventions/{convention_id}/articles/{clause_id}#echanges"
    return await done(request, url, "Votre commentaire est publié.")


async def _page(
    request: Visit, convention_id: UUID, clause_id: UUID, form: Form, *, read_at: int | None = None
) -> Page:
    begin_page(request)
    shown = await ask_convention(request, ConventionId(convention_id))
    view = next((it for it in shown.view.clauses if it.clause_id == clause_id), None)
    if view is None:
        if form.errors:
            return await clause_versions_page(request, shown.view.convention_id, ClauseId(clause_id), form)
        # Taken out of the text, or never in it: the page of its versions knows.
        return Response(
            "", status_code=303, headers={"location": f"{shown.url}/articles/{clause_id}/versions"}
        )
    clause = shown.clause(view)
    moved = read_at is not None and read_at != view.revision
    comments = [it for it in shown.view.comments if it.clause_id == clause_id]
    return await show(
        request,
        "article.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs={} if moved and set(form.errors) == {"_"} else form.errors,
        valeurs={**form.values, "revision": str(view.revision)} if form.values else {},
        convention=shown.facts,
        clause=clause,
        may=shown.may,
        comments=[shown.comment(it) for it in comments],
        neighbours=_neighbours(shown, view),
        conflict=await _conflict(request, shown, clause, view, read_at, form.text("text"))
        if moved and read_at is not None
        else None,
    )


async def _conflict(
    request: Visit, shown: Shown, clause: Clause, view: ClauseView, read_at: int, typed: str
) -> Conflict:
    history = await request.web.gateway.ask(
        GetClauseHistory(convention_id=shown.view.convention_id, clause_id=view.clause_id), request.actor
    )
    read = next((it.text for it in history.revisions if it.revision == read_at), view.text)
    author = clause.author or shown.names.who(None, view.proposed_by)
    # What only the newer text says is its author's; what only mine says would be my side's.
    mine = parts_between(
        differences(view.text, as_stored(typed)),
        {PieceKind.REMOVED: view.proposed_by, PieceKind.ADDED: shown.mine},
        shown.names,
    )
    return Conflict(author, view.proposed_at, differences(read, view.text), compared(mine))


def _neighbours(shown: Shown, view: ClauseView) -> Neighbours:
    clauses = sorted(shown.view.clauses, key=lambda it: it.number)
    place = clauses.index(view)

    def link(position: int) -> Neighbour | None:
        if not 0 <= position < len(clauses):
            return None
        it = clauses[position]
        label = f"Article {it.number}. {it.title}" if it.number else it.title
        return Neighbour(f"{shown.url}/articles/{it.clause_id}", label)

    return Neighbours(link(place - 1), link(place + 1))
