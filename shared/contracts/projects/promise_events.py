"""Facts about the dated obligations of a convention. The docstrings are the entries of the catalogue."""

from datetime import date

from shared.contracts.identifiers import ConventionId, ObligationId, OrganizationId, PromisesId
from shared.contracts.messages import Event
from shared.contracts.projects.promises import ObligationKind


class PromisesDated(Event, subject="entente.projects.promises.dated.v1"):
    """What a convention promises was given its days, from one day to another."""

    promises_id: PromisesId
    convention_id: ConventionId
    starts_on: date
    ends_on: date
    obligations: int
    """How many there are."""


class ObligationDue(Event, subject="entente.projects.promises.obligation_due.v1"):
    """The day of an obligation comes soon."""

    promises_id: PromisesId
    convention_id: ConventionId
    obligation_id: ObligationId
    kind: ObligationKind
    owed_by: OrganizationId | None
    due_on: date


class ObligationMissed(Event, subject="entente.projects.promises.obligation_missed.v1"):
    """The day of an obligation has passed, and nobody said that it was kept."""

    promises_id: PromisesId
    convention_id: ConventionId
    obligation_id: ObligationId
    kind: ObligationKind
    owed_by: OrganizationId | None
    due_on: date


class ObligationPostponed(Event, subject="entente.projects.promises.obligation_postponed.v1"):
    """The day of an obligation fell into a suspension: it is due later."""

    promises_id: PromisesId
    convention_id: ConventionId
    obligation_id: ObligationId
    due_on: date


class ObligationKept(Event, subject="entente.projects.promises.obligation_kept.v1"):
    """A party says that an obligation was kept."""

    promises_id: PromisesId
    convention_id: ConventionId
    obligation_id: ObligationId
    organization_id: OrganizationId
    kept_on: date


class ObligationContested(Event, subject="entente.projects.promises.obligation_contested.v1"):
    """A party says that an obligation was not kept."""

    promises_id: PromisesId
    convention_id: ConventionId
    obligation_id: ObligationId
    organization_id: OrganizationId


class ObligationsReleased(Event, subject="entente.projects.promises.obligations_released.v1"):
    """Obligations whose day had not come are no longer owed: the convention has ended, or promises otherwise."""

    promises_id: PromisesId
    convention_id: ConventionId
    obligations: int
    """How many there are."""
