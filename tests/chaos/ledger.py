"""What clients were told: the acts that a service acknowledged, each by the fact that its owner's log must hold once.

An act that was sent and never answered may or may not have happened; one that was never sent must not have.
"""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from shared.contracts.contacts.events import (
    AffiliationStarted,
    MandateAccepted,
    MandateProposed,
    OrganizationRegistered,
    PersonAdded,
    SigningAuthorityGranted,
    SigningAuthorityRevoked,
)
from shared.contracts.messages import Event
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseProposed,
    CommentAdded,
    ConventionDrafted,
    ConventionSealed,
    ConventionSigned,
    IndicatorAgreed,
    IndicatorProposed,
    MeasureRecorded,
    MilestoneMoved,
    MilestonePlanned,
    MilestoneReached,
    ProjectLeadNamed,
    ProjectProposed,
    ProjectStarted,
    TermsAccepted,
)

# What tells one act of a kind from every other one. VERSION stands for the place in the aggregate's history, where the
# same thing is done again and again.
VERSION = "(version)"

IDENTITY: dict[type[Event], tuple[str, ...]] = {
    OrganizationRegistered: ("organization_id",),
    PersonAdded: ("person_id",),
    AffiliationStarted: ("person_id", "organization_id"),
    SigningAuthorityGranted: ("person_id", VERSION),
    SigningAuthorityRevoked: ("person_id", VERSION),
    MandateProposed: ("mandate_id",),
    MandateAccepted: ("mandate_id",),
    ConventionDrafted: ("convention_id",),
    ClauseProposed: ("clause_id", "revision"),
    ClauseAccepted: ("clause_id", "revision", "organization_id"),
    TermsAccepted: ("convention_id", "revision", "organization_id"),
    CommentAdded: ("comment_id",),
    ConventionSealed: ("convention_id",),
    ConventionSigned: ("convention_id", "organization_id"),
    ProjectProposed: ("project_id",),
    ProjectLeadNamed: ("project_id", "organization_id"),
    ProjectStarted: ("project_id",),
    MilestonePlanned: ("milestone_id",),
    MilestoneMoved: ("milestone_id", "due_on"),
    MilestoneReached: ("milestone_id",),
    IndicatorProposed: ("indicator_id",),
    IndicatorAgreed: ("indicator_id",),
    MeasureRecorded: ("measure_id",),
}

# The row of the owner's state that an act leaves behind, where one row tells of one act.
STATE: dict[type[Event], str] = {
    OrganizationRegistered: "SELECT organization_id FROM organization",
    PersonAdded: "SELECT person_id FROM person",
    AffiliationStarted: "SELECT person_id, organization_id FROM affiliation",
    MandateProposed: "SELECT mandate_id FROM mandate",
    MandateAccepted: "SELECT mandate_id FROM mandate WHERE state = 'accepted'",
    ConventionDrafted: "SELECT convention_id FROM conventions",
    ClauseProposed: "SELECT clause_id, revision FROM clause_revisions",
    CommentAdded: "SELECT comment_id FROM clause_comments",
    ConventionSigned: "SELECT convention_id, organization_id FROM convention_signatures",
    ProjectProposed: "SELECT project_id FROM projects",
    ProjectStarted: "SELECT project_id FROM projects WHERE state = 'running'",
    MilestonePlanned: "SELECT milestone_id FROM milestones",
    MilestoneReached: "SELECT milestone_id FROM milestones WHERE reached_on IS NOT NULL",
    IndicatorProposed: "SELECT indicator_id FROM indicators",
    MeasureRecorded: "SELECT measure_id FROM measures",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What an act leaves in its owner's log, whatever the id of the event."""

    event: type[Event]
    identity: tuple[str, ...]

    @property
    def owner(self) -> str:
        """The service whose log holds it."""
        return self.event.subject.split(".")[1]


def fact(event: type[Event], *identity: object) -> Fact:
    """The fact that a command leads to."""
    assert len(identity) == len(IDENTITY[event])
    return Fact(event, tuple(str(it) for it in identity))


@dataclass(frozen=True, slots=True)
class Partnership:
    """Two people who act together; each is the référent of her side, and whoever did not act is told."""

    convention_id: UUID
    people: tuple[UUID, UUID]

    def other_than(self, person: UUID) -> UUID:
        """Who is to be told of what this person did."""
        return self.people[1 - self.people.index(person)]


@dataclass
class Ledger:
    """The clients' memory, outside of the system."""

    acknowledged: set[Fact] = field(default_factory=set[Fact])
    unanswered: set[Fact] = field(default_factory=set[Fact])
    """Sent, and given up before an answer came."""
    partnerships: dict[UUID, Partnership] = field(default_factory=dict[UUID, Partnership])
    attempts: Counter[str] = field(default_factory=Counter[str])
    """How requests ended: done, unanswered, trouble, defect, refused."""
    refusals: Counter[str] = field(default_factory=Counter[str])
    """Refusals that nobody expected, by code."""
