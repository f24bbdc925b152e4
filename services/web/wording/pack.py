"""Words of the hand-over pack, and which events of a timeline are decisions."""

from shared.contracts.projects.queries import ProjectState
from shared.contracts.values import Side

PROJECT_STATES: dict[ProjectState, str] = {
    ProjectState.FRAMED: "En préparation",
    ProjectState.RUNNING: "En cours",
    ProjectState.PAUSED: "En pause",
}

STATES_OF_SIDES: dict[Side, str] = {
    Side.ESTABLISHMENT: "établissement",
    Side.ASSOCIATION: "association",
    Side.THIRD_PARTY: "tiers",
}

DECISIONS = frozenset(
    f"entente.{fact}.v1"
    for fact in (
        "projects.convention.sealed",
        "projects.convention.signed",
        "projects.convention.signature_refused",
        "projects.convention.activated",
        "projects.convention.suspended",
        "projects.convention.suspension_lifted",
        "projects.convention.termination_notified",
        "projects.convention.termination_withdrawn",
        "projects.convention.terminated",
        "projects.convention.expired",
        "projects.convention.amendment_proposed",
        "projects.convention.amendment_signed",
        "projects.convention.amendment_entered_into_force",
        "projects.convention.amendment_abandoned",
        "projects.promises.obligation_contested",
        "projects.mediation.asked",
        "projects.mediation.ended",
        "projects.project.proposed",
        "projects.project.started",
        "projects.project.milestone_reached",
        "projects.indicator.agreed",
        "contacts.mandate.accepted",
        "contacts.mandate.handover_completed",
        "contacts.mandate.side_left_vacant",
    )
)
"""What binds or changes who answers; the exchanges that led to it stay in the timeline."""
