"""Reads of templates and models: what another organisation may not see is left out, by predicate and by policy."""

from services.projects.templates.queries.get_template import get_template
from services.projects.templates.queries.list_templates import (
    list_organization_templates,
    list_template_revisions,
)
from services.projects.templates.queries.preview_model import preview_model
from services.projects.templates.queries.titles import describe_template_for_notice, titles_of

__all__ = [
    "describe_template_for_notice",
    "get_template",
    "list_organization_templates",
    "list_template_revisions",
    "preview_model",
    "titles_of",
]
