"""A convention: where it stands, both signatures, what changed since my last reading, and the next act."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.amendments_view import ask_amended, ask_changed, who_gave_up
from services.web.pages.annexes_view import Annex, annexes_of
from services.web.pages.convention_view import Person, Shown, ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.promises_view import ShownPromises
from services.web.pages.rooms_view import tabs_of
from services.web.pages.terms_view import terms_card
from services.web.visits import Visit
from services.web.wording.dates import pluriel
from shared.contracts.contacts.queries import ListMandates, Mandates, MandateState
from shared.contracts.identifiers import ClauseId, CommentId, ConventionId
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AcceptClauses, AcceptTerms, AddComment, ReadConvention
from shared.contracts.projects.promises import GetPromises
from shared.contracts.projects.queries import Act, ListProjects
from shared.contracts.projects.rooms import ListRooms
from shared.contracts.values import Side

_LATEST_COMMENTS = 5


@dataclass(frozen=True, slots=True)
class Link:
    """A thing with its page."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Changes:
    """How much changed since my last reading."""

    since: datetime
    modified: int
    unchanged: int
    withdrawn: list[Link]
    annexes: int

    @property
    def any(self) -> bool:
        """Whether there are some."""
        return bool(self.modified or self.withdrawn or self.annexes)


@dataclass(frozen=True, slots=True)
class ToAccept:
    """A clause that awaits my acceptance, as I read it."""

    id: ClauseId
    revision: int


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody whom a side designates."""

    name: str
    state: MandateState


@dataclass(frozen=True, slots=True)
class SideReferents:
    """The référents of one side."""

    side: Side
    organization: str
    is_mine: bool
    people: list[Referent]


@dataclass(frozen=True, slots=True)
class LastRefusal:
    """Why the text is open again."""

    person: Person
    at: datetime
    reason: str


@get("/conventions/{convention_id:uuid}")
async def show_convention(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The page. A text without news is marked as read: what comes later is what changed."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post("/conventions/{convention_id:uuid}/accepter-tout")
async def handle_accept_all(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Accept, as they were read, all the clauses that the page listed, and the terms if they were among them."""
    form = await read_form(request)
    pairs = [it.rpartition(":") for it in form.every("clause")]
    terms = form.optional("terms_revision")
    command = (
        form.build(
            AcceptClauses,
            convention_id=convention_id,
            clauses=[{"clause_id": clause_id, "revision": revision} for clause_id, _, revision in pairs],
            terms_revision=terms,
        )
        if pairs or not terms
        else form.build(
            AcceptTerms, {"revision": "terms_revision"}, convention_id=convention_id, revision=terms
        )
    )
    reply = await form.send(request, command)
    if reply is None:
        return await _page(request, ConventionId(convention_id), form)
    await _mark_as_read(request, ConventionId(convention_id), reply)
    accepted = pluriel(len(pairs), "article accepté", "articles acceptés") if pairs else ""
    told = ", ".join(filter(None, (accepted, "conditions acceptées" if terms else ""))) + "."
    told = told[0].upper() + told[1:]
    return await done(request, f"/conventions/{convention_id}", told)


@post("/conventions/{convention_id:uuid}/commenter")
async def handle_write_message(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Write to the other side about the whole convention."""
    form = await read_form(request)
    command = form.build(
        AddComment,
        {"text": "comment"},
        convention_id=convention_id,
        comment_id=CommentId(form.made_id),
        text=form.text("comment"),
    )
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), form)
    return await done(request, f"/conventions/{convention_id}#echanges", "Votre message est publié.")


@post("/conventions/{convention_id:uuid}/lu")
async def handle_read_convention(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Remember that the changes that the page showed have been read."""
    form = await read_form(request)
    command = form.build(ReadConvention, convention_id=convention_id, version=form.text("version"))
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), form)
    return await done(request, f"/conventions/{convention_id}", "Les changements sont marqués comme lus.")


