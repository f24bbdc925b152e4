"""What an archive holds of a convention's projects: all of them."""

from datetime import UTC, datetime

from services.web.archives import projects_in
from shared.contracts.identifiers import ConventionId, EventId, ProjectId, new_id
from shared.contracts.projects.queries import TimelineEntry


def entry(project_id: ProjectId | None) -> TimelineEntry:
    return TimelineEntry(
        event_id=EventId(new_id()),
        type="entente.projects.project.proposed.v1",
        occurred_at=datetime(2026, 3, 2, tzinfo=UTC),
        convention_id=ConventionId(new_id()),
        convention_title="Bénévoles",
        organization_id=None,
        person_id=None,
        project_id=project_id,
    )


def test_every_project_is_in_the_archive_however_many_there_are() -> None:
    projects = [ProjectId(new_id()) for _ in range(250)]
    told = [entry(None), *map(entry, projects), entry(None), *map(entry, reversed(projects))]
    assert projects_in(told) == projects
    assert projects_in([entry(None)]) == []
