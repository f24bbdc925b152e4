"""The terms on the table: they are proposed and accepted as a whole, like a clause."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.projects.refusals import (
    DateOutsideConvention,
    EndsBeforeStart,
    MeansOfNoParty,
    RenewalUnclear,
    TermsChanged,
)
from shared.contracts.projects.terms import Renewal, Terms


@dataclass(frozen=True, slots=True)
class TermsOnTable:
    """The terms as they stand, with the sides that accept them."""

    terms: Terms
    revision: int
    accepted_by: frozenset[OrganizationId]
    proposed_by: OrganizationId
    proposed_by_person: PersonId
    proposed_at: datetime
    agreed_at: datetime | None = None

    def check_revision(self, revision: int) -> None:
        """Pass if the terms stand as they were read.

        Raises:
            TermsChanged: they have moved, with where they stand.
        """
        if self.revision != revision:
            raise TermsChanged(revision=self.revision)

    def changed(self, terms: Terms, *, by: OrganizationId, person: PersonId, now: datetime) -> "TermsOnTable":
        """Other terms, accepted by the side that proposes them."""
        return TermsOnTable(
            terms=terms,
            revision=self.revision + 1,
            accepted_by=frozenset({by}),
            proposed_by=by,
            proposed_by_person=person,
            proposed_at=now,
        )

    def accepted(
        self, *, by: OrganizationId, parties: frozenset[OrganizationId], now: datetime
    ) -> "TermsOnTable":
        """The same terms with one more side that accepts them."""
        accepted_by = self.accepted_by | {by}
        return replace(self, accepted_by=accepted_by, agreed_at=now if accepted_by >= parties else None)


def check_terms(terms: Terms, parties: frozenset[OrganizationId]) -> None:
    """Pass if the terms hold together.

    Raises:
        EndsBeforeStart, RenewalUnclear, MeansOfNoParty, DateOutsideConvention: they do not.
    """
    if terms.ends_on <= terms.starts_on:
        raise EndsBeforeStart
    if (terms.renewal is Renewal.NEVER) != (terms.renewal_months is None):
        raise RenewalUnclear
    for means in terms.means:
        if means.by is not None and means.by not in parties:
            raise MeansOfNoParty
        if means.due_on is not None and not terms.starts_on <= means.due_on <= terms.ends_on:
            raise DateOutsideConvention(
                starts_on=terms.starts_on.isoformat(), ends_on=terms.ends_on.isoformat()
            )
