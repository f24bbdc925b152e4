"""Facts that projects announces. The docstrings are the entries of the catalogue."""

from datetime import date
from enum import StrEnum

from shared.contracts.identifiers import (
    ClauseId,
    CommentId,
    ConventionId,
    IndicatorId,
    MeasureId,
    MilestoneId,
    OrganizationId,
    PersonId,
    ProjectId,
)
from shared.contracts.messages import Event, Message
from shared.contracts.values import Sha256, Side


class PartyOfConvention(Message):
    """A party and the side it stands on."""

    organization_id: OrganizationId
    side: Side


class VoidReason(StrEnum):
    """Why signatures lost their value."""

    EDIT = "edit"
    REFUSAL = "refusal"


class ConventionDrafted(Event, subject="entente.projects.convention.drafted.v1"):
    """A side began to write a convention. The other side sees it once its référent is invited."""

    convention_id: ConventionId
    drafted_by: OrganizationId
    parties: tuple[PartyOfConvention, ...]


class ConventionShared(Event, subject="entente.projects.convention.shared.v1"):
    """A party that did not write the draft can read it from now on: its référent has been invited."""

    convention_id: ConventionId
    organization_id: OrganizationId


class NegotiationOpened(Event, subject="entente.projects.convention.negotiation_opened.v1"):
    """Each side has a référent who accepted: the clauses can be negotiated."""

    convention_id: ConventionId


class ClauseProposed(Event, subject="entente.projects.convention.clause_proposed.v1"):
    """A side proposed a text for a clause, and thereby accepts it for itself."""

    convention_id: ConventionId
    clause_id: ClauseId
    revision: int
    organization_id: OrganizationId


class ClauseAccepted(Event, subject="entente.projects.convention.clause_accepted.v1"):
    """A side accepted a clause as it stands at that revision."""

    convention_id: ConventionId
    clause_id: ClauseId
    revision: int
    organization_id: OrganizationId
    agreed: bool
    """Whether every party has accepted it now."""


class CommentAdded(Event, subject="entente.projects.convention.comment_added.v1"):
    """A side commented a clause, or wrote to the other one about the whole."""

    convention_id: ConventionId
    comment_id: CommentId
    clause_id: ClauseId | None
    organization_id: OrganizationId


class ConventionSealed(Event, subject="entente.projects.convention.sealed.v1"):
    """The text is frozen for signature: `sealed_hash` is the SHA-256 of its canonical form."""

    convention_id: ConventionId
    sealed_hash: Sha256
    sign_before: date
    organization_id: OrganizationId


class ConventionSigned(Event, subject="entente.projects.convention.signed.v1"):
    """A party has signed the sealed text."""

    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId
    sealed_hash: Sha256


class SignatureRefused(Event, subject="entente.projects.convention.signature_refused.v1"):
    """A party will not sign the sealed text as it is."""

    convention_id: ConventionId
    organization_id: OrganizationId


class SignaturesVoided(Event, subject="entente.projects.convention.signatures_voided.v1"):
    """The sealed text is open again; who had signed is told that it no longer counts."""

    convention_id: ConventionId
    reason: VoidReason
    organization_id: OrganizationId
    voided: tuple[PersonId, ...]


class ConventionActivated(Event, subject="entente.projects.convention.activated.v1"):
    """Every party has signed: projects can start."""

    convention_id: ConventionId
    starts_on: date
    ends_on: date


class ProjectProposed(Event, subject="entente.projects.project.proposed.v1"):
    """A side proposed a project under an active convention."""

    project_id: ProjectId
    convention_id: ConventionId
    organization_id: OrganizationId


class ProjectLeadNamed(Event, subject="entente.projects.project.lead_named.v1"):
    """A side named who leads the project for it."""

    project_id: ProjectId
    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId


class ProjectStarted(Event, subject="entente.projects.project.started.v1"):
    """The project runs: the convention is active and each side has its lead."""

    project_id: ProjectId
    convention_id: ConventionId


class MilestonePlanned(Event, subject="entente.projects.project.milestone_planned.v1"):
    """A dated step was added."""

    project_id: ProjectId
    convention_id: ConventionId
    milestone_id: MilestoneId
    due_on: date


class MilestoneMoved(Event, subject="entente.projects.project.milestone_moved.v1"):
    """The date of a step changed."""

    project_id: ProjectId
    convention_id: ConventionId
    milestone_id: MilestoneId
    due_on: date


class MilestoneReached(Event, subject="entente.projects.project.milestone_reached.v1"):
    """A step is done."""

    project_id: ProjectId
    convention_id: ConventionId
    milestone_id: MilestoneId
    organization_id: OrganizationId
    reached_on: date


class IndicatorProposed(Event, subject="entente.projects.indicator.proposed.v1"):
    """A side proposed how to measure something; proposing accepts for itself."""

    indicator_id: IndicatorId
    project_id: ProjectId
    convention_id: ConventionId
    organization_id: OrganizationId


class IndicatorAgreed(Event, subject="entente.projects.indicator.agreed.v1"):
    """Both sides accept the definition: measures may be recorded."""

    indicator_id: IndicatorId
    project_id: ProjectId
    convention_id: ConventionId
    organization_id: OrganizationId


class MeasureRecorded(Event, subject="entente.projects.indicator.measure_recorded.v1"):
    """A value was measured."""

    indicator_id: IndicatorId
    project_id: ProjectId
    convention_id: ConventionId
    measure_id: MeasureId
    measured_on: date
    organization_id: OrganizationId


class MeasureCorrected(Event, subject="entente.projects.indicator.measure_corrected.v1"):
    """A value was corrected by a new one; the first stays readable."""

    indicator_id: IndicatorId
    project_id: ProjectId
    convention_id: ConventionId
    measure_id: MeasureId
    corrects: MeasureId
    organization_id: OrganizationId
