"""Any two versions of a whole convention side by side: terms, annexes and articles that are not the same."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from services.web.pages.clause_versions import Choice, chosen
from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, show
from services.web.pages.names import Names, names_of
from services.web.pages.side_by_side import Compared, compared, parts_of
from services.web.visits import Visit
from services.web.wording.terms import Line, lines_of
from services.web.wording.versions import version_in_words
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.comparisons import (
    CompareConvention,
    ComparedAnnex,
    ComparedClause,
    ConventionComparison,
    ListTextVersions,
    TextVersions,
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article that is not the same in both."""

    number: int
    title: str
    state: str
    """changed, added or withdrawn."""
    by: list[str]
    """The parties that wrote it in between."""
    text: Compared
    url: str
    """Where its own versions are compared."""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex that is not the same in both."""

    number: int
    title: str
    before: GivenFile | None
    after: GivenFile | None
    withdrawn: bool
    by: str
    url: str


@get("/conventions/{convention_id:uuid}/versions")
async def show_text_versions(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The two that the address names; else what changed since the reader's last visit."""
    request.must_be_signed_in()
    begin_page(request)
    query = CompareConvention(
        convention_id=ConventionId(convention_id),
        before=chosen(request, "avant"),
        after=chosen(request, "apres"),
        begin=min(chosen(request, "suite") or 0, 1_000),
    )
    told, listed, shown = await asyncio.gather(
        request.web.gateway.ask(query, request.actor),
        request.web.gateway.ask(ListTextVersions(convention_id=ConventionId(convention_id)), request.actor),
        ask_convention(request, ConventionId(convention_id)),
    )
    names = await names_of(
        request,
        people=[it.person_id for it in listed.versions],
        organizations=[it.organization_id for it in shown.view.parties],
    )
    return await show(
        request,
        "versions.html",
        nav="conventions",
        live_url=shown.live_url,
        valeurs={"avant": str(_listed(told.before, listed)), "apres": str(_listed(told.after, listed))},
        convention=shown.facts,
        versions_url=f"{shown.url}/versions",
        choices=_choices(listed, names),
        changed=told.changed,
        unchanged=told.unchanged,
        terms=_terms(told, names),
        terms_url=f"{shown.url}/conditions/versions",
        annexes=[_annex(it, shown, names) for it in told.annexes],
        articles=[_article(it, shown, names) for it in told.clauses],
        next_url=_next(told, shown),
        previous_url=_address(told, shown) if query.begin else None,
    )


def _choices(listed: TextVersions, names: Names) -> list[Choice]:
    choices = [
        Choice(
            it.version,
            version_in_words(it, names.person(it.person_id), first=it.version == listed.first)
            + (", votre dernière lecture" if it.version == _read(listed) else ""),
        )
        for it in listed.versions
    ]
    # Many changes ago, and not among those that are listed.
    if listed.versions and listed.versions[-1].version > listed.first:
        choices.append(Choice(listed.first, "Premier texte"))
    return choices


def _read(listed: TextVersions) -> int | None:
    return _listed(listed.read, listed) if listed.read else None


def _listed(version: int, listed: TextVersions) -> int:
    """The version in the list that the text had at this one: what happened in between changed no word."""
    return next((it.version for it in listed.versions if it.version <= version), listed.first)


def _terms(told: ConventionComparison, names: Names) -> list[Line]:
    if told.terms is None:
        return []
    lines = lines_of(told.terms.after, names.organization, told.terms.before)
    return [it for it in lines if it.before is not None]


def _annex(it: ComparedAnnex, shown: Shown, names: Names) -> Annex:
    return Annex(
        number=it.number,
        title=it.title,
        before=it.before,
        after=it.after,
        withdrawn=it.withdrawn,
        by=names.organization(it.by),
        url=f"{shown.url}/annexes/{it.annex_id}",
    )


def _article(it: ComparedClause, shown: Shown, names: Names) -> Article:
    state = "changed"
    if it.revision_before is None:
        state = "added"
    elif it.revision_after is None:
        state = "withdrawn"
    ends = {"avant": it.revision_before, "apres": it.revision_after} if state == "changed" else {}
    return Article(
        number=it.number,
        title=it.title,
        state=state,
        by=[names.organization(party) for party in it.by],
        text=compared(parts_of(it.pieces, names)),
        url=f"{shown.url}/articles/{it.clause_id}/versions" + (f"?{urlencode(ends)}" if ends else ""),
    )


def _address(told: ConventionComparison, shown: Shown, **more: int) -> str:
    return f"{shown.url}/versions?" + urlencode({"avant": told.before, "apres": told.after, **more})


def _next(told: ConventionComparison, shown: Shown) -> str | None:
    return _address(told, shown, suite=told.next_from) if told.next_from else None
