"""What a seal and a signature leave as evidence, and what stands against sealing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.party import Authorities
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.projects.queries import SealProblem


@dataclass(frozen=True, slots=True)
class Seal:
    """A text frozen for signature."""

    at_version: int
    """The version of the convention that the sealing made: the same text sealed twice is two seals."""
    sealed_hash: str
    form: str
    sign_before: date
    organization_id: OrganizationId
    person_id: PersonId
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed which hash for whom, in which capacity, when, and how she was recognised again."""

    organization_id: OrganizationId
    person_id: PersonId
    capacity: str
    means: str
    sealed_hash: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class RefusalToSign:
    """Why a party will not sign the text of a seal."""

    at_version: int
    organization_id: OrganizationId
    person_id: PersonId
    reason: str
    refused_at: datetime


def problems_with(
    clauses: Iterable[Clause],
    parties: frozenset[OrganizationId],
    authorities: Authorities,
    *,
    starts_on: date,
    ends_on: date,
    today: date,
) -> Iterator[SealProblem]:
    """Everything that stands against sealing, in the order in which one would put it right."""
    for clause in sorted(clauses, key=lambda it: it.number):
        if clause.incomplete:
            yield SealProblem(reason="clause_incomplete", clause_id=clause.id)
        if clause.accepted_by != parties:
            yield SealProblem(reason="clause_not_agreed", clause_id=clause.id)
    for organization_id in sorted(parties - authorities.with_referent):
        yield SealProblem(reason="referent_missing", organization_id=organization_id)
    for organization_id in sorted(parties - authorities.with_signatory):
        yield SealProblem(reason="signatory_missing", organization_id=organization_id)
    if ends_on <= starts_on:
        yield SealProblem(reason="ends_before_start")
    if ends_on < today:
        yield SealProblem(reason="ended")
