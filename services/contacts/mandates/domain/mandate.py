"""A mandate: a person is asked to be the référent of an organisation's side of a convention, answers, and ends."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from services.contacts.mandates.domain.delegation import Delegation
from shared.contracts.contacts.events import (
    DelegationEnded,
    DelegationGranted,
    HandoverCompleted,
    MandateAccepted,
    MandateDeclined,
    MandateEnd,
    MandateEnded,
    MandateProposed,
    MandateWithdrawn,
    SideLeftVacant,
)
from shared.contracts.contacts.queries import MandateState
from shared.contracts.contacts.refusals import (
    DelegationNotFound,
    LastReferent,
    MandateAlreadyAnswered,
    MandateNotFound,
    MandateNotInForce,
)
from shared.contracts.identifiers import ConventionId, DelegationId, MandateId, OrganizationId, PersonId
from shared.contracts.messages import Event


@dataclass
class Mandate:
    """One mandate. `version` is the one loaded; storage counts the events that follow."""

    id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId
    proposed_by: OrganizationId
    proposed_at: datetime
    state: MandateState = MandateState.PROPOSED
    answered_at: datetime | None = None
    decline_reason: str | None = None
    ended_at: datetime | None = None
    end_reason: MandateEnd | None = None
    succeeds: MandateId | None = None
    """The mandate that ends when this one is accepted."""
    entrusted: bool = False
    """Named by somebody else of the side who answers for the organisation."""
    delegations: list[Delegation] = field(default_factory=list[Delegation])
    """Those that run or will."""
    version: int = 0

    @property
    def partnership_id(self) -> ConventionId:
        """Both sides see it in the timeline of their convention."""
        return self.convention_id

    @classmethod
    def propose(
        cls,
        mandate_id: MandateId,
        *,
        convention_id: ConventionId,
        organization_id: OrganizationId,
        person_id: PersonId,
        proposed_by: OrganizationId,
        succeeds: MandateId | None = None,
        entrusted: bool = False,
        now: datetime,
    ) -> tuple[Self, list[Event]]:
        """Ask somebody to be a référent, maybe in somebody's place."""
        mandate = cls(
            mandate_id,
            convention_id,
            organization_id,
            person_id,
            proposed_by,
            now,
            succeeds=succeeds,
            entrusted=entrusted,
        )
        event = MandateProposed(
            mandate_id=mandate_id,
            convention_id=convention_id,
            organization_id=organization_id,
            person_id=person_id,
            proposed_by=proposed_by,
            entrusted=entrusted,
        )
        return mandate, [event]

    def accept(self, *, now: datetime) -> list[Event]:
        """She is a référent from now on.

        Raises:
            MandateAlreadyAnswered: it was answered before.
        """
        self._answer(MandateState.ACCEPTED, now)
        return [
            MandateAccepted(
                mandate_id=self.id,
                convention_id=self.convention_id,
                organization_id=self.organization_id,
                person_id=self.person_id,
            )
        ]

    def decline(self, reason: str | None, *, now: datetime) -> list[Event]:
        """She will not be the référent.

        Raises:
            MandateAlreadyAnswered: it was answered before.
        """
        self._answer(MandateState.DECLINED, now)
        self.decline_reason = reason
        return [
            MandateDeclined(
                mandate_id=self.id,
                convention_id=self.convention_id,
                organization_id=self.organization_id,
                person_id=self.person_id,
            )
        ]

    def withdraw(self, by: OrganizationId | None, *, now: datetime) -> list[Event]:
        """She is asked no more, by the act of a party or of nobody; whoever has answered is not concerned."""
        if self.state is not MandateState.PROPOSED:
            return []
        self.state = MandateState.WITHDRAWN
        self.ended_at = now
        return [
            MandateWithdrawn(
                mandate_id=self.id,
                convention_id=self.convention_id,
                organization_id=self.organization_id,
                person_id=self.person_id,
                withdrawn_by=by,
            )
        ]

    def resign(self, *, is_last: bool, now: datetime) -> list[Event]:
        """She gives it up. `is_last` says that her side has no other référent.

        Raises:
            MandateNotInForce: she is not a référent by this mandate.
            LastReferent: somebody else has to accept first.
        """
        self._require_in_force()
        if is_last:
            raise LastReferent
        return [self._end(MandateEnd.RESIGNED, now)]

    def hand_over(self, successor: "Mandate", *, now: datetime) -> list[Event]:
        """Her successor has accepted, so she is done; one who is no référent any more has nothing to hand over."""
        if self.state is not MandateState.ACCEPTED or successor.state is not MandateState.ACCEPTED:
            return []
        return [
            self._end(MandateEnd.HANDED_OVER, now),
            HandoverCompleted(
                mandate_id=self.id,
                convention_id=self.convention_id,
                organization_id=self.organization_id,
                person_id=self.person_id,
                successor_mandate_id=successor.id,
                successor_id=successor.person_id,
            ),
        ]

    def require_handed_over_within(
        self, convention_id: ConventionId, organization_id: OrganizationId
    ) -> None:
        """Pass if somebody of this side of this convention may take over from her.

        Raises:
            MandateNotFound: it is a mandate of another side or convention.
            MandateNotInForce: she is not a référent by this mandate.
        """
        if (self.convention_id, self.organization_id) != (convention_id, organization_id):
            raise MandateNotFound
        self._require_in_force()

    def lose(self, *, is_last: bool, now: datetime) -> list[Event]:
        """Its person left the organisation: it ends whoever remains, and without anybody the side is vacant.

        What had only been asked of her is asked no more. What was over stays as it is.
        """
        if self.state is MandateState.PROPOSED:
            return self.withdraw(None, now=now)
        if self.state is not MandateState.ACCEPTED:
            return []
        ended = self._end(MandateEnd.LEFT, now)
        if not is_last:
            return [ended]
        vacant = SideLeftVacant(
            mandate_id=self.id, convention_id=self.convention_id, organization_id=self.organization_id
        )
        return [ended, vacant]

    def delegate(self, delegation: Delegation, *, today: date) -> list[Event]:
        """A colleague acts for her between two days; asked twice for the same, nothing happens.

        Raises:
            MandateNotInForce: she is not a référent by this mandate.
            DelegationDatesInvalid: the days make no sense.
            DelegationOverlaps: another deputy acts for her on one of these days.
        """
        if delegation in self.delegations:
            return []
        self._require_in_force()
        delegation.check_dates(today)
        delegation.check_apart_from(self.delegations)
        self.delegations.append(delegation)
        return [
            DelegationGranted(
                mandate_id=self.id,
                convention_id=self.convention_id,
                organization_id=self.organization_id,
                delegation_id=delegation.id,
                deputy_id=delegation.deputy_id,
                starts_on=delegation.starts_on,
                ends_on=delegation.ends_on,
            )
        ]

    def end_delegation(self, delegation_id: DelegationId) -> list[Event]:
        """The deputy acts for her no more.

        Raises:
            DelegationNotFound: it is none of hers, or over.
        """
        ending = next((it for it in self.delegations if it.id == delegation_id), None)
        if ending is None:
            raise DelegationNotFound
        self.delegations.remove(ending)
        return [
            DelegationEnded(
                mandate_id=self.id,
                convention_id=self.convention_id,
                organization_id=self.organization_id,
                delegation_id=ending.id,
                deputy_id=ending.deputy_id,
            )
        ]

    def same_as(self, other: "Mandate") -> bool:
        """Whether both ask the same person the same thing: a command that came twice."""
        return (self.id, self.convention_id, self.organization_id, self.person_id) == (
            other.id,
            other.convention_id,
            other.organization_id,
            other.person_id,
        )

    def _require_in_force(self) -> None:
        if self.state is not MandateState.ACCEPTED:
            raise MandateNotInForce(state=self.state)

    def _end(self, reason: MandateEnd, now: datetime) -> MandateEnded:
        self.state = MandateState.ENDED
        self.end_reason = reason
        self.ended_at = now
        return MandateEnded(
            mandate_id=self.id,
            convention_id=self.convention_id,
            organization_id=self.organization_id,
            person_id=self.person_id,
            reason=reason,
        )

    def _answer(self, answer: MandateState, now: datetime) -> None:
        if self.state is not MandateState.PROPOSED:
            raise MandateAlreadyAnswered(state=self.state)
        self.state = answer
        self.answered_at = now
