"""Two people who conclude a convention and work under it: the ground that clients act on."""

from dataclasses import dataclass, field
from datetime import timedelta

from shared.contracts.contacts.commands import (
    AcceptMandate,
    InviteReferent,
    NameReferent,
)
from shared.contracts.contacts.events import (
    MandateAccepted,
    MandateProposed,
)
from shared.contracts.identifiers import (
    ConventionId,
    IndicatorId,
    MandateId,
    ProjectId,
    new_id,
)
from shared.contracts.projects.commands import (
    AcceptClauses,
    AcceptIndicator,
    ClauseAtRevision,
    DraftConvention,
    NameProjectLead,
    ProposeClause,
    ProposeIndicator,
    ProposeProject,
    SealConvention,
    SignConvention,
    StartProject,
)
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseProposed,
    ConventionDrafted,
    ConventionSealed,
    ConventionSigned,
    IndicatorAgreed,
    IndicatorProposed,
    ProjectLeadNamed,
    ProjectProposed,
    ProjectStarted,
    TermsAccepted,
)
from shared.contracts.projects.queries import (
    ConventionState,
    ConventionView,
    GetConvention,
    GetIndicator,
    GetProject,
)
from shared.contracts.values import Side
from shared.kit import clock
from tests.chaos.client import ChaosClient
from tests.chaos.ledger import Ledger, Partnership, fact
from tests.chaos.members import Member, enroll, register
from tests.support.eventually import eventually

# Two services have to hear of each other, while both are killed again and again.
_OPEN_WITHIN_SECONDS = 600.0

_BLANK = "[à compléter]"


