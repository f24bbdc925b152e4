"""A project between a hospital and an association, in memory."""

from datetime import UTC, date, datetime

from services.projects.work.domain import Agreement, Project, Standing
from shared.contracts.identifiers import (
    ConventionId,
    MilestoneId,
    OrganizationId,
    PersonId,
    ProjectId,
    new_id,
)
from shared.contracts.projects.commands import ProposeProject
from shared.contracts.projects.queries import ConventionState

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
HOSPITAL, ASSOCIATION = OrganizationId(new_id()), OrganizationId(new_id())
AGREEMENT = Agreement(
    convention_id=ConventionId(new_id()),
    state=ConventionState.ACTIVE,
    starts_on=date(2026, 1, 1),
    ends_on=date(2028, 12, 31),
    parties=(HOSPITAL, ASSOCIATION),
)
DOCTOR = Standing(PersonId(new_id()), HOSPITAL, referent=True)
VOLUNTEER = Standing(PersonId(new_id()), ASSOCIATION, referent=True)
COLLEAGUE = Standing(PersonId(new_id()), HOSPITAL, referent=False)
STEP = MilestoneId(new_id())
DUE = date(2026, 6, 30)


def a_command(lead: PersonId | None = None) -> ProposeProject:
    return ProposeProject(
        project_id=ProjectId(new_id()),
        convention_id=AGREEMENT.convention_id,
        title="Livret d'accueil",
        aim="Écrire ensemble ce que l'on remet à l'entrée.",
        lead=lead,
    )


def a_project(*, led_by_both: bool = True, running: bool = False) -> Project:
    project, events = Project.propose(a_command(), AGREEMENT, DOCTOR, NOW)
    project.version += len(events)
    if led_by_both or running:
        project.version += len(project.name_lead(VOLUNTEER.person_id, VOLUNTEER, AGREEMENT))
    if running:
        project.version += len(project.start(project.version, VOLUNTEER, AGREEMENT, NOW))
    return project


def with_milestone(project: Project) -> Project:
    project.plan_milestone(STEP, "Première version", DUE, DOCTOR, AGREEMENT)
    return project
