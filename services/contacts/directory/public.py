"""What the other modules of contacts may ask of the directory."""

from services.contacts.directory.storage import organization_exists

__all__ = ["organization_exists"]
