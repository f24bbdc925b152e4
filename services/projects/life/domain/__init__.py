"""The rules of a convention that holds, and of its end. No clock, no database."""

from services.projects.life.domain.life import Life, Notice, Suspension
from services.projects.life.domain.renewal import Decision
from services.projects.life.domain.rights import Speaker

__all__ = ["Decision", "Life", "Notice", "Speaker", "Suspension"]
