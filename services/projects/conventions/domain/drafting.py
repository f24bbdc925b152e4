"""How a convention begins: from a model, between parties of two sides."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.party import Party, check_balance
from services.projects.conventions.domain.templates import Model
from services.projects.conventions.domain.terms import TermsOnTable, check_terms
from shared.contracts.identifiers import ClauseId, ConventionId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.events import ConventionDrafted, PartyOfConvention
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.terms import Terms


@dataclass(frozen=True, slots=True)
class Draft:
    """What its author says of a convention before it has a text."""

    convention_id: ConventionId
    title: str
    aim: str
    model: Model
    parties: tuple[Party, ...]
    starts_on: date
    ends_on: date

    @property
    def terms(self) -> Terms:
        """What its model usually promises, from the first day to the last."""
        return self.model.usual_terms(self.starts_on, self.ends_on)

    def began(self, convention: Convention, by: OrganizationId) -> bool:
        """Whether this convention is the one that began so: the same order came twice."""
        return (
            convention.drafted_by == by
            and (convention.title, convention.aim, convention.template)
            == (self.title, self.aim, self.model.name)
            # Once other terms were proposed, the days with which it began are no longer at hand.
            and (convention.terms.revision > 1 or convention.terms.terms == self.terms)
            and {replace(it, shared=False) for it in convention.parties} == set(self.parties)
        )


def draft(
    wanted: Draft, by: OrganizationId, person: PersonId, now: datetime
) -> tuple[Convention, list[Event]]:
    """Begin a convention; its author's side accepts the model's clauses as they are.

    Raises:
        PartiesNotBalanced: no establishment, or no association, or the author's is not among them.
        EndsBeforeStart: the term does not hold.
    """
    check_balance(wanted.parties, by)
    check_terms(wanted.terms, frozenset(it.organization_id for it in wanted.parties))
    clauses = [
        Clause(
            id=ClauseId(new_id()),
            number=number,
            title=clause.title,
            required=clause.required,
            reason=clause.reason,
            text=clause.text,
            revision=1,
            accepted_by=frozenset({by}),
            proposed_by=by,
            proposed_by_person=person,
            proposed_at=now,
        )
        for number, clause in wanted.model.clauses_for(wanted.parties)
    ]
    convention = Convention(
        id=wanted.convention_id,
        version=0,
        state=ConventionState.DRAFT,
        title=wanted.title,
        aim=wanted.aim,
        template=wanted.model.name,
        regime=wanted.model.regime,
        drafted_by=by,
        drafted_by_person=person,
        drafted_at=now,
        terms=TermsOnTable(
            terms=wanted.terms,
            revision=1,
            accepted_by=frozenset({by}),
            proposed_by=by,
            proposed_by_person=person,
            proposed_at=now,
        ),
        parties=tuple(replace(it, shared=it.organization_id == by) for it in wanted.parties),
        clauses={clause.id: clause for clause in clauses},
    )
    drafted = ConventionDrafted(
        convention_id=convention.id,
        drafted_by=by,
        parties=tuple(
            PartyOfConvention(organization_id=it.organization_id, side=it.side) for it in wanted.parties
        ),
    )
    return convention, [drafted]
