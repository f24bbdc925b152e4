"""What operators see: the quarantine."""

from __future__ import annotations

from types import SimpleNamespace as View

from services.web.wording.quarantine import reason_in_words
from tests.web.look.samples.people import at

LINE = View(
    service="projects",
    number=12,
    url="/exploitation/quarantaine/projects/12",
    type="entente.contacts.person.affiliation_started.v2",
    version=3,
    source="contacts",
    reason=(
        reason := "entente.contacts.person.affiliation_started.v2 is of a version that is not known here"
    ),
    words=reason_in_words(reason),
    at=at("2026-11-22", "17:05"),
    resolution=None,
)
UNREADABLE = View(
    service="notifications",
    number=3,
    url="/exploitation/quarantaine/notifications/3",
    type="entente.projects.convention.signed.v1",
    version=None,
    source="projects",
    reason=(unreadable := "unreadable envelope: ce-specversion"),
    words=reason_in_words(unreadable),
    at=at("2026-11-23", "08:40"),
    resolution=None,
)
CONTENT = View(
    message=View(aggregate_id="01935b5e-8c1a-7f00-9000-1a2b3c4d5e6f", resolved_at=None),
    headers={
        "ce-id": "01935b5e-8c1a-7f00-9000-6f5e4d3c2b1a",
        "ce-source": "urn:entente:contacts",
        "ce-aggversion": "3",
        "ce-traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    },
    data='{"person_id":"01935b5e-8c1a-7f00-9000-1a2b3c4d5e6f","organization_id":"01935b5e-8c1a-7f00-9000-0a0b0c0d0e0f"}',
    head=2,
    parked=4,
)
OPERATOR = View(
    name="Claire Vasseur",
    side="establishment",
    organization="Centre hospitalier de Bellerive",
    is_administrator=False,
    is_operator=True,
)
ONE: dict[str, object] = {"me": OPERATOR, "line": LINE, "content": CONTENT, "failed": ""}
DONE = View(**{**LINE.__dict__, "resolution": "discarded"})
DONE_CONTENT = View(
    **{**CONTENT.__dict__, "message": View(aggregate_id=None, resolved_at=at("2026-11-23", "09:00"))}
)

PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "quarantaine": (
        "quarantaine.html",
        {"me": OPERATOR, "lines": [LINE, UNREADABLE], "waiting": 53, "more": 51, "silent": ["contacts"]},
    ),
    "quarantaine-vide": (
        "quarantaine.html",
        {"me": OPERATOR, "lines": [], "waiting": 0, "more": 0, "silent": []},
    ),
    "quarantaine-message": ("quarantaine_message.html", ONE),
    "quarantaine-echec": (
        "quarantaine_message.html",
        {**ONE, "failed": reason_in_words("version 2 of its aggregate has to be applied before")},
    ),
    "quarantaine-fini": ("quarantaine_message.html", {**ONE, "line": DONE, "content": DONE_CONTENT}),
    "quarantaine-ecarter": ("quarantaine_ecarter.html", ONE),
}
