"""A convention in force that promises meetings, a review and means."""

import pytest

from shared.contracts.identifiers import ObligationId
from shared.contracts.projects.commands import ProposeTerms
from shared.contracts.projects.promises import (
    ContestObligation,
    GetPromises,
    KeepObligation,
    ObligationKind,
    ObligationView,
    Promises,
)
from shared.contracts.projects.queries import ConventionView
from shared.contracts.projects.terms import PromisedMeans
from shared.kit.asking import Asker
from tests.projects.service.collaboration import TODAY, Collaboration
from tests.projects.service.world import Member
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase


class Promising(Collaboration):
    """Two meetings and a review a year; a room that both find, and a training that the association gives by today."""

    async def negotiate(self) -> ConventionView:
        """Claire proposes what the terms promise."""
        convention = await super().negotiate()
        terms = convention.terms.terms.model_copy(
            update={
                "meetings_per_year": 2,
                "reviews_per_year": 1,
                "means": (
                    PromisedMeans(text="Un bureau pour les permanences"),
                    PromisedMeans(text="Deux formations", by=self.association, due_on=TODAY),
                ),
            }
        )
        await self.ask(
            ProposeTerms(convention_id=self.convention, revision=convention.terms.revision, terms=terms),
            self.claire,
        )
        return await self.get()

    async def promises(self, member: Member | None = None) -> Promises:
        """As somebody reads them; Claire, if nobody is named."""
        return await self.ask(GetPromises(convention_id=self.convention), member or self.claire)

    async def one(self, obligation_id: ObligationId, member: Member | None = None) -> ObligationView:
        """One of them."""
        found = (await self.promises(member)).obligations
        return next(it for it in found if it.obligation_id == obligation_id)

    async def of_kind(self, kind: ObligationKind) -> list[ObligationView]:
        """Those of one kind, by their day."""
        return [it for it in (await self.promises()).obligations if it.kind is kind]

    def to_keep(self, it: ObligationView) -> KeepObligation:
        """It was kept today."""
        return KeepObligation(convention_id=self.convention, obligation_id=it.obligation_id, kept_on=TODAY)

    def to_contest(self, it: ObligationView) -> ContestObligation:
        """It was not."""
        return ContestObligation(
            convention_id=self.convention, obligation_id=it.obligation_id, remark="La salle était fermée."
        )


@pytest.fixture
async def promising(projects: FreshDatabase, asker: Asker, foreign: ForeignService) -> Promising:
    """Both sides have signed, and the days are made."""
    it = Promising(asker, foreign)
    await it.settle()
    await it.activate()

    async def dated() -> bool:
        return bool((await it.promises()).obligations)

    await eventually(dated)
    return it
