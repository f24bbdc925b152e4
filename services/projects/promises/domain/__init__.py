"""The rules of dated obligations. No clock, no database."""

from services.projects.promises.domain.dating import Dating
from services.projects.promises.domain.obligation import Obligation, Word
from services.projects.promises.domain.promises import Promises, Speaker
from services.projects.promises.domain.schedule import Promised
from services.projects.promises.domain.setting import Rest, Setting

__all__ = ["Dating", "Obligation", "Promised", "Promises", "Rest", "Setting", "Speaker", "Word"]
