"""Propose and accept the terms of a convention: by the same people, at the same times, as its clauses."""

from collections.abc import Iterable
from datetime import datetime

from services.projects.conventions.domain import rights
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.terms import check_terms
from shared.contracts.messages import Event
from shared.contracts.projects.commands import ClauseAtRevision
from shared.contracts.projects.events import TermsAccepted, TermsProposed, VoidReason
from shared.contracts.projects.queries import Act
from shared.contracts.projects.refusals import FirstDayStays, TermsUnchanged
from shared.contracts.projects.terms import Terms


def propose_terms(
    convention: Convention, revision: int, terms: Terms, by: Speaker, now: datetime
) -> list[Event]:
    """Give a convention other terms. On a sealed text it opens the negotiation again and voids every signature.

    Asking twice for the same change does it once.

    Raises:
        TermsChanged: they have moved since they were read.
        TermsUnchanged: they are those that stand.
        EndsBeforeStart, RenewalUnclear, MeansOfNoParty, DateOutsideConvention: they do not hold together.
        FirstDayStays: they are an amendment's, and move a day that has been.
    """
    rights.check(Act.PROPOSE, convention.situation, by)
    check_terms(terms, convention.party_ids)
    standing = convention.terms
    if convention.amends and terms.starts_on != standing.terms.starts_on:
        raise FirstDayStays
    same = standing.terms == terms
    if same and standing.revision == revision + 1 and standing.proposed_by_person == by.person_id:
        return []
    standing.check_revision(revision)
    if same:
        raise TermsUnchanged
    events = convention.void(VoidReason.EDIT, by.organization_id)
    convention.terms = standing.changed(terms, by=by.organization_id, person=by.person_id, now=now)
    proposed = TermsProposed(
        convention_id=convention.id,
        revision=convention.terms.revision,
        organization_id=by.organization_id,
    )
    return [*events, proposed]


def accept_terms(convention: Convention, revision: int, by: Speaker, now: datetime) -> list[Event]:
    """Accept the terms as they were read, for one side. If it has accepted them already, they stay so."""
    rights.check(Act.ACCEPT, convention.situation, by)
    convention.terms.check_revision(revision)
    if by.organization_id in convention.terms.accepted_by:
        return []
    convention.terms = convention.terms.accepted(by=by.organization_id, parties=convention.party_ids, now=now)
    return [
        TermsAccepted(
            convention_id=convention.id,
            revision=revision,
            organization_id=by.organization_id,
            agreed=convention.terms.agreed_at is not None,
        )
    ]


def accept_all(
    convention: Convention,
    clauses: Iterable[ClauseAtRevision],
    terms_revision: int | None,
    by: Speaker,
    now: datetime,
) -> list[Event]:
    """Accept clauses, and the terms where their revision is given; all or nothing."""
    if terms_revision is not None:
        rights.check(Act.ACCEPT, convention.situation, by)
        convention.terms.check_revision(terms_revision)
    events = convention.accept(clauses, by, now)
    if terms_revision is not None:
        events += accept_terms(convention, terms_revision, by, now)
    return events
