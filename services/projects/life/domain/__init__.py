"""The rules of a convention that holds, and of its end. No clock, no database."""

from services.projects.life.domain.life import Life
from services.projects.life.domain.notices import Departure, Notice, Suspension
from services.projects.life.domain.renewal import Decision
from services.projects.life.domain.rights import Speaker

__all__ = ["Decision", "Departure", "Life", "Notice", "Speaker", "Suspension"]
