"""The form of a template: its articles in rows, its terms; what it is filled with, and the text that it makes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.web.pages.forms import Form
from shared.contracts.projects.own_templates import ArticleView, TemplateArticle, TemplateText, UsualTerms
from shared.contracts.projects.terms import Renewal

MOST_ROWS = 120
_FIGURES = ("notice_months", "meetings_per_year", "reviews_per_year")


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the form: its fields end with the row's number."""

    index: int
    required: bool
    reason: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form begins with."""

    title: str
    use: str
    base: str
    articles: tuple[ArticleView, ...]
    terms: UsualTerms

    @property
    def values(self) -> dict[str, str]:
        """Field by field."""
        terms = self.terms
        values = {
            "title": self.title,
            "use": self.use,
            "base": self.base,
            "renewal": terms.renewal.value,
            "renewal_months": str(terms.renewal_months or ""),
            **{name: str(getattr(terms, name)) for name in _FIGURES},
        }
        for row, article in enumerate(self.articles):
            values |= _fields(row, article.title, article.text)
        return values | {"rows": str(len(self.articles))}


def add_rows(values: dict[str, str], articles: Iterable[tuple[str, str]]) -> int:
    """Put articles behind those that the form holds; returns the number of rows that there are then."""
    rows = rows_of(values)
    for title, text in articles:
        if rows < MOST_ROWS:
            values |= _fields(rows, title, text)
            rows += 1
    values["rows"] = str(rows)
    return rows


def rows_of(values: dict[str, str]) -> int:
    """How many rows the form holds."""
    typed = values.get("rows", "0")
    return min(int(typed), MOST_ROWS) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0


def rows_shown(values: dict[str, str], required: dict[str, str], first_new: int | None) -> list[Row]:
    """The rows in the order in which they were typed; the regime's own articles cannot be taken out."""
    seen: set[str] = set()
    rows: list[Row] = []
    for index in range(rows_of(values)):
        title = values.get(f"title_{index}", "").strip()
        asked = title in required and title not in seen
        seen.add(title)
        rows.append(Row(index, asked, required[title] if asked else "", index == first_new))
    return rows


def missing_articles(values: dict[str, str], model: Iterable[ArticleView]) -> list[tuple[str, str]]:
    """The articles that the regime requires and that the form does not hold."""
    kept = {
        values.get(f"title_{index}", "").strip()
        for index in range(rows_of(values))
        if not values.get(f"out_{index}")
    }
    return [(it.title, it.text) for it in model if it.required and it.title not in kept]


def text_in(form: Form) -> TemplateText | None:
    """The text that the form makes, or None, with every problem noted beside its field."""
    articles: list[tuple[int, int, TemplateArticle]] = []
    values = form.values
    for row in range(rows_of(values)):
        title, text = form.text(f"title_{row}"), form.text(f"text_{row}")
        if form.ticked(f"out_{row}") or not (title.strip() or text.strip()):
            continue
        named = {"title": f"title_{row}", "text": f"text_{row}"}
        if article := form.build(TemplateArticle, named, title=title, text=text):
            articles.append((_rank(form.text(f"rank_{row}"), row), row, article))
    ends = form.text("renewal") == Renewal.NEVER
    figures: dict[str, Any] = {name: form.number(name) or 0 for name in _FIGURES}
    terms = form.build(
        UsualTerms,
        renewal=form.text("renewal"),
        renewal_months=None if ends else form.number("renewal_months"),
        **figures,
    )
    if form.errors or terms is None:
        return None
    if not articles:
        form.errors["_"] = "Un modèle a au moins un article."
        return None
    return form.build(
        TemplateText,
        title=form.text("title"),
        use=form.text("use"),
        base=form.text("base"),
        articles=[article for *_, article in sorted(articles, key=lambda it: it[:2])],
        terms=terms,
    )


def _rank(typed: str, row: int) -> int:
    wanted = typed.strip()
    return int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 5 else row + 1


def _fields(row: int, title: str, text: str) -> dict[str, str]:
    return {f"title_{row}": title, f"text_{row}": text, f"rank_{row}": str(row + 1)}
