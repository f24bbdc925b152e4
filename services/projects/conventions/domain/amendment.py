"""What makes a text an amendment: the convention that it changes, and the text in force that it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.projects.conventions.domain.annex import Annex
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.terms import TermsOnTable
from shared.contracts.identifiers import AnnexId, ClauseId, ConventionId, OrganizationId, PersonId
from shared.contracts.projects.events import AmendmentSigned


@dataclass(frozen=True, slots=True)
class Amending:
    """What an amendment changes. It never moves: while an amendment is open, its convention's text does not."""

    convention_id: ConventionId
    number: int
    base_hash: str
    """Of the sealed text that was in force when it began."""
    ended_on: date
    """The last day of the convention when it began: a day that nobody changed follows the renewals since."""
    effective_on: date | None
    """The day on which it is to enter into force; None: with the last signature."""

    def due(self, today: date) -> bool:
        """Whether its day has come."""
        return self.effective_on is None or self.effective_on <= today

    def signed_by_all(self, amendment_id: ConventionId) -> AmendmentSigned:
        """The event that tells that nothing but its day is awaited."""
        return AmendmentSigned(
            convention_id=amendment_id, amends=self.convention_id, effective_on=self.effective_on
        )


@dataclass(frozen=True, slots=True)
class SoFar:
    """What has become of the text of a convention since it was signed."""

    text_hash: str
    """Of the text in force."""
    concluded: int
    """How many amendments every party has signed."""
    open: ConventionId | None
    """The one that is negotiated, signed, or waits for its day."""
    ends_on: date
    """The last day of the present term."""


@dataclass(frozen=True, slots=True)
class Abandonment:
    """Why an amendment was given up, and by whom; by nobody when its convention had ended."""

    organization_id: OrganizationId | None
    person_id: PersonId | None
    reason: str
    abandoned_at: datetime


def nothing_changed(
    terms: TermsOnTable, clauses: Mapping[ClauseId, Clause], annexes: Mapping[AnnexId, Annex]
) -> bool:
    """Whether an amendment still says what it began with."""
    return (
        terms.revision == 1
        and all(it.origin and it.revision == 1 for it in clauses.values())
        and all(it.agreed_at and it.revision == 1 for it in annexes.values())
    )