@dataclass
class Pair:
    """Two members, and the clients through which they and an operator act."""

    client: ChaosClient
    operator: ChaosClient
    ledger: Ledger
    ours: Member = field(default_factory=lambda: Member(Side.ESTABLISHMENT))
    theirs: Member = field(default_factory=lambda: Member(Side.ASSOCIATION))

    async def enter(self) -> None:
        """Both come to exist."""
        for member in (self.ours, self.theirs):
            await register(self.operator, member.organization_id, member.side)
            await enroll(self.operator, member)

    async def negotiate(self) -> ConventionId:
        """A convention in which both sides have a référent."""
        ours, theirs = self.ours, self.theirs
        convention_id = ConventionId(new_id())
        today = clock.today_in_paris()
        await self.client.act(
            DraftConvention(
                convention_id=convention_id,
                title="Convention",
                aim="Éprouver le système.",
                parties=(ours.party, theirs.party),
                starts_on=today,
                ends_on=today + timedelta(days=3650),
            ),
            ours.actor,
            fact(ConventionDrafted, convention_id),
            sure=True,
        )
        self.ledger.partnerships[convention_id] = Partnership(
            convention_id, (ours.person_id, theirs.person_id)
        )
        mine, yours = MandateId(new_id()), MandateId(new_id())
        await self.client.act(
            NameReferent(mandate_id=mine, convention_id=convention_id, person_id=ours.person_id),
            ours.actor,
            fact(MandateProposed, mine),
            fact(MandateAccepted, mine),
            sure=True,
        )
        await self.client.act(
            InviteReferent(
                mandate_id=yours,
                convention_id=convention_id,
                organization_id=theirs.organization_id,
                given_name="A",
                family_name="B",
                email=theirs.email,
            ),
            ours.actor,
            fact(MandateProposed, yours),
            sure=True,
        )
        await self.client.act(
            AcceptMandate(mandate_id=yours),
            theirs.actor,
            fact(MandateAccepted, yours),
            done_already="mandate_already_answered",
            sure=True,
        )
        await self.until_open(convention_id)
        return convention_id

    async def conclude(self, convention_id: ConventionId) -> None:
        """Everything is agreed, sealed and signed."""
        for clause in (await self.convention(convention_id)).clauses:
            if _BLANK in clause.text:
                await self.client.act(
                    ProposeClause(
                        convention_id=convention_id,
                        clause_id=clause.clause_id,
                        revision=clause.revision,
                        text=clause.text.replace(_BLANK, "selon l’usage"),
                    ),
                    self.ours.actor,
                    fact(ClauseProposed, clause.clause_id, clause.revision + 1),
                    sure=True,
                )
        for member in (self.ours, self.theirs):
            convention = await self.convention(convention_id)
            clauses, terms = convention.clauses, convention.terms
            await self.client.act(
                AcceptClauses(
                    convention_id=convention_id,
                    clauses=tuple(
                        ClauseAtRevision(clause_id=it.clause_id, revision=it.revision) for it in clauses
                    ),
                    terms_revision=terms.revision,
                ),
                member.actor,
                *(
                    fact(ClauseAccepted, it.clause_id, it.revision, member.organization_id)
                    for it in clauses
                    if member.organization_id not in it.accepted_by
                ),
                *(
                    fact(TermsAccepted, convention_id, terms.revision, member.organization_id)
                    for _ in range(member.organization_id not in terms.accepted_by)
                ),
                sure=True,
            )
        version = (await self.convention(convention_id)).version
        await self.client.act(
            SealConvention(convention_id=convention_id, version=version, sign_before=clock.today_in_paris()),
            self.ours.actor,
            fact(ConventionSealed, convention_id),
            done_already="negotiation_not_open",
            sure=True,
        )
        sealed_hash = (await self.convention(convention_id)).sealed_hash
        assert sealed_hash is not None
        for member in (self.ours, self.theirs):
            await self.client.act(
                SignConvention(convention_id=convention_id, sealed_hash=sealed_hash, capacity="présidente"),
                member.actor,
                fact(ConventionSigned, convention_id, member.organization_id),
                done_already="already_signed",
                sure=True,
            )

    async def begin_work(self, convention_id: ConventionId) -> tuple[ProjectId, IndicatorId]:
        """A running project with an agreed indicator."""
        project_id, indicator_id = ProjectId(new_id()), IndicatorId(new_id())
        ours, theirs = self.ours, self.theirs
        await self.client.act(
            ProposeProject(
                project_id=project_id, convention_id=convention_id, title="Projet", aim="Éprouver."
            ),
            ours.actor,
            fact(ProjectProposed, project_id),
            fact(ProjectLeadNamed, project_id, ours.organization_id),
            sure=True,
        )
        await self.client.act(
            NameProjectLead(project_id=project_id, person_id=theirs.person_id),
            theirs.actor,
            fact(ProjectLeadNamed, project_id, theirs.organization_id),
            sure=True,
        )
        version = (await self.client.ask(GetProject(project_id=project_id), ours.actor)).version
        await self.client.act(
            StartProject(project_id=project_id, version=version),
            ours.actor,
            fact(ProjectStarted, project_id),
            done_already="project_already_started",
            sure=True,
        )
        await self.client.act(
            ProposeIndicator(
                indicator_id=indicator_id,
                project_id=project_id,
                title="Indicateur",
                numerator="Personnes",
                source="Registre",
            ),
            ours.actor,
            fact(IndicatorProposed, indicator_id),
            sure=True,
        )
        version = (await self.client.ask(GetIndicator(indicator_id=indicator_id), theirs.actor)).version
        await self.client.act(
            AcceptIndicator(indicator_id=indicator_id, version=version),
            theirs.actor,
            fact(IndicatorAgreed, indicator_id),
            done_already="indicator_already_accepted",
            sure=True,
        )
        return project_id, indicator_id

    async def until_open(self, convention_id: ConventionId) -> None:
        """Wait until projects has heard that both sides have a référent."""

        async def is_open() -> bool:
            return (await self.convention(convention_id)).state is not ConventionState.DRAFT

        await eventually(is_open, deadline=_OPEN_WITHIN_SECONDS)

    async def convention(self, convention_id: ConventionId) -> ConventionView:
        """As it stands."""
        return await self.client.ask(GetConvention(convention_id=convention_id), self.ours.actor)
