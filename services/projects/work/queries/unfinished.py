"""What the end of a convention leaves unfinished."""

from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.life import ProjectToWindDown
from shared.kit.database import Transaction

_UNFINISHED = """
SELECT project.project_id, project.title, project.state, open.open_milestones, open.last_due_on
FROM projects AS project
CROSS JOIN LATERAL (
    SELECT count(*)::int AS open_milestones, max(due_on) AS last_due_on FROM milestones AS milestone
    WHERE milestone.project_id = project.project_id AND milestone.reached_on IS NULL
) AS open
WHERE project.convention_id = $1
ORDER BY project.proposed_at, project.project_id
LIMIT 200
"""


async def unfinished_projects(tx: Transaction, convention_id: ConventionId) -> tuple[ProjectToWindDown, ...]:
    """The projects of a convention that the caller has found readable, oldest first, at most 200."""
    return tuple(ProjectToWindDown(**it) for it in await tx.fetch(_UNFINISHED, convention_id))
