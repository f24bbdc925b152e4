"""What contacts can be told by its environment."""

from typing import ClassVar

from shared.kit.settings import ServiceSettings


class ContactsSettings(ServiceSettings):
    """Nothing of its own yet."""

    service: ClassVar[str] = "contacts"
