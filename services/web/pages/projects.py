"""Projects: the list, and proposing a new one under an active convention."""

import asyncio
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from litestar import get, post
from litestar.params import FromQuery

from services.web.pages.colleagues import colleagues_of
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.names import Names, names_of
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId, OrganizationId, ProjectId
from shared.contracts.projects.commands import ProposeProject
from shared.contracts.projects.queries import (
    ConventionState,
    GetConvention,
    ListConventions,
    ListProjects,
    ProjectLine,
)
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris

NAV = "projets"
_AT_FIELDS = {"lead_not_of_side": "lead"}


@dataclass(frozen=True, slots=True)
class Other:
    """Who the project is done with."""

    name: str
    side: Side


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next milestone of a project in the list."""

    title: str
    due_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A project in the list."""

    id: ProjectId
    title: str
    state: str
    convention_title: str
    others: list[Other]
    next_milestone: NextStep | None


@dataclass(frozen=True, slots=True)
class Startable:
    """An active convention, under which a project may be proposed."""

    convention_id: ConventionId
    title: str


@get("/projets")
async def show_projects(request: Visit) -> Page:
    """My organisation's projects, the one with the nearest milestone first."""
    request.must_be_signed_in()
    begin_page(request)
    gateway, actor = request.web.gateway, request.actor
    found, conventions = await asyncio.gather(
        gateway.ask_if_there(ListProjects(), actor),
        gateway.ask_if_there(ListConventions(state=ConventionState.ACTIVE, limit=200), actor),
    )
    lines = found.projects if found else ()
    names = await names_of(request, organizations=(party for it in lines for party in it.parties))
    return await show(
        request,
        "projets.html",
        nav=NAV,
        projects=[_line(it, names, actor.organization_id) for it in lines] if found else None,
        startable=[
            Startable(it.convention_id, it.title) for it in (conventions.conventions if conventions else ())
        ],
    )


@get("/projets/nouveau")
async def show_new_project(request: Visit, convention: FromQuery[UUID | None] = None) -> Page:
    """The form."""
    request.must_be_signed_in()
    return await _form_page(request, convention, Form())


@post("/projets/nouveau")
async def handle_propose_project(request: Visit) -> Page:
    """Propose a project: the other side is told, and names who leads it there."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        ProposeProject,
        named={"convention_id": "convention"},
        project_id=ProjectId(form.made_id),
        convention_id=form.text("convention"),
        title=form.text("title"),
        aim=form.text("aim"),
        lead=form.identifier("lead"),
    )
    if command and await form.send(request, command, at=_AT_FIELDS):
        return await done(
            request, f"/projets/{command.project_id}", "Le projet est proposé. Chaque partie est prévenue."
        )
    return await _form_page(request, form.identifier("convention"), form)


async def _form_page(request: Visit, convention_id: UUID | None, form: Form) -> Page:
    if convention_id is None:
        raise ConventionNotFound
    begin_page(request)
    convention, colleagues = await asyncio.gather(
        request.web.gateway.ask(GetConvention(convention_id=ConventionId(convention_id)), request.actor),
        colleagues_of(request),
    )
    return await show(
        request,
        "projet_nouveau.html",
        nav=NAV,
        status=form.status,
        erreurs=form.errors,
        valeurs=form.values,
        convention={
            "id": convention.convention_id,
            "title": convention.title,
            "state": convention.state,
            "starts_on": convention.starts_on,
            "ends_on": convention.ends_on,
        },
        colleagues=colleagues,
    )


def _line(project: ProjectLine, names: Names, mine: OrganizationId | None) -> Line:
    step = project.next_milestone
    return Line(
        id=project.project_id,
        title=project.title,
        state=project.state,
        convention_title=project.convention_title,
        others=[Other(names.organization(it), names.side(it)) for it in project.parties if it != mine],
        next_milestone=NextStep(step.title, step.due_on, step.due_on < today_in_paris()) if step else None,
    )
