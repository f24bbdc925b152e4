"""Projects between the database and the domain. The only place that writes their tables."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from services.projects.authority.public import Member, require_member
from services.projects.conventions.public import ConventionBrief, get_brief, require_active
from services.projects.work.domain import Agreement, Milestone, Project, Standing
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, MilestoneId, OrganizationId, PersonId, ProjectId
from shared.contracts.messages import Event
from shared.contracts.projects.events import (
    MilestoneMoved,
    MilestonePlanned,
    MilestoneReached,
    ProjectLeadNamed,
)
from shared.contracts.projects.queries import ProjectState
from shared.contracts.projects.refusals import ProjectNotFound
from shared.contracts.refusals import Defect
from shared.kit.database import Transaction

_FIND = """
SELECT project_id, convention_id, version, title, aim, state, proposed_by, proposed_by_person, proposed_at,
       started_at
FROM projects
WHERE project_id = $1
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = projects.convention_id AND access.organization_id = $2
  )
"""

_LOCK = f"{_FIND} FOR UPDATE OF projects"

# Only those that change: one that is being started is locked by whoever starts it, who waits for the convention.
_LOCK_TO_FOLLOW = """
SELECT project_id, convention_id, version, title, aim, state, proposed_by, proposed_by_person, proposed_at,
       started_at