async def _mark_as_read(request: Visit, convention_id: ConventionId, reply: Done) -> None:
    if reply.version:
        read = ReadConvention(convention_id=convention_id, version=reply.version)
        await request.web.gateway.ask_if_there(read, request.actor)


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    actor, gateway = request.actor, request.web.gateway
    shown, amended, mandates, projects, rooms, promises = await asyncio.gather(
        ask_convention(request, convention_id),
        ask_amended(request, convention_id),
        gateway.ask_if_there_and_allowed(ListMandates(convention_id=convention_id), actor),
        gateway.ask_if_there_and_allowed(ListProjects(convention_id=convention_id), actor),
        gateway.ask_if_there_and_allowed(ListRooms(convention_id=convention_id), actor),
        gateway.ask_if_there_and_allowed(GetPromises(convention_id=convention_id), actor),
    )
    view, clauses = shown.view, shown.clauses
    amends = await ask_changed(request, shown) if view.amends else None
    if view.amends:
        # People are mandated for the convention.
        mandates = await gateway.ask_if_there_and_allowed(
            ListMandates(convention_id=view.amends.convention_id), actor
        )
    modified = [it for it in clauses if it.modified]
    wanted = request.query_params.get("vue", "")
    terms = terms_card(shown)
    annexes = annexes_of(shown)
    changes = _changes(shown, annexes, modified=len(modified))
    changed = changes is not None and (changes.any or terms.modified)
    by_change = changed and wanted != "texte"
    by_amendment = amends is not None and not amends.nothing and wanted != "texte"
    if not changed and view.read_version != view.version:
        read = ReadConvention(convention_id=convention_id, version=view.version)
        await gateway.ask_if_there_and_allowed(read, actor)
    waiting = [it for it in clauses if not it.accepted_by_me] if Act.ACCEPT in shown.may else []
    latest = view.comments[: -_LATEST_COMMENTS - 1 : -1]
    refusal = view.last_refusal
    return await show(
        request,
        "convention.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        may=shown.may,
        steps=shown.steps,
        parties=shown.parties,
        view="amendment" if by_amendment else "changes" if by_change else "text",
        amended=amended,
        amendment_changes=amends is not None and not amends.nothing,
        abandoned=who_gave_up(amended, convention_id),
        changed_annexes=amends.annexes if amends else (),
        changes=changes if changed else None,
        terms=amends.terms if amends and by_amendment else terms if terms.modified or not by_change else None,
        terms_to_accept=terms.revision if Act.ACCEPT in shown.may and not terms.accepted_by_me else None,
        clauses=amends.clauses if amends and by_amendment else modified if by_change else clauses,
        total=len(clauses),
        to_accept=[ToAccept(it.id, it.revision) for it in waiting],
        referents=_referents(shown, mandates),
        annexes=annexes,
        comments=[shown.comment(it) for it in latest],
        promises=ShownPromises(promises, shown.names, shown.mine).brief() if promises else None,
        projects=[Link(it.title, f"/projets/{it.project_id}") for it in projects.projects]
        if projects
        else [],
        rooms=tabs_of(convention_id, rooms.rooms) if rooms else [],
        last_refusal=LastRefusal(
            shown.names.who(refusal.person_id, refusal.organization_id), refusal.refused_at, refusal.reason
        )
        if refusal
        else None,
    )


def _changes(shown: Shown, annexes: list[Annex], *, modified: int) -> Changes | None:
    view = shown.view
    if view.read_at is None:
        return None
    return Changes(
        since=view.read_at,
        modified=modified,
        unchanged=len(view.clauses) - modified,
        withdrawn=[Link(it.title, f"{shown.url}/articles/{it.clause_id}/versions") for it in view.withdrawn],
        annexes=sum(it.changed for it in annexes),
    )


def _referents(shown: Shown, mandates: Mandates | None) -> list[SideReferents]:
    current = (
        [it for it in mandates.mandates if it.state in {MandateState.PROPOSED, MandateState.ACCEPTED}]
        if mandates
        else []
    )
    return [
        SideReferents(
            party.side,
            party.name,
            party.is_mine,
            [
                Referent(f"{it.given_name} {it.family_name}", it.state)
                for it in current
                if it.organization_id == party.organization_id
            ],
        )
        for party in shown.parties
    ]
