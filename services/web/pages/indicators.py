"""Indicators: propose a definition, accept it, record values, correct them."""

from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.measures import Subject, indicator_of
from services.web.pages.names import names_of
from services.web.visits import Visit
from shared.contracts.identifiers import IndicatorId, MeasureId, ProjectId
from shared.contracts.projects.commands import (
    AcceptIndicator,
    CorrectMeasure,
    ProposeIndicator,
    RecordMeasure,
)
from shared.contracts.projects.queries import GetIndicator, GetProject, ListIndicators
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris

NAV = "indicateurs"
_AT_FIELDS = {
    "date_in_future": "measured_on",
    "numerator_above_denominator": "numerator",
    "denominator_mismatch": "denominator",
}


@dataclass(frozen=True, slots=True)
class Party:
    """A side, and whether it accepted the definition."""

    side: Side
    organization: str
    is_mine: bool
    accepted: bool


@get("/indicateurs")
async def show_indicators(request: Visit) -> Page:
    """Every indicator of my organisation's projects."""
    request.must_be_signed_in()
    begin_page(request)
    found = await request.web.gateway.ask_if_there(ListIndicators(), request.actor)
    if found is None:
        return await show(request, "indicateurs.html", nav=NAV, indicators=None)
    names = await names_of(
        request, organizations=(it.recorded_by for view in found.indicators for it in view.measures)
    )
    return await show(
        request, "indicateurs.html", nav=NAV, indicators=[indicator_of(it, names) for it in found.indicators]
    )


@get("/projets/{project_id:uuid}/indicateurs/nouveau")
async def show_new_indicator(request: Visit, project_id: FromPath[UUID]) -> Page:
    """The form that proposes a definition."""
    request.must_be_signed_in()
    return await _definition_page(request, ProjectId(project_id), Form())


@post("/projets/{project_id:uuid}/indicateurs/nouveau")
async def handle_propose_indicator(request: Visit, project_id: FromPath[UUID]) -> Page:
    """Propose a definition: it counts once the other side accepts it."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        ProposeIndicator,
        indicator_id=IndicatorId(form.made_id),
        project_id=project_id,
        title=form.text("title"),
        numerator=form.text("numerator"),
        denominator=None if form.text("kind") == "count" else form.text("denominator"),
        source=form.text("source"),
        target=form.number("target"),
    )
    if command and await form.send(request, command):
        return await done(
            request,
            f"/indicateurs/{command.indicator_id}",
            "Chaque partie est prévenue de votre proposition.",
        )
    return await _definition_page(request, ProjectId(project_id), form)


@get("/indicateurs/{indicator_id:uuid}")
async def show_indicator(
    request: Visit, indicator_id: FromPath[UUID], corriger: FromQuery[str | None] = None
) -> Page:
    """One indicator."""
    request.must_be_signed_in()
    return await _page(request, IndicatorId(indicator_id), Form(), correcting=corriger)


@post("/indicateurs/{indicator_id:uuid}/accepter")
async def handle_accept_indicator(request: Visit, indicator_id: FromPath[UUID]) -> Page:
    """Accept the definition for my side."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(AcceptIndicator, indicator_id=indicator_id, version=form.text("version"))
    if await form.send(request, command):
        return await done(request, f"/indicateurs/{indicator_id}", "Votre accord est enregistré.")
    return await _page(request, IndicatorId(indicator_id), form)


@post("/indicateurs/{indicator_id:uuid}/mesures")
async def handle_record_measure(request: Visit, indicator_id: FromPath[UUID]) -> Page:
    """Record a value."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        RecordMeasure,
        indicator_id=indicator_id,
        measure_id=MeasureId(form.made_id),
        measured_on=form.text("measured_on"),
        numerator=form.number("numerator") or "",
        denominator=form.number("denominator"),
    )
    if await form.send(request, command, at=_AT_FIELDS):
        return await done(request, f"/indicateurs/{indicator_id}", "La mesure est enregistrée.")
    return await _page(request, IndicatorId(indicator_id), form)


@post("/indicateurs/{indicator_id:uuid}/mesures/{measure_id:uuid}/corriger")
async def handle_correct_measure(
    request: Visit, indicator_id: FromPath[UUID], measure_id: FromPath[UUID]
) -> Page:
    """Put another value in the place of one; the first stays readable."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        CorrectMeasure,
        indicator_id=indicator_id,
        corrects=measure_id,
        measure_id=MeasureId(form.made_id),
        numerator=form.number("numerator") or "",
        denominator=form.number("denominator"),
        reason=form.text("reason"),
    )
    if await form.send(request, command, at=_AT_FIELDS):
        return await done(
            request, f"/indicateurs/{indicator_id}", "La mesure est corrigée. L’ancienne reste visible."
        )
    return await _page(
        request, IndicatorId(indicator_id), form.under("-corriger"), correcting=str(measure_id)
    )


async def _definition_page(request: Visit, project_id: ProjectId, form: Form) -> Page:
    begin_page(request)
    project = await request.web.gateway.ask(GetProject(project_id=project_id), request.actor)
    return await show(
        request,
        "indicateur_nouveau.html",
        nav=NAV,
        status=form.status,
        erreurs=form.errors,
        valeurs=form.values,
        project=Subject(project.project_id, project.title),
    )


async def _page(
    request: Visit, indicator_id: IndicatorId, form: Form, *, correcting: str | None = None
) -> Page:
    begin_page(request)
    view = await request.web.gateway.ask(GetIndicator(indicator_id=indicator_id), request.actor)
    project = await request.web.gateway.ask(GetProject(project_id=view.project_id), request.actor)
    parties = [lead.organization_id for lead in project.leads]
    names = await names_of(request, organizations=[*parties, *(it.recorded_by for it in view.measures)])
    indicator = indicator_of(view, names)
    return await show(
        request,
        "indicateur.html",
        nav=NAV,
        status=form.status,
        erreurs=form.errors,
        valeurs=form.values,
        today=today_in_paris(),
        indicator=indicator,
        project=indicator.project,
        parties=[
            Party(
                side=lead.side,
                organization=names.organization(lead.organization_id),
                is_mine=lead.organization_id == request.actor.organization_id,
                accepted=lead.organization_id in view.accepted_by,
            )
            for lead in project.leads
        ],
        may=view.may,
        correcting=next(
            (it for it in indicator.measures if str(it.id) == correcting and not it.corrected), None
        ),
    )
