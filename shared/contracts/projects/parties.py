"""Organisations that come to a convention that has begun: to be a party of it, or to observe it.

Nobody acts for another party: who comes is proposed by one of them, and let in once each of them has agreed. While a
convention is a draft, its author's side alone decides.
"""

from datetime import datetime
from enum import StrEnum

from shared.contracts.identifiers import AdmissionId, ConventionId, OrganizationId, PersonId
from shared.contracts.messages import Command, Done, Event, Message, Query, View
from shared.contracts.projects.commands import PartyToConvene
from shared.contracts.refusals import Refusal, RefusalKind
from shared.contracts.values import Paragraph, Side


class Role(StrEnum):
    """As what an organisation comes."""

    PARTY = "party"
    """It negotiates, accepts and signs like those that were there before."""
    OBSERVER = "observer"
    """It reads the shared room, and nothing else."""
    FUNDER = "funder"
    """An observer that pays for some of it, and says so."""


# --------------------------------------------------------------------- commands


class ProposeAdmission(Command[Done]):
    """Propose that an organisation comes. Accepted thereby for the actor's party; the others answer for theirs."""

    convention_id: ConventionId
    admission_id: AdmissionId
    role: Role
    organization: PartyToConvene
    interest: Paragraph | None = None
    """What it has to do with the convention; a funder says what it pays for, and what it expects."""


class AcceptAdmission(Command[Done]):
    """Agree, for the actor's party, that it comes. The last party to agree lets it in."""

    convention_id: ConventionId
    admission_id: AdmissionId


class EndAdmission(Command[Done]):
    """Say no to it or take it back; or, of who observes already, end that: any party may, and the observer itself."""

    convention_id: ConventionId
    admission_id: AdmissionId


class TakeBackParty(Command[Done]):
    """Take back a party that has accepted and signed nothing yet, as any of the others or as that party itself."""

    convention_id: ConventionId
    organization_id: OrganizationId
    """The party's."""


# ---------------------------------------------------------------------- queries


class AdmissionView(Message):
    """An organisation that is to come, or that observes."""

    admission_id: AdmissionId
    organization_id: OrganizationId
    role: Role
    side: Side
    name: str
    interest: str
    proposed_by: OrganizationId
    proposed_by_person: PersonId
    proposed_at: datetime
    accepted_by: tuple[OrganizationId, ...]
    awaits: tuple[OrganizationId, ...]
    """The parties that have not agreed yet."""
    admitted_at: datetime | None
    may_accept: bool
    may_end: bool


class Admissions(View):
    """Those that wait, then those that observe, each in the order in which they were proposed."""

    admissions: tuple[AdmissionView, ...]
    may_propose: tuple[Role, ...]
    """As what the actor may propose somebody now."""
    may_take_back: tuple[OrganizationId, ...] = ()
    """The parties that she may take back now."""


class ListAdmissions(Query[Admissions]):
    """Who is to come to a convention, and who observes it. Asked by a party."""

    convention_id: ConventionId


class ObservedConvention(Message):
    """A convention that the actor's organisation observes."""

    convention_id: ConventionId
    title: str
    parties: tuple[OrganizationId, ...]
    admission_id: AdmissionId
    role: Role
    interest: str
    since: datetime
    may_end: bool = False
    """Whether the actor may say that her organisation observes no more."""


class Observed(View):
    """Last admitted first, at most 200."""

    conventions: tuple[ObservedConvention, ...]


class ListObserved(Query[Observed]):
    """The conventions whose shared room the actor's organisation reads as an observer."""


# ----------------------------------------------------------------------- events


class AdmissionProposed(Event, subject="entente.projects.convention.admission_proposed.v1"):
    """A party proposed that an organisation comes, and thereby agrees for itself."""

    convention_id: ConventionId
    admission_id: AdmissionId
    organization_id: OrganizationId
    proposed: OrganizationId
    role: Role


class AdmissionAccepted(Event, subject="entente.projects.convention.admission_accepted.v1"):
    """A party agreed that the organisation comes."""

    convention_id: ConventionId
    admission_id: AdmissionId
    organization_id: OrganizationId


class AdmissionEnded(Event, subject="entente.projects.convention.admission_ended.v1"):
    """A party said no, or took its proposal back, before everybody had agreed."""

    convention_id: ConventionId
    admission_id: AdmissionId
    organization_id: OrganizationId
    proposed: OrganizationId


class PartyJoined(Event, subject="entente.projects.convention.party_joined.v1"):
    """`joined` is a party from now on: it reads once its référent is invited, and accepts everything for itself."""

    convention_id: ConventionId
    admission_id: AdmissionId
    organization_id: OrganizationId
    joined: OrganizationId
    side: Side


class PartyTakenBack(Event, subject="entente.projects.convention.party_taken_back.v1"):
    """`taken_back` is a party no more, before it accepted or signed anything: one of the others asked for it, or itself."""

    convention_id: ConventionId
    admission_id: AdmissionId | None
    """By which it had joined; None for a party of the first draft."""
    organization_id: OrganizationId
    taken_back: OrganizationId


class ObserverAdmitted(Event, subject="entente.projects.convention.observer_admitted.v1"):
    """`observer` reads the shared room from now on."""

    convention_id: ConventionId
    admission_id: AdmissionId
    organization_id: OrganizationId
    observer: OrganizationId
    role: Role


class ObserverLeft(Event, subject="entente.projects.convention.observer_left.v1"):
    """`observer` reads the shared room no more: a party ended it (`organization_id`), or it left by itself."""

    convention_id: ConventionId
    admission_id: AdmissionId
    organization_id: OrganizationId
    observer: OrganizationId


# --------------------------------------------------------------------- refusals


class AdmissionNotFound(Refusal):
    """No such organisation is to come or observes, or it does no more."""

    code = "admission_not_found"
    kind = RefusalKind.NOT_FOUND


class ObservingReserved(Refusal):
    """Only whoever administers the observer, or signs for it, says that it observes no more."""

    code = "observing_reserved"
    kind = RefusalKind.NOT_ALLOWED
    may_be_behind = True


class AlreadyInConvention(Refusal):
    """The organisation is a party, observes, or is proposed already."""

    code = "already_in_convention"


class OnNoSide(Refusal):
    """A party is an establishment or an association; another organisation observes."""

    code = "on_no_side"
    kind = RefusalKind.INVALID


class InterestNotDeclared(Refusal):
    """A funder says what it pays for, and what it expects."""

    code = "interest_not_declared"
    kind = RefusalKind.INVALID


class PartyTookPart(Refusal):
    """The party has accepted, proposed or signed something: it is taken back by nobody."""

    code = "party_took_part"


class TooManyOrganizations(Refusal):
    """A convention has no more than `most` of them."""

    code = "too_many_organizations"
