"""Articles, terms and annexes: proposed, accepted, taken out, commented, by whoever tries."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import rule

from services.projects.conventions.domain.annex import Annex, awaiting
from services.projects.conventions.domain.changing_articles import add_clause, withdraw_clause
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.comment import Comment
from services.projects.conventions.domain.commenting import add_comment
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.negotiating_annexes import (
    accept_annex,
    announce_annex,
    give_file,
    withdraw_annex,
)
from services.projects.conventions.domain.negotiating_terms import accept_all, accept_terms, propose_terms
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import AnnexId, ClauseId, CommentId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.events import ClauseAccepted, ClauseWithdrawn, SignaturesVoided
from shared.contracts.projects.terms import PromisedMeans, Renewal
from tests.projects.domain.conventions.drafts import HOSPITAL, TODAY, YANN, as_read
from tests.projects.domain.lifecycle.calendar import Calendar
from tests.projects.domain.lifecycle.cast import ANYBODY, REFERENTS, SELDOM
from tests.projects.domain.lifecycle.partnership import SEALED, State, while_unsealed

NUMBERS = st.sampled_from([-1, 0, 1, 1, 2, 5, 12])
OF_ARTICLES = st.sampled_from(["reword", "reword", "reword", "add", "take out"])
OF_ANNEXES = st.sampled_from(["announce", "give", "give", "accept", "accept", "take out"])
TEXTS = st.sampled_from(["Un texte.", "Un autre.", "Reste [à compléter]."])
GIVEN = [
    GivenFile(sha256=mark * 64, size=1200, media_type=MediaType.PDF, name="planning.pdf") for mark in "ab"
]
FILES = st.sampled_from(GIVEN)
ANSWERS = st.sampled_from(
    ["all", "all", "all", "all but the terms", "the terms", "one article", "a question"]
)
TERMS = st.sampled_from(
    [
        {"notice_months": 3},
        {"meetings_per_year": 4},
        {"renewal": Renewal.NEVER, "renewal_months": None},
        {"renewal": Renewal.TACIT, "renewal_months": 6},
        {"renewal": Renewal.EXPRESS, "renewal_months": 12},
        {"renewal": Renewal.EXPRESS, "renewal_months": None},
        {"ends_on": TODAY.replace(month=9)},
        {"ends_on": TODAY.replace(year=TODAY.year + 2)},
        {"starts_on": TODAY.replace(month=6)},
        {"ends_on": TODAY},
        {"means": (PromisedMeans(text="Une salle", by=HOSPITAL),)},
        {"means": (PromisedMeans(text="Une salle", by=YANN.organization_id),)},
        {"means": (PromisedMeans(text="Une salle", due_on=TODAY),)},
    ]
)


class NegotiationSteps(Calendar):
    """Rules for what is done with a text before it is signed. After that, all of it is refused."""

    def change(self, act: Callable[[Convention], list[Event]]) -> list[Event]:
        """A change of a sealed text opens it again: no signature counts for another one."""
        text = self.table
        sealed = text.state in SEALED
        events = self.attempt(text, lambda: act(text))
        if events and sealed:
            assert isinstance(events[0], SignaturesVoided)
            assert text.signatures == {}
            assert text.state is State.NEGOTIATING
        return events

    def change_what_is_sealed(self, what: str, by: Speaker) -> None:
        match what:
            case "article":
                self.propose(1, f"Dit le {self.today}.", by, late=False)
            case "new article":
                self.add_clause(by, "Un texte.", again=False)
            case "no article":
                self.withdraw_clause(by, 5, late=False)
            case "terms":
                self.propose_terms(by, late=False, change={"meetings_per_year": 7})
            case "annex":
                self.announce_annex(by, again=False)
            case _:
                self.give_file(0, GIVEN[1], by, late=False)

    def propose(self, number: int, words: str, by: Speaker, late: bool) -> None:
        clause, known = _nth(self.table, number), self.as_known(by)
        self.change(lambda it: it.propose(clause.id, clause.revision - late, words, known, self.now))

    @while_unsealed
    @rule(how=OF_ARTICLES, number=NUMBERS, words=TEXTS, by=ANYBODY, late=SELDOM)
    def change_an_article(self, how: str, number: int, words: str, by: Speaker, late: bool) -> None:
        match how:
            case "reword":
                self.propose(number, words, by, late=late)
            case "add":
                self.add_clause(by, words, again=late)
            case _:
                self.withdraw_clause(by, number, late=late)

    @while_unsealed
    @rule(how=OF_ANNEXES, number=NUMBERS, file=FILES, by=ANYBODY, late=SELDOM)
    def change_an_annex(self, how: str, number: int, file: GivenFile, by: Speaker, late: bool) -> None:
        match how if self.table.annexes else "announce":
            case "announce":
                self.announce_annex(by, again=late)
            case "give":
                self.give_file(number, file, by, late=late)
            case "accept":
                self.accept_annex(number, by, late=late)
            case _:
                self.withdraw_annex(number, by, late=late)

    @while_unsealed
    @rule(what=ANSWERS, by=ANYBODY, late=SELDOM)
    def answer(self, what: str, by: Speaker, late: bool) -> None:
        if what == "a question":
            self.comment(by, unknown=late)
        else:
            self.accept(what, by, late=late)

    def accept(self, what: str, by: Speaker, late: bool) -> None:
        text, known = self.table, self.as_known(by)
        terms = text.terms.revision - late
        read = as_read(text)[-1:] if what == "one article" else as_read(text)
        if late:
            read = [it.model_copy(update={"revision": it.revision - 1}) for it in read]
        if what == "the terms":
            self.attempt(text, lambda: accept_terms(text, terms, known, self.now))
        else:
            revision = terms if what == "all" else None
            self.attempt(text, lambda: accept_all(text, read, revision, known, self.now))

    def everybody_accepts(self, text: Convention) -> None:
        """Each party, articles, terms and annexes."""
        for party in sorted(text.party_ids):
            self.accepts_all(text, REFERENTS[party])

    def accepts_all(self, text: Convention, by: Speaker) -> None:
        read, terms = as_read(text), text.terms.revision
        self.attempt(text, lambda: accept_all(text, read, terms, self.as_known(by), self.now))
        for annex in awaiting(text.annexes):
            self.accepts_annex(text, annex, by)

    def accepts_annex(self, text: Convention, annex: Annex, by: Speaker, late: bool = False) -> None:
        revision = annex.revision - late
        self.attempt(text, lambda: accept_annex(text, annex.id, revision, self.as_known(by), self.now))

    def fill_blanks(self, text: Convention, by: Speaker) -> None:
        for clause in [it for it in text.clauses.values() if it.incomplete]:
            self.attempt(
                text,
                lambda it=clause: text.propose(it.id, it.revision, "Dit.", self.as_known(by), self.now),
            )

    def add_clause(self, by: Speaker, words: str, again: bool) -> None:
        clause_id = max(self.table.clauses) if again else ClauseId(new_id())
        if len(self.table.clauses) < 15:
            known = self.as_known(by)
            self.change(lambda it: add_clause(it, clause_id, "Un article", words, known, self.now))

    def withdraw_clause(self, by: Speaker, number: int, late: bool) -> None:
        text, clause, known = self.table, _nth(self.table, number), self.as_known(by)
        events = self.change(
            lambda it: withdraw_clause(it, clause.id, clause.revision - late, known, self.now)
        )
        if any(isinstance(it, ClauseWithdrawn) for it in events):
            assert clause.number > 11
            assert not any(
                it.clause_id == clause.id and it.agreed for it in self.told(ClauseAccepted, text)
            ), "what all have agreed on is not taken back by one"
        elif events:
            assert clause.origin, "an article in force goes with an amendment, once all accept that"
            assert clause.number > 0
            assert not clause.required

    @while_unsealed
    @rule(by=ANYBODY, late=SELDOM, change=TERMS)
    def propose_terms(self, by: Speaker, late: bool, change: dict[str, object]) -> None:
        standing, known = self.table.terms, self.as_known(by)
        terms = standing.terms.model_copy(update=change)
        self.change(lambda it: propose_terms(it, standing.revision - late, terms, known, self.now))

    def comment(self, by: Speaker, unknown: bool) -> None:
        about = ClauseId(new_id()) if unknown else None
        comment = Comment(CommentId(new_id()), about, by.organization_id, by.person_id, "Une question.")
        text = self.table
        self.attempt(text, lambda: add_comment(text, comment, self.as_known(by)))

    def announce_annex(self, by: Speaker, again: bool) -> None:
        annexes, known = self.table.annexes, self.as_known(by)
        annex_id = max(annexes) if again and annexes else AnnexId(new_id())
        if len(annexes) < 4:
            self.change(lambda it: announce_annex(it, annex_id, "Planning", known, self.now))

    def give_file(self, number: int, file: GivenFile, by: Speaker, late: bool) -> None:
        if annex := _annex(self.table, number):
            self.gives_file(annex, by, file, late)

    def gives_file(self, annex: Annex, by: Speaker, file: GivenFile = GIVEN[0], late: bool = False) -> None:
        known = self.as_known(by)
        self.change(lambda it: give_file(it, annex.id, annex.revision - late, file, known, self.now))

    def withdraw_annex(self, number: int, by: Speaker, late: bool) -> None:
        if annex := _annex(self.table, number):
            revision, known = annex.revision - late, self.as_known(by)
            events = self.change(lambda it: withdraw_annex(it, annex.id, revision, known, self.now))
            gone = bool(events) and self.table.annexes[annex.id].gone
            others = annex.accepted_by - {by.organization_id}
            assert not (gone and others), "what others have accepted goes once they accept that"

    def accept_annex(self, number: int, by: Speaker, late: bool) -> None:
        if annex := _annex(self.table, number):
            self.accepts_annex(self.table, annex, by, late)


def _nth(text: Convention, number: int) -> Clause:
    """An article, counted round and round."""
    clauses = sorted(text.clauses.values(), key=lambda it: it.number)
    return clauses[number % len(clauses)]


def _annex(text: Convention, number: int) -> Annex | None:
    annexes = sorted(text.annexes.values(), key=lambda it: it.number)
    return annexes[number % len(annexes)] if annexes else None
