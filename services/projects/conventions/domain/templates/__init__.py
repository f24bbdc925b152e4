"""The models that a convention can start from. Adding one is adding a module and a line here."""

from collections.abc import Mapping

from services.projects.conventions.domain.templates.end_of_life import END_OF_LIFE
from services.projects.conventions.domain.templates.library import LIBRARY, LibraryClause
from services.projects.conventions.domain.templates.model import Model, ModelClause
from services.projects.conventions.domain.templates.partnership import PARTNERSHIP
from services.projects.conventions.domain.templates.volunteers_in_hospital import VOLUNTEERS_IN_HOSPITAL

__all__ = ["LIBRARY", "MODELS", "LibraryClause", "Model", "ModelClause"]

MODELS: Mapping[str, Model] = {
    model.name: model for model in (VOLUNTEERS_IN_HOSPITAL, END_OF_LIFE, PARTNERSHIP)
}
