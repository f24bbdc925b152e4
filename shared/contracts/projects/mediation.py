"""Mediation: parties that disagree look for an agreement with the help of a third person, before one of them ends all.

It is voluntary: no party has to enter it or to stay (articles 1528 and 1532 of the Code de procédure civile). Both name
the mediator, both accept the agreement; what is said in between is confidential (article 1531) and has no place here.
"""

from datetime import date, datetime
from enum import StrEnum

from shared.contracts.identifiers import ConventionId, MediationId, ObligationId, OrganizationId, PersonId
from shared.contracts.messages import Command, Done, Message, Query, View
from shared.contracts.refusals import Refusal, RefusalKind
from shared.contracts.values import Day, Paragraph, Version


class MediationPart(StrEnum):
    """What every party has to accept."""

    MEDIATOR = "mediator"
    """Who mediates."""
    AGREEMENT = "agreement"
    """What the parties agreed on."""


class MediationState(StrEnum):
    """Where a mediation stands."""

    ASKED = "asked"
    """Not every party accepts the mediator."""
    RUNNING = "running"
    AGREED = "agreed"
    ENDED = "ended"
    """Without an agreement."""


# --------------------------------------------------------------------- commands


class AskForMediation(Command[Done]):
    """Ask the other parties for a mediation, and name somebody for it. One at a time."""

    convention_id: ConventionId
    mediation_id: MediationId
    reason: Paragraph
    mediator: Paragraph
    """Name and quality, and how to reach her or him."""
    obligation_id: ObligationId | None = None
    """The obligation that it is about, where it is about one."""


class ProposeInMediation(Command[Done]):
    """Name another mediator, or write what was agreed on, for the others to accept. Refused when it has moved past
    `revision`, 0 standing for none yet.
    """

    convention_id: ConventionId
    mediation_id: MediationId
    part: MediationPart
    revision: Version
    text: Paragraph


class AcceptInMediation(Command[Done]):
    """Accept, for the actor's party, the mediator or the agreement as it stands at `revision`."""

    convention_id: ConventionId
    mediation_id: MediationId
    part: MediationPart
    revision: Version


class PlanMediation(Command[Done]):
    """Say on which day the parties meet the mediator."""

    convention_id: ConventionId
    mediation_id: MediationId
    meets_on: Day


class EndMediation(Command[Done]):
    """Decline a mediation or leave it, for the actor's party: it ends for all, without an agreement."""

    convention_id: ConventionId
    mediation_id: MediationId
    reason: Paragraph


# ---------------------------------------------------------------------- queries


class ProposalView(Message):
    """A mediator or an agreement as it stands, and who accepts it."""

    part: MediationPart
    revision: int
    text: str
    organization_id: OrganizationId
    person_id: PersonId
    proposed_at: datetime
    accepted_by: tuple[OrganizationId, ...]


class MediationView(Message):
    """A mediation."""

    mediation_id: MediationId
    version: int
    state: MediationState
    asked_by: OrganizationId
    asked_by_person: PersonId
    asked_at: datetime
    reason: str
    obligation_id: ObligationId | None
    mediator: ProposalView
    agreement: ProposalView | None
    meets_on: date | None
    ended_by: OrganizationId | None
    """The party that left it; None while it lasts, or when it ended with an agreement."""
    ended_by_person: PersonId | None
    end_reason: str | None
    ended_at: datetime | None


class Mediations(View):
    """The mediations of a convention, newest first, at most 50."""

    convention_id: ConventionId
    title: str
    parties: tuple[OrganizationId, ...]
    mediations: tuple[MediationView, ...]
    may_ask: bool
    """Whether the actor may ask for one now."""
    may_act: bool
    """Whether the actor speaks for her party in the one that lasts."""


class ListMediations(Query[Mediations]):
    """The mediations of a convention that the actor may read."""

    convention_id: ConventionId


# --------------------------------------------------------------------- refusals


class MediationNotFound(Refusal):
    """No such mediation in this convention, or the actor may not see it."""

    code = "mediation_not_found"
    kind = RefusalKind.NOT_FOUND


class MediationOpen(Refusal):
    """A mediation lasts: another one, or the archive of a convention that closes, comes after it."""

    code = "mediation_open"


class MediationOver(Refusal):
    """It has ended."""

    code = "mediation_over"


class MediatorNotAccepted(Refusal):
    """Not every party accepts the mediator yet."""

    code = "mediator_not_accepted"


class MediatorAccepted(Refusal):
    """Every party accepts the mediator: to change her or him, end this mediation and ask for another one."""

    code = "mediator_accepted"


class MediationMoved(Refusal):
    """Somebody proposed something else meanwhile; `revision` says where it stands."""

    code = "mediation_moved"
