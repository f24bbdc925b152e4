"""Pages that say something and ask nothing: help, statements, the API's page."""

from dataclasses import dataclass

from litestar import get

from services.web.pages.forms import Page
from services.web.pages.frame import show
from services.web.visits import Visit


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to turn to."""

    email: str | None
    phone: str | None


@get("/aide")
async def show_help(request: Visit) -> Page:
    """How to do the usual things."""
    return await show(request, "aide.html", contact=_contact(request))


@get("/accessibilite")
async def show_accessibility(request: Visit) -> Page:
    """The accessibility statement."""
    return await show(request, "accessibilite.html", contact=_contact(request))


@get("/donnees")
async def show_privacy(request: Visit) -> Page:
    """What is kept about people."""
    return await show(request, "donnees.html", contact=_contact(request))


@get("/api")
async def show_api(request: Visit) -> Page:
    """The API, to read and try."""
    return await show(request, "api.html")


def _contact(request: Visit) -> Contact:
    settings = request.web.settings
    return Contact(email=settings.support_email, phone=settings.support_phone)
