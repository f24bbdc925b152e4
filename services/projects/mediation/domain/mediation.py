"""A mediation: every party accepts the mediator, and every party accepts the agreement; any party may leave.

A party speaks through its référents and signatories, whoever of them is there: a disagreement rarely waits.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from shared.contracts.identifiers import ConventionId, MediationId, ObligationId, OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.projects.mediation import (
    AcceptInMediation,
    AskForMediation,
    EndMediation,
    MediationMoved,
    MediationOver,
    MediationPart,
    MediationState,
    MediatorAccepted,
    MediatorNotAccepted,
    PlanMediation,
    ProposeInMediation,
)
from shared.contracts.projects.mediation_events import (
    MediationAccepted,
    MediationAsked,
    MediationEnded,
    MediationPlanned,
    MediationProposed,
)
from shared.contracts.projects.refusals import NotAReferent


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who speaks for an organisation, and what she may do for it."""

    person_id: PersonId
    organization_id: OrganizationId
    referent: bool
    signatory: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mediator or an agreement as it stands."""

    part: MediationPart
    revision: int
    text: str
    organization_id: OrganizationId
    person_id: PersonId
    proposed_at: datetime
    accepted_by: frozenset[OrganizationId]


@dataclass(slots=True)
class Mediation:
    """The aggregate, as it was loaded: `version` does not move while decisions are taken."""

    id: MediationId
    convention_id: ConventionId
    version: int
    parties: frozenset[OrganizationId]
    asked_by: OrganizationId
    asked_by_person: PersonId
    asked_at: datetime
    reason: str
    obligation_id: ObligationId | None
    proposals: dict[MediationPart, Proposal] = field(default_factory=dict[MediationPart, Proposal])
    meets_on: date | None = None
    ended_by: OrganizationId | None = None
    ended_by_person: PersonId | None = None
    end_reason: str | None = None
    ended_at: datetime | None = None

    @property
    def partnership_id(self) -> ConventionId:
        """A partnership is known by its convention."""
        return self.convention_id

    @property
    def state(self) -> MediationState:
        """Where it stands."""
        if self.ended_at is not None:
            return MediationState.ENDED if self.ended_by else MediationState.AGREED
        return MediationState.RUNNING if self._agreed(MediationPart.MEDIATOR) else MediationState.ASKED

    @staticmethod
    def ask(
        wanted: AskForMediation, by: Speaker, parties: frozenset[OrganizationId], now: datetime
    ) -> tuple["Mediation", list[Event]]:
        """A party asks, and accepts thereby whom it names."""
        mediation = Mediation(
            id=wanted.mediation_id,
            convention_id=wanted.convention_id,
            version=0,
            parties=parties,
            asked_by=by.organization_id,
            asked_by_person=by.person_id,
            asked_at=now,
            reason=wanted.reason,
            obligation_id=wanted.obligation_id,
        )
        mediation._put(MediationPart.MEDIATOR, 1, wanted.mediator, by, now)
        asked = MediationAsked(
            mediation_id=mediation.id,
            convention_id=mediation.convention_id,
            organization_id=by.organization_id,
            obligation_id=wanted.obligation_id,
        )
        return mediation, [asked]

    def propose(self, wanted: ProposeInMediation, by: Speaker, now: datetime) -> list[Event]:
        """Another mediator, or the words of an agreement. The same words again by whom they are, nothing happens."""
        self._require_lasting(by)
        known = self.proposals.get(wanted.part)
        if known and (known.text, known.organization_id) == (wanted.text, by.organization_id):
            return []
        if wanted.part is MediationPart.MEDIATOR and self.state is MediationState.RUNNING:
            raise MediatorAccepted
        if wanted.part is MediationPart.AGREEMENT and self.state is MediationState.ASKED:
            raise MediatorNotAccepted
        revision = known.revision if known else 0
        if wanted.revision != revision:
            raise MediationMoved(revision=revision)
        self._put(wanted.part, revision + 1, wanted.text, by, now)
        return [
            MediationProposed(
                mediation_id=self.id,
                convention_id=self.convention_id,
                organization_id=by.organization_id,
                part=wanted.part,
                revision=revision + 1,
            )
        ]

    def accept(self, wanted: AcceptInMediation, by: Speaker, now: datetime) -> list[Event]:
        """Accept for one party, once; the last yes to an agreement ends the mediation with it."""
        known = self.proposals.get(wanted.part)
        mine = known is not None and by.organization_id in known.accepted_by
        if known and mine and known.revision == wanted.revision:
            return []
        self._require_lasting(by)
        if known is None or known.revision != wanted.revision:
            raise MediationMoved(revision=known.revision if known else 0)
        self.proposals[wanted.part] = replace(known, accepted_by=known.accepted_by | {by.organization_id})
        agreed = self._agreed(wanted.part)
        accepted = MediationAccepted(
            mediation_id=self.id,
            convention_id=self.convention_id,
            organization_id=by.organization_id,
            part=wanted.part,
            agreed=agreed,
        )
        if wanted.part is MediationPart.MEDIATOR or not agreed:
            return [accepted]
        self.ended_at = now
        return [accepted, self._ended(by, agreed=True)]

    def plan(self, wanted: PlanMediation, by: Speaker) -> list[Event]:
        """The day of the meeting; the same day again, nothing happens."""
        self._require_lasting(by)
        if self.state is MediationState.ASKED:
            raise MediatorNotAccepted
        if self.meets_on == wanted.meets_on:
            return []
        self.meets_on = wanted.meets_on
        return [
            MediationPlanned(
                mediation_id=self.id,
                convention_id=self.convention_id,
                organization_id=by.organization_id,
                meets_on=wanted.meets_on,
            )
        ]

    def end(self, wanted: EndMediation, by: Speaker, now: datetime) -> list[Event]:
        """Decline or leave it; again by the same party, nothing happens."""
        if self.ended_by == by.organization_id:
            return []
        self._require_lasting(by)
        self.ended_by, self.ended_by_person = by.organization_id, by.person_id
        self.end_reason, self.ended_at = wanted.reason, now
        return [self._ended(by, agreed=False)]

    def _put(self, part: MediationPart, revision: int, text: str, by: Speaker, now: datetime) -> None:
        self.proposals[part] = Proposal(
            part, revision, text, by.organization_id, by.person_id, now, frozenset({by.organization_id})
        )

    def _agreed(self, part: MediationPart) -> bool:
        known = self.proposals.get(part)
        return known is not None and known.accepted_by >= self.parties

    def _ended(self, by: Speaker, *, agreed: bool) -> MediationEnded:
        return MediationEnded(
            mediation_id=self.id,
            convention_id=self.convention_id,
            organization_id=by.organization_id,
            agreed=agreed,
        )

    def _require_lasting(self, by: Speaker) -> None:
        require_speaker(by, self.parties)
        if self.ended_at is not None:
            raise MediationOver


def require_speaker(by: Speaker, parties: frozenset[OrganizationId]) -> None:
    """Pass if she speaks for a party.

    Raises:
        NotAReferent: she does not.
    """
    if not speaks(by, parties):
        raise NotAReferent


def speaks(by: Speaker, parties: frozenset[OrganizationId]) -> bool:
    """Whether she speaks for a party."""
    return (by.referent or by.signatory) and by.organization_id in parties
