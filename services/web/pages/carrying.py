"""Carry a form through sign-in: it was sent after the session had ended, and nothing that was typed is to be lost."""

from services.web.pages.forms import Form
from services.web.pages.frame import Kept
from services.web.security import is_local_path

_ADDRESS = "kept_address"
_FIELD = "kept_field_"


def hidden_fields(kept: Kept | None) -> list[tuple[str, str]]:
    """What the form of sign-in carries along, name by name."""
    if kept is None:
        return []
    return [(_ADDRESS, kept.url), *((_FIELD + name, value) for name, value in kept.fields)]


def carried_by(form: Form) -> Kept | None:
    """The form that a form of sign-in has carried; None when there is none, or when it leads elsewhere."""
    address = form.text(_ADDRESS)
    if not is_local_path(address):
        return None
    fields = [(name.removeprefix(_FIELD), value) for name, value in form.kept if name.startswith(_FIELD)]
    return Kept(address, fields) if fields else None
