"""What projects can be told by its environment."""

from typing import ClassVar

from shared.kit.settings import ServiceSettings


class ProjectsSettings(ServiceSettings):
    """Nothing of its own yet."""

    service: ClassVar[str] = "projects"
