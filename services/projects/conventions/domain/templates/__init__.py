"""The models that a convention can start from. Adding one is adding a module and a line here."""

from collections.abc import Mapping

from services.projects.conventions.domain.templates.model import Model, ModelClause
from services.projects.conventions.domain.templates.volunteers_in_hospital import VOLUNTEERS_IN_HOSPITAL

__all__ = ["MODELS", "Model", "ModelClause"]

MODELS: Mapping[str, Model] = {model.name: model for model in (VOLUNTEERS_IN_HOSPITAL,)}
