"""Whatever people do, in whatever order, what signatures rest on holds."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.projects.conventions.domain.canonical import canonical_form, seal_of
from services.projects.conventions.domain.changing_articles import add_clause, withdraw_clause
from services.projects.conventions.domain.comment import Comment
from services.projects.conventions.domain.commenting import add_comment
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.drafting import draft
from services.projects.conventions.domain.negotiating_terms import accept_all, accept_terms, propose_terms
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.terms import check_terms
from shared.contracts.identifiers import ClauseId, CommentId, OrganizationId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.commands import ClauseAtRevision
from shared.contracts.projects.events import (
    ClauseAccepted,
    ConventionActivated,
    ConventionSigned,
    SignaturesVoided,
)
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.terms import PromisedMeans, Renewal
from shared.contracts.refusals import Refusal
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    BOTH,
    CLAIRE,
    COMPLETE,
    HOSPITAL,
    HUGO,
    KARIM,
    NOW,
    ODILE,
    SIGN_BEFORE,
    TODAY,
    YANN,
    as_read,
    wanted,
)

PEOPLE = st.sampled_from(
    [CLAIRE, HUGO, KARIM, ODILE, ODILE, YANN, replace(HUGO, organization_id=ASSOCIATION)]
)
NUMBERS = st.integers(0, 11)
TEXTS = st.sampled_from(["Un texte.", "Un autre.", "Reste [à compléter]."])
TERMS = st.sampled_from(
    [
        {"notice_months": 3},
        {"meetings_per_year": 4},
        {"renewal": Renewal.NEVER, "renewal_months": None},
        {"renewal": Renewal.EXPRESS, "renewal_months": None},
        {"ends_on": TODAY},
        {"means": (PromisedMeans(text="Une salle", by=HOSPITAL),)},
        {"means": (PromisedMeans(text="Une salle", by=YANN.organization_id),)},
    ]
)
SIGNED = (
    ConventionState.ACTIVE,
    ConventionState.SUSPENDED,
    ConventionState.EXPIRED,
    ConventionState.TERMINATED,
)
SEALED = (ConventionState.READY, ConventionState.PARTLY_SIGNED, *SIGNED)


class ConventionLife(RuleBasedStateMachine):
    """A draft, and people who try everything."""

    def __init__(self) -> None:
        super().__init__()
        self.convention, self.history = draft(wanted(), HOSPITAL, CLAIRE.person_id, NOW)
        self.convention.version = len(self.history)

    def attempt(self, act: Callable[[Convention], list[Event]]) -> list[Event]:
        """Do it or be refused; a refusal leaves everything as it was."""
        before = self._snapshot()
        try:
            events = act(self.convention)
        except Refusal:
            assert self._snapshot() == before
            return []
        if not events:
            assert self._snapshot() == before
        self.convention.version += len(events)
        self.history += events
        return events

    def _snapshot(self) -> object:
        it = self.convention
        return (
            it.version,
            it.state,
            dict(it.clauses),
            it.seal_in_force,
            dict(it.signatures),
            it.parties,
            it.terms,
        )

    @initialize(steps=st.integers(0, 5))
    def start(self, steps: int) -> None:
        """Often start where it gets interesting: open, complete, agreed, sealed, half signed."""
        journey = [self._open, self._complete, self._agree, self._seal, self._sign]
        for step in journey[:steps]:
            step()

    def _open(self) -> None:
        self.attempt(lambda it: it.open_negotiation(BOTH, NOW))

    def _complete(self) -> None:
        for clause in list(self.convention.clauses.values()):
            if clause.incomplete:
                self.attempt(lambda it, of=clause: it.propose(of.id, of.revision, "Dit.", CLAIRE, NOW))

    def _agree(self) -> None:
        self.attempt(lambda it: accept_all(it, as_read(it), it.terms.revision, ODILE, NOW))

    def _seal(self) -> None:
        self.attempt(lambda it: it.seal(it.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY))

    def _sign(self) -> None:
        self.sign_what_is_sealed(HUGO)

    @rule(by=st.sampled_from([HUGO, ODILE]))
    def sign_what_is_sealed(self, by: Speaker) -> None:
        if seal := self.convention.seal_in_force:
            self.attempt(lambda it: it.sign(seal.sealed_hash, "présidente", "password", by, NOW, today=TODAY))

    @rule(side=st.sampled_from([HOSPITAL, ASSOCIATION, YANN.organization_id]))
    def share(self, side: OrganizationId) -> None:
        self.attempt(lambda it: it.share_with(side))

    @rule(sides=st.frozensets(st.sampled_from([HOSPITAL, ASSOCIATION])))
    def open_negotiation(self, sides: frozenset[OrganizationId]) -> None:
        self.attempt(lambda it: it.open_negotiation(sides, NOW))

    @rule(number=NUMBERS, text=TEXTS, by=PEOPLE, late=st.booleans())
    def propose(self, number: int, text: str, by: Speaker, late: bool) -> None:
        sealed = self.convention.seal_in_force is not None
        clause = next(it for it in self.convention.clauses.values() if it.number == number)
        events = self.attempt(lambda it: it.propose(clause.id, clause.revision - late, text, by, NOW))
        if events and sealed:
            assert isinstance(events[0], SignaturesVoided)
            assert self.convention.signatures == {}

    @rule(by=PEOPLE)
    def accept_all(self, by: Speaker) -> None:
        self.attempt(lambda it: it.accept(as_read(it), by, NOW))

    @rule(number=NUMBERS, by=PEOPLE)
    def accept_one(self, number: int, by: Speaker) -> None:
        clause = next(it for it in self.convention.clauses.values() if it.number == number)
        read = [ClauseAtRevision(clause_id=clause.id, revision=clause.revision)]
        self.attempt(lambda it: it.accept(read, by, NOW))

    @rule(by=PEOPLE, text=TEXTS)
    def add_clause(self, by: Speaker, text: str) -> None:
        if len(self.convention.clauses) < 15:
            self.attempt(lambda it: add_clause(it, ClauseId(new_id()), "Un article", text, by, NOW))

    @rule(by=PEOPLE, last=st.booleans())
    def withdraw_clause(self, by: Speaker, last: bool) -> None:
        clauses = sorted(self.convention.clauses.values(), key=lambda it: it.number)
        clause = clauses[-1 if last else 1]
        events = self.attempt(lambda it: withdraw_clause(it, clause.id, clause.revision, by, NOW))
        if events:
            assert clause.number > 11
            assert not any(
                isinstance(it, ClauseAccepted) and it.clause_id == clause.id and it.agreed
                for it in self.history
            ), "what both have agreed on is not taken back by one"

    @rule(by=PEOPLE, with_terms=st.booleans())
    def accept_everything(self, by: Speaker, with_terms: bool) -> None:
        revision = self.convention.terms.revision if with_terms else None
        self.attempt(lambda it: accept_all(it, as_read(it), revision, by, NOW))

    @rule(by=PEOPLE, late=st.booleans())
    def accept_terms(self, by: Speaker, late: bool) -> None:
        self.attempt(lambda it: accept_terms(it, it.terms.revision - late, by, NOW))

    @rule(by=PEOPLE, late=st.booleans(), change=TERMS)
    def propose_terms(self, by: Speaker, late: bool, change: dict[str, object]) -> None:
        sealed = self.convention.seal_in_force is not None
        terms = self.convention.terms.terms.model_copy(update=change)
        revision = self.convention.terms.revision - late
        events = self.attempt(lambda it: propose_terms(it, revision, terms, by, NOW))
        if events and sealed:
            assert isinstance(events[0], SignaturesVoided)
            assert self.convention.signatures == {}

    @rule(by=PEOPLE)
    def comment(self, by: Speaker) -> None:
        comment = Comment(CommentId(new_id()), None, by.organization_id, by.person_id, "Une question.")
        self.attempt(lambda it: add_comment(it, comment, by))

    @rule(by=PEOPLE)
    def seal(self, by: Speaker) -> None:
        self.attempt(lambda it: it.seal(it.version, SIGN_BEFORE, COMPLETE, by, now=NOW, today=TODAY))

    @rule(by=PEOPLE, right=st.sampled_from([True, True, False]))
    def sign(self, by: Speaker, right: bool) -> None:
        seal = self.convention.seal_in_force
        digest = seal.sealed_hash if seal and right else "0" * 64
        self.attempt(lambda it: it.sign(digest, "présidente", "password", by, NOW, today=TODAY))

    @rule(by=PEOPLE)
    def refuse(self, by: Speaker) -> None:
        seal = self.convention.seal_in_force
        digest = seal.sealed_hash if seal else "0" * 64
        self.attempt(lambda it: it.refuse(digest, "Pas encore.", by, NOW))

    @invariant()
    def the_version_counts_the_events(self) -> None:
        assert self.convention.version == len(self.history)

    @invariant()
    def only_parties_accept(self) -> None:
        for clause in self.convention.clauses.values():
            assert clause.accepted_by
            assert clause.accepted_by <= BOTH
            assert (clause.agreed_at is not None) == (clause.accepted_by == BOTH)
        terms = self.convention.terms
        assert terms.accepted_by
        assert terms.accepted_by <= BOTH
        assert (terms.agreed_at is not None) == (terms.accepted_by == BOTH)

    @invariant()
    def the_terms_always_hold_together(self) -> None:
        check_terms(self.convention.terms.terms, BOTH)

    @invariant()
    def signatures_are_on_the_text_as_it_stands(self) -> None:
        seal = self.convention.seal_in_force
        assert (seal is not None) == (self.convention.state in SEALED)
        if seal is None:
            assert self.convention.signatures == {}
            return
        assert seal.sealed_hash == seal_of(canonical_form(self.convention.agreement))
        assert all(it.sealed_hash == seal.sealed_hash for it in self.convention.signatures.values())
        assert all(it.accepted_by == BOTH and not it.incomplete for it in self.convention.clauses.values())
        assert self.convention.terms.accepted_by == BOTH

    @invariant()
    def it_is_active_only_when_two_people_have_signed_for_the_two_parties(self) -> None:
        signatures = self.convention.signatures
        assert (self.convention.state in SIGNED) == (signatures.keys() == BOTH)
        assert (self.convention.state is ConventionState.PARTLY_SIGNED) == (len(signatures) == 1)
        assert len({it.person_id for it in signatures.values()}) == len(signatures)
        activations = [it for it in self.history if isinstance(it, ConventionActivated)]
        assert len(activations) == (self.convention.state in SIGNED)

    @invariant()
    def the_events_tell_who_has_signed(self) -> None:
        signed: set[object] = set()
        for event in self.history:
            if isinstance(event, ConventionSigned):
                signed.add(event.person_id)
            elif isinstance(event, SignaturesVoided):
                assert set(event.voided) == signed
                signed.clear()
        assert signed == {it.person_id for it in self.convention.signatures.values()}


ConventionLife.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestConventionLife = ConventionLife.TestCase
