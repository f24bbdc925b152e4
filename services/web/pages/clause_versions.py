"""Any two versions of an article side by side; that of an article that was taken out too."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.forms import Form, Page
from services.web.pages.frame import begin_page, show
from services.web.pages.names import Names, names_of
from services.web.pages.side_by_side import compared, parts_of
from services.web.visits import Visit
from services.web.wording.versions import revision_in_words
from shared.contracts.identifiers import ClauseId, ConventionId
from shared.contracts.projects.comparisons import ClauseComparison, CompareClause


@dataclass(frozen=True, slots=True)
class Choice:
    """A version to choose."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    """What names it, and its page while it is in the text."""

    number: int
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Which organisation took it out, and when."""

    organization: str
    at: datetime


@get("/conventions/{convention_id:uuid}/articles/{clause_id:uuid}/versions")
async def show_clause_versions(
    request: Visit, convention_id: FromPath[UUID], clause_id: FromPath[UUID]
) -> Page:
    """The two that the address names, else the last two."""
    request.must_be_signed_in()
    return await clause_versions_page(request, ConventionId(convention_id), ClauseId(clause_id), Form())


async def clause_versions_page(
    request: Visit, convention_id: ConventionId, clause_id: ClauseId, form: Form
) -> Page:
    """The page. With a form, what was typed for an article that is in the text no more is kept on it."""
    begin_page(request)
    query = CompareClause(
        convention_id=convention_id,
        clause_id=clause_id,
        before=chosen(request, "avant"),
        after=chosen(request, "apres"),
    )
    told = await request.web.gateway.ask(query, request.actor)
    shown = await ask_convention(request, convention_id)
    names = await names_of(
        request,
        people=[it.person_id for it in told.versions],
        organizations=[it.organization_id for it in shown.view.parties],
    )
    return await show(
        request,
        "article_versions.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs={"avant": str(told.before), "apres": str(told.after)},
        convention=shown.facts,
        may=shown.may,
        article=_article(told, shown),
        withdrawn=Withdrawn(names.organization(told.withdrawn_by), told.withdrawn_at)
        if told.withdrawn_at
        else None,
        versions_url=f"{shown.url}/articles/{told.clause_id}/versions",
        choices=_choices(told, names),
        before=told.before,
        after=told.after,
        text=compared(parts_of(told.pieces, names)),
        kept=form.text("text") or form.text("comment"),
    )


def chosen(request: Visit, name: str) -> int | None:
    """The version that the address names; None where it names none."""
    given = request.query_params.get(name, "")
    return int(given) if given.isdecimal() and 0 < int(given[:10]) < 2**31 and len(given) <= 10 else None


def _article(told: ClauseComparison, shown: Shown) -> Article:
    there = any(it.clause_id == told.clause_id for it in shown.view.clauses)
    url = f"{shown.url}/articles/{told.clause_id}"
    return Article(told.number, told.title, url if there else None)


def _choices(told: ClauseComparison, names: Names) -> list[Choice]:
    return [
        Choice(
            it.revision,
            revision_in_words(
                it.revision,
                "texte du modèle"
                if it.revision == 1 and told.added_by is None
                else names.person(it.person_id),
                it.proposed_at,
            ),
        )
        for it in told.versions
    ]
