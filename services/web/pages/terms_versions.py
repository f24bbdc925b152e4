"""Any two versions of the terms of a convention, line by line."""

import asyncio
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from services.web.pages.clause_versions import Choice, chosen
from services.web.pages.convention_view import ask_convention
from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, show
from services.web.pages.names import names_of
from services.web.visits import Visit
from services.web.wording.terms import lines_of
from services.web.wording.versions import revision_in_words
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.comparisons import VersionNotFound
from shared.contracts.projects.queries import GetTermsHistory


@get("/conventions/{convention_id:uuid}/conditions/versions")
async def show_terms_versions(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The two that the address names, else the last two."""
    request.must_be_signed_in()
    begin_page(request)
    shown, history = await asyncio.gather(
        ask_convention(request, ConventionId(convention_id)),
        request.web.gateway.ask(GetTermsHistory(convention_id=ConventionId(convention_id)), request.actor),
    )
    versions = {it.revision: it for it in history.revisions}
    after = chosen(request, "apres") or max(versions)
    before, after = sorted((chosen(request, "avant") or max(after - 1, min(versions)), after))
    if before not in versions or after not in versions:
        raise VersionNotFound
    names = await names_of(
        request,
        people=[it.person_id for it in history.revisions],
        organizations=[it.organization_id for it in shown.view.parties],
    )
    author = versions[after].organization_id
    between = {it.organization_id for it in history.revisions if before < it.revision <= after}
    return await show(
        request,
        "conditions_versions.html",
        nav="conventions",
        live_url=shown.live_url,
        valeurs={"avant": str(before), "apres": str(after)},
        convention=shown.facts,
        versions_url=f"{shown.url}/conditions/versions",
        choices=[
            Choice(
                it.revision,
                revision_in_words(
                    it.revision,
                    "conditions du modèle" if it.revision == 1 else names.person(it.person_id),
                    it.proposed_at,
                ),
            )
            for it in history.revisions
        ],
        before=before,
        after=after,
        side=names.side(author) if len(between) == 1 else None,
        lines=lines_of(versions[after].terms, names.organization, versions[before].terms),
    )