FROM projects
WHERE convention_id = $1 AND state = $2
ORDER BY project_id
LIMIT 1000
FOR UPDATE
"""

_LEADS = "SELECT organization_id, person_id FROM project_leads WHERE project_id = $1"

_MILESTONES = """
SELECT milestone_id, title, due_on, reached_on, reached_by FROM milestones
WHERE project_id = $1 AND milestone_id = ANY($2::uuid[])
"""

# A head under this id belongs to another aggregate: two histories under one id could not be told apart.
_ADD = """
INSERT INTO projects (project_id, convention_id, version, title, aim, state,
                      proposed_by, proposed_by_person, proposed_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
WHERE NOT EXISTS (SELECT FROM event_head WHERE aggregate_id = $1)
ON CONFLICT (project_id) DO NOTHING
"""

_ADD_LEADS = """
INSERT INTO project_leads (project_id, convention_id, organization_id, person_id, named_at)
SELECT $1, $2, organization_id, person_id, CASE WHEN person_id IS NOT NULL THEN $5::timestamptz END
FROM unnest($3::uuid[], $4::uuid[]) AS leads (organization_id, person_id)
"""

_SAVE = "UPDATE projects SET version = $3, state = $4, started_at = $5 WHERE project_id = $1 AND version = $2"

_SAVE_LEAD = """
UPDATE project_leads SET person_id = $3, named_at = $4 WHERE project_id = $1 AND organization_id = $2
"""

_ADD_MILESTONE = """
INSERT INTO milestones (project_id, milestone_id, convention_id, title, due_on, planned_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""

_SAVE_MILESTONE = """
UPDATE milestones SET due_on = $3, reached_on = $4, reached_by = $5
WHERE project_id = $1 AND milestone_id = $2
"""


def agreement_of(brief: ConventionBrief) -> Agreement:
    """A convention as the rules of a project see it."""
    return Agreement(
        convention_id=brief.convention_id,
        state=brief.state,
        starts_on=brief.starts_on,
        ends_on=brief.ends_on,
        parties=tuple(party.organization_id for party in brief.parties),
    )


def standing_of(member: Member, convention_id: ConventionId) -> Standing:
    """A member as the rules of a project see her."""
    return Standing(member.person_id, member.organization_id, referent=convention_id in member.referent_in)


async def find_project(tx: Transaction, project_id: ProjectId, *, on_behalf_of: Member) -> Project | None:
    """A project with its leads, without its milestones; None when the member may not see it."""
    row = await tx.fetchrow(_FIND, project_id, on_behalf_of.organization_id)
    return await _project(tx, row, milestones=()) if row else None


async def load_project(
    tx: Transaction,
    project_id: ProjectId,
    *,
    on_behalf_of: Actor,
    milestones: Collection[MilestoneId] = (),
    to_start: bool = False,
) -> tuple[Project, Standing, Agreement]:
    """A project to decide on, locked, with the milestones that the decision is about.

    `to_start` keeps its convention active until the end of the transaction, or refuses.

    Raises:
        ProjectNotFound: it does not exist, or not for the actor.
    """
    row = await tx.fetchrow(_LOCK, project_id, on_behalf_of.organization_id)
    member = await require_member(tx, on_behalf_of)
    if row is None:
        raise ProjectNotFound
    project = await _project(tx, row, milestones)
    brief = await (require_active if to_start else get_brief)(tx, project.convention_id, on_behalf_of)
    return project, standing_of(member, project.convention_id), agreement_of(brief)


async def load_to_follow(tx: Transaction, convention_id: ConventionId, *, in_force: bool) -> list[Project]:
    """The projects, locked, that a convention that stops or holds again changes: nobody asked for them by name."""
    state = ProjectState.PAUSED if in_force else ProjectState.RUNNING
    return [
        await _project(tx, row, milestones=())
        for row in await tx.fetch(_LOCK_TO_FOLLOW, convention_id, state)
    ]


async def add_project(tx: Transaction, project: Project, events: Sequence[Event]) -> bool:
    """Store a new project; False when its id is taken, by whomever."""
    added = await tx.execute(
        _ADD,
        project.project_id,
        project.convention_id,
        len(events),
        project.title,
        project.aim,
        project.state,
        project.proposed_by,
        project.proposed_by_person,
        project.proposed_at,
    )
    if added != "INSERT 0 1":
        return False
    await tx.execute(
        _ADD_LEADS,
        project.project_id,
        project.convention_id,
        list(project.leads),
        list(project.leads.values()),
        project.proposed_at,
    )
    return True


async def save_project(tx: Transaction, project: Project, events: Sequence[Event], now: datetime) -> None:
    """Store what the events say has changed."""
    if not events:
        return
    for event in events:
        match event:
            case ProjectLeadNamed():
                await tx.execute(_SAVE_LEAD, project.project_id, event.organization_id, event.person_id, now)
            case MilestonePlanned():
                await tx.execute(
                    _ADD_MILESTONE,
                    project.project_id,
                    event.milestone_id,
                    project.convention_id,
                    project.milestones[event.milestone_id].title,
                    event.due_on,
                    now,
                )
            case MilestoneMoved() | MilestoneReached():
                milestone = project.milestones[event.milestone_id]
                await tx.execute(
                    _SAVE_MILESTONE,
                    project.project_id,
                    milestone.milestone_id,
                    milestone.due_on,
                    milestone.reached_on,
                    milestone.reached_by,
                )
            case _:
                pass
    saved = await tx.execute(
        _SAVE,
        project.project_id,
        project.version,
        project.version + len(events),
        project.state,
        project.started_at,
    )
    if saved != "UPDATE 1":
        raise Defect(f"the project {project.project_id} was locked, yet it changed")


async def _project(tx: Transaction, row: Any, milestones: Collection[MilestoneId]) -> Project:
    leads = await tx.fetch(_LEADS, row["project_id"])
    steps = await tx.fetch(_MILESTONES, row["project_id"], list(milestones)) if milestones else []
    return Project(
        project_id=row["project_id"],
        convention_id=row["convention_id"],
        version=row["version"],
        title=row["title"],
        aim=row["aim"],
        state=ProjectState(row["state"]),
        proposed_by=row["proposed_by"],
        proposed_by_person=row["proposed_by_person"],
        proposed_at=row["proposed_at"],
        started_at=row["started_at"],
        leads={OrganizationId(it["organization_id"]): _optional_person(it["person_id"]) for it in leads},
        milestones={it["milestone_id"]: Milestone(**it) for it in steps},
    )


def _optional_person(person_id: Any) -> PersonId | None:
    return None if person_id is None else PersonId(person_id)
