"""Facts about mediations. The docstrings are the entries of the catalogue."""

from datetime import date

from shared.contracts.identifiers import ConventionId, MediationId, ObligationId, OrganizationId
from shared.contracts.messages import Event
from shared.contracts.projects.mediation import MediationPart


class MediationAsked(Event, subject="entente.projects.mediation.asked.v1"):
    """A party asks for a mediation, and names a mediator."""

    mediation_id: MediationId
    convention_id: ConventionId
    organization_id: OrganizationId
    obligation_id: ObligationId | None


class MediationProposed(Event, subject="entente.projects.mediation.proposed.v1"):
    """A party names another mediator, or writes what was agreed on."""

    mediation_id: MediationId
    convention_id: ConventionId
    organization_id: OrganizationId
    part: MediationPart
    revision: int


class MediationAccepted(Event, subject="entente.projects.mediation.accepted.v1"):
    """A party accepts the mediator or the agreement; `agreed` once every party does."""

    mediation_id: MediationId
    convention_id: ConventionId
    organization_id: OrganizationId
    part: MediationPart
    agreed: bool


class MediationPlanned(Event, subject="entente.projects.mediation.planned.v1"):
    """The parties meet the mediator on that day."""

    mediation_id: MediationId
    convention_id: ConventionId
    organization_id: OrganizationId
    meets_on: date


class MediationEnded(Event, subject="entente.projects.mediation.ended.v1"):
    """A mediation is over: with an agreement, or because a party declined or left it."""

    mediation_id: MediationId
    convention_id: ConventionId
    organization_id: OrganizationId
    agreed: bool
