"""The hand-over pack: what is in force, what is due, who is who, what was decided; as a page and as a document."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from services.web.documents.pack import PackLine, PackSection, PrintedPack
from services.web.pages.amendments_view import Amended, ask_amended
from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.document import file_name
from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, show
from services.web.pages.names import Names, names_of
from services.web.pages.news import news_of
from services.web.pages.promises_view import ShownPromises
from services.web.pages.terms_view import terms_lines
from services.web.visits import Visit
from services.web.wording import awaited as wording
from services.web.wording.dates import heure, plain_date
from services.web.wording.document import STATUS, typeset
from services.web.wording.pack import DECISIONS, PROJECT_STATES, STATES_OF_SIDES
from services.web.wording.timeline import News
from shared.contracts.contacts.queries import ListMandates, MandateState, MandateView
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.promises import GetPromises, ObligationState, Promises
from shared.contracts.projects.queries import (
    GetHome,
    GetTimeline,
    Home,
    ListProjects,
    Projects,
    TimelineEntry,
)
from shared.contracts.values import Side
from shared.kit.clock import now

_PATH = "/conventions/{convention_id:uuid}/releve"
# Three pages of the timeline: what was decided, among all that happened.
_ENTRIES_A_PAGE = 100
_PAGES = 3


@dataclass(frozen=True, slots=True)
class Pack:
    """What a newcomer is given."""

    shown: Shown
    sections: list[PackSection]


@get(_PATH)
async def show_pack(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The page."""
    request.must_be_signed_in()
    begin_page(request)
    pack = await pack_of(request, ConventionId(convention_id))
    return await show(
        request,
        "releve.html",
        nav="conventions",
        live_url=pack.shown.live_url,
        convention=pack.shown.facts,
        sections=pack.sections,
    )


@get(_PATH + ".pdf")
async def show_pack_document(request: Visit, convention_id: FromPath[UUID]) -> Response[bytes]:
    """The document, to print or keep."""
    return await pack_document_of(request, ConventionId(convention_id))


async def pack_document_of(request: Visit, convention_id: ConventionId) -> Response[bytes]:
    """The PDF of what the reader may see now."""
    pack = await pack_of(request, convention_id)
    made = now()
    printed = PrintedPack(
        title=f"Dossier de relève : {pack.shown.view.title}",
        aim=typeset(pack.shown.view.aim),
        status=f"Dossier établi le {plain_date(made)} à {heure(made)}",
        sections=pack.sections,
    )
    pdf = await request.web.printer.print_pack(printed, made)
    name = file_name(f"releve {pack.shown.view.title}")
    return Response(
        pdf, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}.pdf"'}
    )


async def pack_of(request: Visit, convention_id: ConventionId) -> Pack:
    """Everything that the pack tells, for one reader. What its service does not give in time is left out of a section."""
    ask = request.web.gateway.ask_if_there_and_allowed
    shown, mandates, home, projects, promises, entries = await asyncio.gather(
        ask_convention(request, convention_id),
        request.web.gateway.ask(ListMandates(convention_id=convention_id), request.actor),
        ask(GetHome(), request.actor),
        ask(ListProjects(convention_id=convention_id), request.actor),
        ask(GetPromises(convention_id=convention_id), request.actor),
        _decisions(request, convention_id),
    )
    amended = await ask_amended(request, convention_id)
    names = await names_of(
        request,
        people=(it.person_id for it in entries),
        organizations=[
            *(it.organization_id for it in entries),
            *(it.other_party for it in (home.awaiting if home else ())),
            *(it.other_party for it in (home.awaited_from_others if home else ())),
        ],
    )
    return Pack(
        shown,
        [
            PackSection("Ce qui est en vigueur", _in_force(shown, amended, projects), "Rien encore."),
            PackSection("Ce qui est attendu", _due(shown, home, projects, names), "Rien n’est attendu."),
            PackSection("Ce que la convention promet", _promised(shown, promises), "Rien à une date."),
            PackSection("Qui est qui", _people(shown, mandates.mandates), "Personne encore."),
            PackSection("Ce qui a été décidé", _told(news_of(entries, names)), "Rien encore."),
        ],
    )


