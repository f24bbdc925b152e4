"""Mediations as their page shows them: with the names of who asked, proposed, accepted, left."""

from dataclasses import dataclass
from datetime import date, datetime

from services.web.pages.names import Names, Person, names_of
from services.web.visits import Visit
from services.web.wording.mediation import where_it_stands
from shared.contracts.identifiers import ConventionId, MediationId, OrganizationId
from shared.contracts.projects.mediation import (
    ListMediations,
    MediationPart,
    Mediations,
    MediationState,
    MediationView,
    ProposalView,
)
from shared.contracts.values import Side


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a party accepts."""

    side: Side
    organization: str
    accepts: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mediator or an agreement as it stands."""

    part: MediationPart
    revision: int
    text: str
    person: Person
    at: datetime
    answers: list[Answer]
    mine_to_accept: bool


@dataclass(frozen=True, slots=True)
class Mediation:
    """A mediation."""

    id: MediationId
    state: MediationState
    sentence: str
    person: Person
    at: datetime
    reason: str
    obligation_url: str | None
    mediator: Proposal
    agreement: Proposal | None
    meets_on: date | None
    left_by: Person | None
    end_reason: str | None
    ended_at: datetime | None

    @property
    def lasts(self) -> bool:
        """Whether it is not over."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class ShownMediations:
    """The mediations of a convention with the names that their page needs."""

    view: Mediations
    names: Names
    mine: OrganizationId | None

    @property
    def all(self) -> list[Mediation]:
        """Newest first."""
        return [self._mediation(it) for it in self.view.mediations]

    def _mediation(self, it: MediationView) -> Mediation:
        obligation = it.obligation_id
        return Mediation(
            id=it.mediation_id,
            state=it.state,
            sentence=where_it_stands(it),
            person=self.names.who(it.asked_by_person, it.asked_by),
            at=it.asked_at,
            reason=it.reason,
            obligation_url=f"/conventions/{self.view.convention_id}/engagements/{obligation}"
            if obligation
            else None,
            mediator=self._proposal(it, it.mediator),
            agreement=self._proposal(it, it.agreement) if it.agreement else None,
            meets_on=it.meets_on,
            left_by=self.names.who(it.ended_by_person, it.ended_by) if it.ended_by else None,
            end_reason=it.end_reason,
            ended_at=it.ended_at,
        )

    def _proposal(self, mediation: MediationView, it: ProposalView) -> Proposal:
        return Proposal(
            part=it.part,
            revision=it.revision,
            text=it.text,
            person=self.names.who(it.person_id, it.organization_id),
            at=it.proposed_at,
            answers=[
                Answer(self.names.side(party), self.names.organization(party), party in it.accepted_by)
                for party in self.view.parties
            ],
            mine_to_accept=self.view.may_act
            and mediation.ended_at is None
            and self.mine not in it.accepted_by,
        )


@dataclass(frozen=True, slots=True)
class Last:
    """The last mediation of a convention, in one sentence."""

    sentence: str
    lasts: bool


def last_of(view: Mediations) -> Last | None:
    """For the page of the convention's life; None where nobody asked for one."""
    if not view.mediations:
        return None
    it = view.mediations[0]
    return Last(where_it_stands(it), it.ended_at is None)


async def ask_mediations(visit: Visit, convention_id: ConventionId) -> ShownMediations:
    """Ask for them, then for every name."""
    view = await visit.web.gateway.ask(ListMediations(convention_id=convention_id), visit.actor)
    proposals = [one for it in view.mediations for one in (it.mediator, it.agreement) if one]
    names = await names_of(
        visit,
        people=[
            *(it.asked_by_person for it in view.mediations),
            *(it.ended_by_person for it in view.mediations),
            *(it.person_id for it in proposals),
        ],
        organizations=view.parties,
    )
    return ShownMediations(view, names, visit.actor.organization_id)
