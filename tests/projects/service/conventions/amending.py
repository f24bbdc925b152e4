"""Amend on the running service, for its tests."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import ConventionId, new_id
from shared.contracts.projects.amendments import (
    AmendedFrom,
    AmendmentLine,
    CompareAmendment,
    ListAmendments,
    ProposeAmendment,
)
from shared.contracts.projects.commands import (
    AcceptClauses,
    ProposeClause,
    SealConvention,
    SignConvention,
)
from shared.contracts.projects.queries import (
    ConventionView,
    GetConvention,
)
from tests.projects.service.collaboration import TODAY, Collaboration
from tests.projects.service.world import SIGN_BEFORE, Member, as_read, numbered

FILE = GivenFile(sha256="ab" * 32, size=9, media_type=MediaType.PDF, name="planning.pdf")
SOON = TODAY + timedelta(days=20)
NEW_TEXT = "Les bénévoles viennent le jeudi."


@dataclass
class Amending:
    """An amendment and the people of both sides."""

    together: Collaboration
    id: ConventionId

    async def get(self, member: Member | None = None) -> ConventionView:
        return await self.together.ask(GetConvention(convention_id=self.id), member or self.together.claire)

    async def reword(self, number: int = 1, text: str = NEW_TEXT, by: Member | None = None) -> None:
        clause = numbered(await self.get(), number)
        await self.together.ask(
            ProposeClause(
                convention_id=self.id, clause_id=clause.clause_id, revision=clause.revision, text=text
            ),
            by or self.together.claire,
        )

    async def accept(self, by: Member) -> None:
        view = await self.get(by)
        await self.together.ask(
            AcceptClauses(
                convention_id=self.id, clauses=as_read(view.clauses), terms_revision=view.terms.revision
            ),
            by,
        )

    async def seal(self) -> str:
        version = (await self.get()).version
        command = SealConvention(convention_id=self.id, version=version, sign_before=SIGN_BEFORE)
        return (await self.together.ask(command, self.together.claire)).sealed_hash

    async def sign(self, sealed_hash: str, *by: Member) -> None:
        for member in by:
            await self.together.ask(
                SignConvention(convention_id=self.id, sealed_hash=sealed_hash, capacity="pour nous"), member
            )

    async def conclude(self) -> str:
        """Both sides accept, seal and sign; returns the hash."""
        await self.accept(self.together.odile)
        await self.accept(self.together.claire)
        sealed_hash = await self.seal()
        await self.sign(sealed_hash, self.together.hugo, self.together.odile)
        return sealed_hash


def to_amend(together: Collaboration, **given: Any) -> ProposeAmendment:
    return ProposeAmendment.model_validate(
        {
            "convention_id": together.convention,
            "amendment_id": new_id(),
            "title": "Avenant n° 1 : le jeudi",
            "reason": "Le service a changé de jour.",
        }
        | given
    )


async def amend(together: Collaboration, by: Member | None = None, **given: Any) -> Amending:
    command = to_amend(together, **given)
    await together.ask(command, by or together.claire)
    return Amending(together, command.amendment_id)


async def listed(together: Collaboration, member: Member | None = None) -> tuple[AmendmentLine, ...]:
    query = ListAmendments(convention_id=together.convention)
    return (await together.ask(query, member or together.claire)).amendments


async def compared(amending: Amending) -> AmendedFrom:
    return await amending.together.ask(CompareAmendment(convention_id=amending.id), amending.together.odile)
