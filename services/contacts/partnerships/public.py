"""What the other modules of contacts may ask about the parties of a convention."""

from services.contacts.partnerships.domain.partnership import Partnership
from services.contacts.partnerships.storage import load_partnership

__all__ = ["Partnership", "load_partnership"]
