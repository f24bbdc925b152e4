"""What two sides do together under their convention, on the running service."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from shared.contracts.identifiers import (
    IndicatorId,
    MeasureId,
    MilestoneId,
    ProjectId,
    new_id,
)
from shared.contracts.projects.commands import (
    AcceptIndicator,
    DraftConvention,
    NameProjectLead,
    PlanMilestone,
    ProposeIndicator,
    ProposeProject,
    RecordMeasure,
    StartProject,
)
from shared.contracts.projects.queries import (
    GetIndicator,
    GetProject,
    GetTimeline,
    IndicatorView,
    ProjectView,
    TimelineEntry,
)
from shared.kit.asking import Asker
from shared.kit.clock import today_in_paris
from tests.projects.service.world import Member, World
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase

TODAY = today_in_paris()
STARTS_ON, ENDS_ON = TODAY - timedelta(days=30), TODAY + timedelta(days=700)
SOON = TODAY + timedelta(days=10)


@dataclass
class Collaboration(World):
    """A partnership with projects and indicators. Claire leads for the hospital, Odile for the association."""

    def to_draft(self) -> DraftConvention:
        """A convention that holds already, so that days of the past can be planned."""
        return super().to_draft().model_copy(update={"starts_on": STARTS_ON, "ends_on": ENDS_ON})

    # -------------------------------------------------------------- projects

    def to_propose(self, **given: Any) -> ProposeProject:
        """A project under the convention."""
        return ProposeProject.model_validate(
            {
                "project_id": new_id(),
                "convention_id": self.convention,
                "title": "Livret d'accueil",
                "aim": "Écrire ensemble ce que l'on remet à l'entrée.",
            }
            | given
        )

    async def framed_project(self, **given: Any) -> ProjectId:
        """Claire proposes a project; the association has named nobody."""
        command = self.to_propose(**given)
        await self.ask(command, self.claire)
        return command.project_id

    async def led_project(self, **given: Any) -> ProjectId:
        """A project that both sides lead."""
        project = await self.framed_project(**given)
        await self.ask(NameProjectLead(project_id=project, person_id=self.odile.person_id), self.odile)
        return project

    async def running_project(self, **given: Any) -> ProjectId:
        """A project that Odile started."""
        project = await self.led_project(**given)
        version = (await self.project(project)).version
        await self.ask(StartProject(project_id=project, version=version), self.odile)
        return project

    async def project(self, project: ProjectId, member: Member | None = None) -> ProjectView:
        """A project as somebody reads it; Claire, if nobody is named."""
        return await self.ask(GetProject(project_id=project), member or self.claire)

    async def plan(
        self, project: ProjectId, due_on: date = SOON, title: str = "Première version"
    ) -> MilestoneId:
        """Claire plans a step."""
        milestone = MilestoneId(new_id())
        await self.ask(
            PlanMilestone(project_id=project, milestone_id=milestone, title=title, due_on=due_on), self.claire
        )
        return milestone

    # ------------------------------------------------------------ indicators

    def to_define(self, project: ProjectId, **given: Any) -> ProposeIndicator:
        """A ratio, if nothing else is given."""
        return ProposeIndicator.model_validate(
            {
                "indicator_id": new_id(),
                "project_id": project,
                "title": "Taux de retour",
                "numerator": "questionnaires rendus",
                "denominator": "questionnaires remis",
                "source": "décompte du service",
                "target": 60,
            }
            | given
        )

    async def proposed_indicator(self, project: ProjectId, **given: Any) -> IndicatorId:
        """An indicator that Claire proposed."""
        command = self.to_define(project, **given)
        await self.ask(command, self.claire)
        return command.indicator_id

    async def agreed_indicator(self, project: ProjectId, **given: Any) -> IndicatorId:
        """An indicator that Odile accepted."""
        indicator = await self.proposed_indicator(project, **given)
        version = (await self.indicator(indicator)).version
        await self.ask(AcceptIndicator(indicator_id=indicator, version=version), self.odile)
        return indicator

    async def indicator(self, indicator: IndicatorId, member: Member | None = None) -> IndicatorView:
        """An indicator as somebody reads it; Claire, if nobody is named."""
        return await self.ask(GetIndicator(indicator_id=indicator), member or self.claire)

    def to_measure(self, indicator: IndicatorId, **given: Any) -> RecordMeasure:
        """A value of today."""
        return RecordMeasure.model_validate(
            {
                "indicator_id": indicator,
                "measure_id": new_id(),
                "measured_on": TODAY,
                "numerator": 31,
                "denominator": 60,
            }
            | given
        )

    async def measured(self, indicator: IndicatorId, **given: Any) -> MeasureId:
        """A value that Claire recorded."""
        command = self.to_measure(indicator, **given)
        await self.ask(command, self.claire)
        return command.measure_id

    # -------------------------------------------------------------- timeline

    async def timeline(self, member: Member | None = None) -> tuple[TimelineEntry, ...]:
        """The last entries as somebody reads them; Claire, if nobody is named."""
        query = GetTimeline(convention_id=self.convention, limit=200)
        return (await self.ask(query, member or self.claire)).entries

    async def told_of(self, *types: str) -> None:
        """Wait until the timeline tells what contacts announced."""

        async def told() -> bool:
            return set(types) <= {entry.type for entry in await self.timeline()}

        await eventually(told)


@pytest.fixture
async def together(projects: FreshDatabase, asker: Asker, foreign: ForeignService) -> Collaboration:
    """People whom the service knows, and no convention yet."""
    collaboration = Collaboration(asker, foreign)
    await collaboration.settle()
    return collaboration


@pytest.fixture
async def active(together: Collaboration) -> Collaboration:
    """Both sides have signed."""
    await together.activate()
    return together
