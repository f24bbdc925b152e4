"""Templates of organisations: made, changed, shared, copied, put aside; conventions begun from them."""

from typing import Any

from services.web.api.endpoint import Endpoint
from shared.contracts.projects import own_templates

_ID = "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"
_OTHER_ID = "01935b5e-9d2b-7a10-8e66-1b5c2d3e4f50"
_ONE = "/organization-templates/{template_id}"
_TEXT: dict[str, Any] = {
    "title": "Permanences d’écoute",
    "use": "Pour une permanence hebdomadaire dans un service.",
    "base": "partnership",
    "articles": [{"title": "Objet", "text": "Une permanence d’écoute, le mardi. Lieu : [à compléter]."}],
    "terms": {"renewal": "tacit", "renewal_months": 12, "notice_months": 2, "meetings_per_year": 4},
}

ENDPOINTS = (
    Endpoint(
        "GET",
        "/templates/preview",
        own_templates.PreviewModel,
        "Read a model before starting from it",
        example={"template": "partnership"},
    ),
    Endpoint(
        "GET",
        "/organization-templates",
        own_templates.ListOrganizationTemplates,
        "The templates of my organisation, and those that others share with it",
    ),
    Endpoint(
        "POST",
        "/organization-templates",
        own_templates.MakeTemplate,
        "Make a template of my organisation",
        makes="template_id",
        location=_ONE,
        example={"text": _TEXT},
    ),
    Endpoint("GET", _ONE, own_templates.GetTemplate, "One template, whole"),
    Endpoint(
        "GET", f"{_ONE}/revisions", own_templates.ListTemplateRevisions, "Every text that a template has had"
    ),
    Endpoint(
        "POST",
        f"{_ONE}/revisions",
        own_templates.ChangeTemplate,
        "Give a template another text",
        example={"revision": 1, "text": _TEXT},
    ),
    Endpoint(
        "POST",
        f"{_ONE}/sharing",
        own_templates.ShareTemplate,
        "Say who else reads a template",
        example={"revision": 2, "sharing": "named", "organization_ids": [_OTHER_ID]},
    ),
    Endpoint("POST", f"{_ONE}/archive", own_templates.ArchiveTemplate, "Put a template aside"),
    Endpoint("POST", f"{_ONE}/restoration", own_templates.RestoreTemplate, "Take a template back"),
    Endpoint(
        "POST",
        "/organization-templates/{source_id}/copies",
        own_templates.CopyTemplate,
        "Make a template of my organisation from one that I read",
        makes="template_id",
        location=_ONE,
        example={"revision": 2},
    ),
    Endpoint(
        "POST",
        f"{_ONE}/conventions",
        own_templates.DraftFromTemplate,
        "Begin a convention from a template",
        makes="convention_id",
        location="/conventions/{convention_id}",
        example={
            "revision": 2,
            "title": "Écoute en oncologie",
            "aim": "Accueillir les bénévoles de l’association dans le service.",
            "parties": [
                {"organization_id": _ID, "side": "establishment", "name": "Hôpital de Bellerive"},
                {"organization_id": _OTHER_ID, "side": "association", "name": "Main tendue"},
            ],
            "starts_on": "2027-01-01",
            "ends_on": "2028-12-31",
        },
    ),
)
