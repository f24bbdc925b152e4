"""Short answers about projects for the other modules."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.projects.authority.public import Member
from services.projects.work import storage
from shared.contracts.identifiers import ConventionId, MilestoneId, OrganizationId, ProjectId
from shared.contracts.projects.refusals import ProjectNotFound
from shared.kit.database import Transaction


@dataclass(frozen=True, slots=True)
class ProjectBrief:
    """What another module needs to know of a project, and of the member who asks."""

    project_id: ProjectId
    convention_id: ConventionId
    title: str
    parties: frozenset[OrganizationId]
    directed: bool
    """Whether the member leads it for her side, or is the référent of that side."""


@dataclass(frozen=True, slots=True)
class WorkTitles:
    """What names a project and one of its milestones; None for what is not of the convention asked about."""

    project_title: str | None
    milestone_title: str | None


_BRIEFS = """
SELECT project.project_id, project.convention_id, project.title,
       array_agg(lead.organization_id) AS parties,
       (array_agg(lead.person_id) FILTER (WHERE lead.organization_id = $1))[1] AS own_lead
FROM projects AS project
JOIN project_leads AS lead USING (project_id)
WHERE project.project_id = ANY($2::uuid[])
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = project.convention_id AND access.organization_id = $1
  )
GROUP BY project.project_id
"""

_TITLES = """
SELECT project_id AS id, title FROM projects AS subject
WHERE project_id = ANY($2::uuid[])
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = subject.convention_id AND access.organization_id = $1
  )
UNION ALL
SELECT milestone_id, title FROM milestones AS subject
WHERE milestone_id = ANY($2::uuid[])
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = subject.convention_id AND access.organization_id = $1
  )
"""

_NAMED = """
SELECT
    (SELECT title FROM projects WHERE project_id = $2 AND convention_id = $1) AS project_title,
    (SELECT title FROM milestones WHERE project_id = $2 AND milestone_id = $3 AND convention_id = $1)
        AS milestone_title
"""


async def get_brief(tx: Transaction, project_id: ProjectId, member: Member) -> ProjectBrief:
    """A project of one of the member's conventions.

    Raises:
        ProjectNotFound: it does not exist, or not for her.
    """
    briefs = await briefs_of(tx, (project_id,), member)
    if project_id not in briefs:
        raise ProjectNotFound
    return briefs[project_id]


async def briefs_of(
    tx: Transaction, project_ids: Iterable[ProjectId], member: Member
) -> dict[ProjectId, ProjectBrief]:
    """Those of the projects that the member may see."""
    rows = await tx.fetch(_BRIEFS, member.organization_id, list(set(project_ids)))
    return {
        row["project_id"]: ProjectBrief(
            project_id=row["project_id"],
            convention_id=row["convention_id"],
            title=row["title"],
            parties=frozenset(row["parties"]),
            directed=storage.standing_of(member, row["convention_id"]).directs(row["own_lead"]),
        )
        for row in rows
    }


async def titles_of(tx: Transaction, ids: Iterable[UUID], member: Member) -> dict[UUID, str]:
    """The titles of those ids that are projects or milestones, as far as the member may see them."""
    return {row["id"]: row["title"] for row in await tx.fetch(_TITLES, member.organization_id, list(ids))}


async def titles_for_notice(
    tx: Transaction,
    convention_id: ConventionId,
    project_id: ProjectId | None,
    milestone_id: MilestoneId | None,
) -> WorkTitles:
    """What names a project and its milestone under a convention. For the service itself: no reader is checked."""
    return WorkTitles(**await tx.fetchrow(_NAMED, convention_id, project_id, milestone_id))
