"""One project: who leads it, its milestones, its indicators, and the acts on them."""

import asyncio
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.colleagues import colleagues_of
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.measures import indicator_of
from services.web.pages.names import Names, names_of
from services.web.visits import Visit
from shared.contracts.identifiers import MilestoneId, OrganizationId, ProjectId
from shared.contracts.projects.commands import (
    MoveMilestone,
    NameProjectLead,
    PlanMilestone,
    ReachMilestone,
    StartProject,
)
from shared.contracts.projects.queries import GetConvention, GetProject, LeadView, MilestoneView, ProjectView
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris

NAV = "projets"
_AT_FIELDS = {
    "date_outside_convention": "due_on",
    "milestone_changed": "due_on",
    "date_in_future": "reached_on",
    "lead_not_of_side": "person_id",
}


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads for one side."""

    side: Side
    organization: str
    is_mine: bool
    name: str | None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step."""

    id: MilestoneId
    title: str
    due_on: date
    reached_on: date | None
    late: bool


@get("/projets/{project_id:uuid}")
async def show_project(request: Visit, project_id: FromPath[UUID]) -> Page:
    """The page."""
    request.must_be_signed_in()
    return await _page(request, ProjectId(project_id), Form())


@post("/projets/{project_id:uuid}/lead")
async def handle_name_lead(request: Visit, project_id: FromPath[UUID]) -> Page:
    """Name who leads it for my side."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(NameProjectLead, project_id=project_id, person_id=form.text("person_id"))
    if await form.send(request, command, at=_AT_FIELDS):
        return await done(request, f"/projets/{project_id}", "Le responsable de votre côté est nommé.")
    return await _page(request, ProjectId(project_id), form)


@post("/projets/{project_id:uuid}/demarrer")
async def handle_start_project(request: Visit, project_id: FromPath[UUID]) -> Page:
    """Start it."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(StartProject, project_id=project_id, version=form.text("version"))
    if await form.send(request, command):
        return await done(request, f"/projets/{project_id}", "Le projet démarre. Chaque partie est prévenue.")
    return await _page(request, ProjectId(project_id), form)


@post("/projets/{project_id:uuid}/jalons")
async def handle_plan_milestone(request: Visit, project_id: FromPath[UUID]) -> Page:
    """Add a dated step."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        PlanMilestone,
        project_id=project_id,
        milestone_id=MilestoneId(form.made_id),
        title=form.text("title"),
        due_on=form.text("due_on"),
    )
    if await form.send(request, command, at=_AT_FIELDS):
        return await done(request, f"/projets/{project_id}", "Le jalon est ajouté.")
    return await _page(request, ProjectId(project_id), form)


@post("/projets/{project_id:uuid}/jalons/{milestone_id:uuid}/atteint")
async def handle_reach_milestone(
    request: Visit, project_id: FromPath[UUID], milestone_id: FromPath[UUID]
) -> Page:
    """Say that a step is done."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        ReachMilestone,
        project_id=project_id,
        milestone_id=milestone_id,
        reached_on=form.text("reached_on"),
    )
    if await form.send(request, command, at=_AT_FIELDS):
        return await done(
            request, f"/projets/{project_id}", "Le jalon est atteint. Chaque partie est prévenue."
        )
    return await _page(request, ProjectId(project_id), form.under(f"-{milestone_id}"))


@post("/projets/{project_id:uuid}/jalons/{milestone_id:uuid}/deplacer")
async def handle_move_milestone(
    request: Visit, project_id: FromPath[UUID], milestone_id: FromPath[UUID]
) -> Page:
    """Change the date of a step."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        MoveMilestone,
        project_id=project_id,
        milestone_id=milestone_id,
        due_on_known=form.text("due_on_known"),
        due_on=form.text("due_on"),
    )
    if await form.send(request, command, at=_AT_FIELDS):
        return await done(
            request, f"/projets/{project_id}", "Le jalon est déplacé. Chaque partie est prévenue."
        )
    return await _page(request, ProjectId(project_id), form.under(f"-{milestone_id}"))


async def _page(request: Visit, project_id: ProjectId, form: Form) -> Page:
    begin_page(request)
    gateway, actor = request.web.gateway, request.actor
    project = await gateway.ask(GetProject(project_id=project_id), actor)
    measured_by = (it.recorded_by for indicator in project.indicators for it in indicator.measures)
    convention, names, colleagues = await asyncio.gather(
        gateway.ask(GetConvention(convention_id=project.convention_id), actor),
        names_of(
            request,
            people=(it.person_id for it in project.leads),
            organizations=[*(it.organization_id for it in project.leads), *measured_by],
        ),
        colleagues_of(request),
    )
    return await show(
        request,
        "projet.html",
        nav=NAV,
        status=form.status,
        live_url=f"/evenements?projet={project_id}&version={project.version}",
        erreurs=form.errors,
        valeurs=form.values,
        today=today_in_paris(),
        project=_head(project, convention.starts_on, convention.ends_on),
        may=project.may,
        leads=[_lead(it, names, actor.organization_id) for it in project.leads],
        colleagues=colleagues,
        milestones=sorted(map(_milestone, project.milestones), key=lambda it: it.due_on),
        indicators=[indicator_of(it, names) for it in project.indicators],
    )


def _head(project: ProjectView, starts_on: date, ends_on: date) -> dict[str, object]:
    return {
        "id": project.project_id,
        "version": project.version,
        "title": project.title,
        "aim": project.aim,
        "state": project.state,
        "convention": {
            "id": project.convention_id,
            "title": project.convention_title,
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
    }


def _lead(lead: LeadView, names: Names, mine: OrganizationId | None) -> Lead:
    return Lead(
        side=lead.side,
        organization=names.organization(lead.organization_id),
        is_mine=lead.organization_id == mine,
        name=names.person(lead.person_id) if lead.person_id else None,
    )


def _milestone(view: MilestoneView) -> Milestone:
    return Milestone(
        id=view.milestone_id,
        title=view.title,
        due_on=view.due_on,
        reached_on=view.reached_on,
        late=view.reached_on is None and view.due_on < today_in_paris(),
    )
