"""What the other modules of projects may ask about templates, and nothing else."""

from services.projects.templates.queries import titles_of

__all__ = ["titles_of"]
