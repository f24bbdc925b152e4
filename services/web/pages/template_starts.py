"""What a new template can start from: a model of the house, a convention of mine, or nothing but what the law asks."""

from dataclasses import dataclass
from uuid import UUID

from services.web.pages.names import names_of
from services.web.pages.template_form import Filling
from services.web.pages.templates_view import MODELS_URL, Item, model_line
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.own_templates import ArticleView, PreviewModel, UsualTerms
from shared.contracts.projects.queries import ConventionLine, GetConvention, ListConventions, ListTemplates

_NEW = f"{MODELS_URL}/nouveau"
_MOST_CONVENTIONS = 50
_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Start:
    """Something to start from."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Starts:
    """What can be chosen; or, once something is, what the form is filled with."""

    models: list[Item]
    conventions: list[Start]
    blank_url: str
    filling: Filling | None = None
    convention: ConventionId | None = None
    names: tuple[str, ...] = ()
    """The names of the convention's parties, which a template should not hold."""


async def starts_of(visit: Visit) -> Starts:
    """As the address says."""
    if convention_id := _convention(visit):
        return await _from_convention(visit, convention_id)
    wanted = visit.query_params.get("depart", "")
    gateway, actor = visit.web.gateway, visit.actor
    models = (await gateway.ask(ListTemplates(), actor)).templates
    known = {it.template for it in models}
    if wanted in known:
        model = await gateway.ask(PreviewModel(template=wanted), actor)
        return _filled(Filling(model.title, "", model.template, model.articles, model.terms))
    if wanted == "vide":
        # The regime that requires nothing, and one article to write.
        free = next((it.template for it in reversed(models) if not it.required), "")
        article = ArticleView(title="", text="", required=False, reason="")
        return _filled(Filling("", "", free, (article,), UsualTerms()))
    found = await gateway.ask_if_there(ListConventions(limit=_MOST_CONVENTIONS), actor)
    return Starts(
        models=[model_line(it) for it in models],
        conventions=[_start(it) for it in (found.conventions if found else ())],
        blank_url=f"{_NEW}?depart=vide",
    )


async def _from_convention(visit: Visit, convention_id: ConventionId) -> Starts:
    it = await visit.web.gateway.ask(GetConvention(convention_id=convention_id), visit.actor)
    # The preamble names the parties: each convention writes its own.
    articles = tuple(
        ArticleView(title=clause.title, text=clause.text, required=False, reason="")
        for clause in it.clauses
        if clause.number
    )
    terms = UsualTerms.model_validate(it.terms.terms.model_dump())
    filling = Filling(it.title[:_TITLE_LENGTH], "", it.template, articles, terms)
    parties = [party.organization_id for party in it.parties]
    named = (await names_of(visit, organizations=parties)).organizations
    return _filled(filling, convention_id, tuple(named.values()))


def _filled(filling: Filling, convention: ConventionId | None = None, names: tuple[str, ...] = ()) -> Starts:
    return Starts([], [], "", filling, convention, names)


def _start(it: ConventionLine) -> Start:
    return Start(it.title, f"{_NEW}?convention={it.convention_id}")


def _convention(visit: Visit) -> ConventionId | None:
    try:
        return ConventionId(UUID(visit.query_params.get("convention", "")))
    except ValueError:
        return None