async def _decisions(request: Visit, convention_id: ConventionId) -> tuple[TimelineEntry, ...]:
    decided: list[TimelineEntry] = []
    before = None
    for _ in range(_PAGES):
        page = await request.web.gateway.ask(
            GetTimeline(convention_id=convention_id, before=before, limit=_ENTRIES_A_PAGE), request.actor
        )
        decided += [it for it in page.entries if it.type in DECISIONS]
        before = page.next_before
        if before is None:
            break
    return tuple(decided)


def _in_force(shown: Shown, amended: Amended | None, projects: Projects | None) -> list[PackLine]:
    view = shown.view
    lines = [PackLine(typeset(view.title), STATUS[view.state], shown.url)]
    lines += [
        PackLine(typeset(it.title), STATUS[it.state], it.url)
        for it in (amended.amendments if amended else ())
        if it.open or it.in_force_at
    ]
    lines += [PackLine(f"{it.label} : {it.value}") for it in terms_lines(shown, view.terms.terms)]
    lines += [
        PackLine(f"Article {it.number}. {typeset(it.title)}", url=f"{shown.url}/articles/{it.clause_id}")
        for it in view.clauses
        if it.number > 0
    ]
    lines += [
        PackLine(
            f"Projet « {it.title} »".replace("« ", "«\N{NO-BREAK SPACE}").replace(
                " »", "\N{NO-BREAK SPACE}»"
            ),
            PROJECT_STATES.get(it.state, ""),
            f"/projets/{it.project_id}",
        )
        for it in (projects.projects if projects else ())
    ]
    return lines


def _due(shown: Shown, home: Home | None, projects: Projects | None, names: Names) -> list[PackLine]:
    view = shown.view
    convention_id = view.convention_id
    lines = [
        PackLine(
            wording.act_title(it),
            f"Attendu de vous{_before(it.due_on)}",
            wording.act_url(it),
        )
        for it in (home.awaiting if home else ())
        if it.convention_id == convention_id
    ]
    lines += [
        PackLine(
            f"{names.organization(it.other_party)} {wording.waiting_text(it)}", "Attendu d’une autre partie"
        )
        for it in (home.awaited_from_others if home else ())
        if it.convention_id == convention_id
    ]
    days: list[tuple[date, PackLine]] = [
        (it.due_on, PackLine(f"Jalon : {it.title}", plain_date(it.due_on), f"/projets/{project.project_id}"))
        for project in (projects.projects if projects else ())
        if (it := project.next_milestone) is not None and it.reached_on is None
    ]
    days.append((view.ends_on, PackLine("Fin de la convention", plain_date(view.ends_on), shown.url)))
    return lines + [line for _, line in sorted(days, key=lambda it: it[0])]


def _promised(shown: Shown, promises: Promises | None) -> list[PackLine]:
    """What was promised and is not owed any more is no concern of a newcomer."""
    if promises is None:
        return []
    told = ShownPromises(promises, shown.names, shown.mine).of(
        *(it for it in ObligationState if it is not ObligationState.RELEASED)
    )
    return [
        PackLine(typeset(it.title), f"{plain_date(it.due_on)}, {it.state_name}. {it.by}", it.url)
        for it in told
    ]


def _before(due_on: date | None) -> str:
    return f", avant le {plain_date(due_on)}" if due_on else ""


def _people(shown: Shown, mandates: Iterable[MandateView]) -> list[PackLine]:
    accepted = [it for it in mandates if it.state is MandateState.ACCEPTED]
    lines: list[PackLine] = []
    for party in shown.parties:
        side = STATES_OF_SIDES[Side(party.side)]
        people = [it for it in accepted if it.organization_id == party.organization_id]
        for it in people:
            roles = "référent·e et signataire" if it.signatory else "référent·e"
            function = f", {it.function}" if it.function else ""
            lines.append(
                PackLine(f"{it.given_name} {it.family_name}{function}", f"{party.name} ({side}), {roles}")
            )
            lines += [
                PackLine(
                    f"{one.given_name} {one.family_name}",
                    f"{party.name} ({side}), supplée du {plain_date(one.starts_on)} au {plain_date(one.ends_on)}",
                )
                for one in it.delegations
            ]
        if not people:
            answer = (
                "ses signataires répondent" if party.vacant and party.has_referent else "personne ne répond"
            )
            lines.append(PackLine(party.name, f"{side.capitalize()} sans référent : {answer} pour elle"))
    return lines


def _told(news: list[News]) -> list[PackLine]:
    return [
        PackLine(f"{it.who} {it.text} {it.object or ''}".strip(), plain_date(it.at), it.url) for it in news
    ]
