"""Templates and models as their pages show them."""

from dataclasses import dataclass
from datetime import datetime

from services.web.pages.names import Names, Person
from services.web.wording.templates import SHARED, terms_in_words
from shared.contracts.identifiers import OrganizationId, TemplateId
from shared.contracts.projects.own_templates import (
    ArticleView,
    ModelPreview,
    Sharing,
    TemplateAct,
    TemplateDetail,
    TemplateLine,
    TemplateSource,
    UsualTerms,
)
from shared.contracts.projects.templates import TemplateView
from shared.contracts.values import Side

MODELS_URL = "/modeles"


def template_url(template_id: TemplateId) -> str:
    """The page of a template."""
    return f"{MODELS_URL}/{template_id}"


def model_url(name: str) -> str:
    """The page of a model of the house."""
    return f"{MODELS_URL}/maison/{name}"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose template it is."""

    name: str
    side: Side


@dataclass(frozen=True, slots=True)
class Item:
    """A template or a model in a list."""

    title: str
    url: str
    use: str
    regime: str
    articles: int
    required: int
    owner: Owner | None = None
    """None for one's own, and for the house's."""
    revision: int | None = None
    shared: str = ""
    """Who else reads it, in words."""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """What a template was copied from."""

    owner: Owner
    revision: int
    newer: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A template, for its pages."""

    id: TemplateId
    url: str
    title: str
    use: str
    regime: str
    articles: tuple[ArticleView, ...]
    terms: list[tuple[str, str]]
    revision: int
    newest: int
    author: Person | None
    owner: Owner
    is_mine: bool
    changed_at: datetime
    sharing: Sharing
    shared: str
    readers: list[Owner]
    origin: Origin | None
    convention_url: str | None
    begun: int
    archived_at: datetime | None
    may: frozenset[TemplateAct]


def owner_of(organization_id: OrganizationId, names: Names) -> Owner:
    """An organisation as the pages name it."""
    return Owner(names.organization(organization_id), names.side(organization_id))


def line_of(it: TemplateLine, names: Names, mine: OrganizationId | None) -> Item:
    """A template in a list."""
    own = it.organization_id == mine
    return Item(
        title=it.title,
        url=template_url(it.template_id),
        use=it.use,
        regime=it.regime,
        articles=it.articles,
        required=it.required,
        owner=None if own else owner_of(it.organization_id, names),
        revision=it.revision,
        shared=SHARED[it.sharing] if own else "",
        changed_at=it.changed_at,
    )


def model_line(it: TemplateView) -> Item:
    """A model of the house in a list; its preamble does not count as an article."""
    return Item(it.title, model_url(it.template), "", it.regime, len(it.clause_titles) - 1, it.required)


def shown_model(it: ModelPreview) -> dict[str, object]:
    """A model of the house, for its page."""
    return {
        "name": it.template,
        "title": it.title,
        "regime": it.regime,
        "articles": it.articles,
        "terms": lines_of(it.terms),
    }


def lines_of(terms: UsualTerms) -> list[tuple[str, str]]:
    """The usual terms, line by line."""
    return list(terms_in_words(terms).items())


def people_in(it: TemplateDetail) -> list[OrganizationId]:
    """The organisations that the page of a template names."""
    return [it.organization_id, *it.shared_with, *([it.source.organization_id] if it.source else [])]


def shown(it: TemplateDetail, names: Names, mine: OrganizationId | None) -> Shown:
    """One template, whole."""
    return Shown(
        id=it.template_id,
        url=template_url(it.template_id),
        title=it.title,
        use=it.use,
        regime=it.regime,
        articles=it.articles,
        terms=lines_of(it.terms),
        revision=it.revision,
        newest=it.newest,
        author=names.who(it.person_id, it.organization_id) if it.person_id else None,
        owner=owner_of(it.organization_id, names),
        is_mine=it.organization_id == mine,
        changed_at=it.changed_at,
        sharing=it.sharing,
        shared=SHARED[it.sharing],
        readers=sorted((owner_of(one, names) for one in it.shared_with), key=lambda one: one.name),
        origin=_origin(it.source, names) if it.source else None,
        convention_url=f"/conventions/{it.convention_id}" if it.convention_id else None,
        begun=it.begun,
        archived_at=it.archived_at,
        may=frozenset(it.may),
    )


def _origin(source: TemplateSource, names: Names) -> Origin:
    return Origin(
        owner_of(source.organization_id, names),
        source.revision,
        source.newer,
        template_url(source.template_id),
    )
