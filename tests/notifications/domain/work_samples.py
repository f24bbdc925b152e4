"""Samples of what is done together under a convention, and who should hear of it."""

from shared.contracts.identifiers import MeasureId, MilestoneId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import (
    IndicatorAgreed,
    IndicatorProposed,
    MeasureRecorded,
    MilestoneMoved,
    MilestoneReached,
    ProjectProposed,
    ProjectStarted,
)
from tests.notifications.domain.circle import (
    ASSOCIATION,
    CLAIRE,
    CONVENTION,
    DAY,
    HOSPITAL,
    INDICATOR,
    LISE,
    NORA,
    ODILE,
    PROJECT,
)

WORK_SAMPLES: list[tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]] = [
    (
        ProjectProposed(project_id=PROJECT, convention_id=CONVENTION, organization_id=HOSPITAL),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.PROJECT_PROPOSED, NORA: NoticeKind.PROJECT_PROPOSED},
    ),
    (
        ProjectStarted(project_id=PROJECT, convention_id=CONVENTION),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.PROJECT_STARTED, LISE: NoticeKind.PROJECT_STARTED},
    ),
    (
        MilestoneReached(
            project_id=PROJECT,
            convention_id=CONVENTION,
            milestone_id=MilestoneId(new_id()),
            organization_id=HOSPITAL,
            reached_on=DAY,
        ),
        LISE,
        HOSPITAL,
        {ODILE: NoticeKind.MILESTONE_REACHED, NORA: NoticeKind.MILESTONE_REACHED},
    ),
    (
        MilestoneMoved(
            project_id=PROJECT, convention_id=CONVENTION, milestone_id=MilestoneId(new_id()), due_on=DAY
        ),
        LISE,
        HOSPITAL,
        {ODILE: NoticeKind.MILESTONE_MOVED, NORA: NoticeKind.MILESTONE_MOVED},
    ),
    (
        IndicatorProposed(
            indicator_id=INDICATOR,
            project_id=PROJECT,
            convention_id=CONVENTION,
            organization_id=HOSPITAL,
        ),
        LISE,
        HOSPITAL,
        {ODILE: NoticeKind.INDICATOR_PROPOSED, NORA: NoticeKind.INDICATOR_PROPOSED},
    ),
    (
        IndicatorAgreed(
            indicator_id=INDICATOR,
            project_id=PROJECT,
            convention_id=CONVENTION,
            organization_id=ASSOCIATION,
        ),
        NORA,
        ASSOCIATION,
        {CLAIRE: NoticeKind.INDICATOR_AGREED, LISE: NoticeKind.INDICATOR_AGREED},
    ),
    (
        MeasureRecorded(
            indicator_id=INDICATOR,
            project_id=PROJECT,
            convention_id=CONVENTION,
            measure_id=MeasureId(new_id()),
            measured_on=DAY,
            organization_id=ASSOCIATION,
        ),
        NORA,
        ASSOCIATION,
        {CLAIRE: NoticeKind.MEASURE_RECORDED, LISE: NoticeKind.MEASURE_RECORDED},
    ),
]
