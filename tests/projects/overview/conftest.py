"""The collaboration that these tests act in."""

from tests.projects.collaboration import active, together

__all__ = ["active", "together"]
