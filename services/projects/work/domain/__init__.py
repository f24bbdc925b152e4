"""The rules of projects and their milestones. No input, no output."""

from services.projects.work.domain.agreement import Agreement, Standing
from services.projects.work.domain.project import Milestone, Project

__all__ = ["Agreement", "Milestone", "Project", "Standing"]
