"""What the other modules of projects may ask about projects, and nothing else.

Functions that take a member answer as if what her organisation may not read did not exist.
"""

from services.projects.work.commands.follow_convention import follow_convention
from services.projects.work.queries.awaiting import DAYS_OF_NOTICE, awaited_acts, coming_dates
from services.projects.work.queries.briefs import (
    ProjectBrief,
    WorkTitles,
    briefs_of,
    get_brief,
    titles_for_notice,
    titles_of,
)
from services.projects.work.queries.projects import view_project
from services.projects.work.queries.unfinished import unfinished_projects

__all__ = [
    "DAYS_OF_NOTICE",
    "ProjectBrief",
    "WorkTitles",
    "awaited_acts",
    "briefs_of",
    "coming_dates",
    "follow_convention",
    "get_brief",
    "titles_for_notice",
    "titles_of",
    "unfinished_projects",
    "view_project",
]
