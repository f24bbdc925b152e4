"""What the other modules of projects may ask about the life of conventions, and nothing else."""

from services.projects.life.queries.awaiting import awaited_acts, coming_dates
from services.projects.life.queries.course import Course, Rest, course_of

__all__ = ["Course", "Rest", "awaited_acts", "coming_dates", "course_of"]
