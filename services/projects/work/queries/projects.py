"""One project, whole, and the list of projects."""

from typing import Any

from services.projects.authority.public import require_member
from services.projects.conventions.public import get_brief
from services.projects.work import storage
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ProjectId
from shared.contracts.projects.queries import (
    LeadView,
    ListProjects,
    MilestoneView,
    ProjectLine,
    Projects,
    ProjectState,
    ProjectView,
)
from shared.contracts.projects.refusals import ProjectNotFound
from shared.kit.database import Transaction

# Far above what two partners follow; a page that showed more would be read by nobody.
MOST_MILESTONES = 500

_MILESTONES = """
SELECT milestone_id, title, due_on, reached_on FROM milestones
WHERE project_id = $1
ORDER BY due_on, planned_at, milestone_id
LIMIT $2
"""

_PROJECTS = """
SELECT project.project_id, project.convention_id, convention.title AS convention_title, project.title, project.state,
       ARRAY(SELECT organization_id FROM project_leads AS lead WHERE lead.project_id = project.project_id
             ORDER BY organization_id) AS parties,
       next.milestone_id, next.title AS milestone_title, next.due_on
FROM projects AS project
JOIN conventions AS convention USING (convention_id)
LEFT JOIN LATERAL (
    SELECT milestone_id, title, due_on FROM milestones AS milestone
    WHERE milestone.project_id = project.project_id AND milestone.reached_on IS NULL
    ORDER BY due_on, planned_at, milestone_id
    LIMIT 1
) AS next ON true
WHERE EXISTS (
          SELECT FROM convention_access AS access
          WHERE access.convention_id = project.convention_id AND access.organization_id = $1
      )
  AND ($2::uuid IS NULL OR project.convention_id = $2)
ORDER BY next.due_on NULLS LAST, project.proposed_at DESC, project.project_id
LIMIT $3
"""


async def view_project(tx: Transaction, project_id: ProjectId, actor: Actor) -> ProjectView:
    """A project with its milestones; its indicators are added by who knows them.

    Raises:
        ProjectNotFound: it does not exist, or not for the actor.
    """
    member = await require_member(tx, actor)
    project = await storage.find_project(tx, project_id, on_behalf_of=member)
    if project is None:
        raise ProjectNotFound
    brief = await get_brief(tx, project.convention_id, actor)
    by = storage.standing_of(member, project.convention_id)
    return ProjectView(
        project_id=project.project_id,
        version=project.version,
        convention_id=project.convention_id,
        convention_title=brief.title,
        title=project.title,
        aim=project.aim,
        state=project.state,
        proposed_by=project.proposed_by,
        proposed_at=project.proposed_at,
        started_at=project.started_at,
        leads=tuple(
            LeadView(
                organization_id=party.organization_id,
                side=party.side,
                person_id=project.leads.get(party.organization_id),
            )
            for party in brief.parties
        ),
        milestones=tuple(
            MilestoneView(**it) for it in await tx.fetch(_MILESTONES, project_id, MOST_MILESTONES)
        ),
        indicators=(),
        may=project.acts(by, storage.agreement_of(brief)),
    )


async def list_projects(query: ListProjects, actor: Actor, tx: Transaction) -> Projects:
    """The projects of the actor's organisation, the one with the nearest milestone first."""
    member = await require_member(tx, actor)
    rows = await tx.fetch(_PROJECTS, member.organization_id, query.convention_id, query.limit)
    return Projects(projects=tuple(_line(row) for row in rows))


def _line(row: Any) -> ProjectLine:
    return ProjectLine(
        project_id=row["project_id"],
        convention_id=row["convention_id"],
        convention_title=row["convention_title"],
        title=row["title"],
        state=ProjectState(row["state"]),
        parties=tuple(row["parties"]),
        next_milestone=_next_milestone(row) if row["milestone_id"] else None,
    )


def _next_milestone(row: Any) -> MilestoneView:
    return MilestoneView(
        milestone_id=row["milestone_id"], title=row["milestone_title"], due_on=row["due_on"], reached_on=None
    )
