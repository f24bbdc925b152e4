"""The right act at the wrong time: what is signed is not negotiated, what does not hold is not ended."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import AdmissionId, OrganizationId, new_id
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.parties import Role
from tests.projects.domain.lifecycle.cast import BINDING, CLINIC, REFERENTS, SIGNATORIES
from tests.projects.domain.lifecycle.life_steps import LifeSteps
from tests.projects.domain.lifecycle.negotiation_steps import GIVEN
from tests.projects.domain.lifecycle.partnership import ENDED, IN_FORCE, OPEN, SEALED, State


class WrongTimes(LifeSteps):
    """One rule for all of them; that they change nothing needs no rule of the domain to be known."""

    @rule(which=st.integers(0, 3), by=BINDING, back=st.booleans())
    def try_at_the_wrong_time(self, which: int, by: Speaker, back: bool) -> None:
        self.back_to_the_first = back
        before = self.pictures()
        acts = [*self._with_a_text(by), *self._with_a_convention(by)]
        for act in acts[which % len(acts) :: 4]:
            act()
        assert self.pictures() == before
        self.back_to_the_first = False

    @precondition(lambda it: it.table.state in SEALED or it.course.notice is not None)
    @rule(by=st.sampled_from(sorted(SIGNATORIES)), on_paper=st.booleans())
    def try_before_the_calendar_looks(self, by: OrganizationId, on_paper: bool) -> None:
        """A minute after midnight what was to be done until yesterday is too late, whoever has noticed or not."""
        seal, notice = self.table.seal_in_force, self.course.notice
        if self.table.state in SEALED and seal:
            self.today = seal.sign_before + timedelta(days=1)
            self.attests(REFERENTS[by]) if on_paper else self.sign(SIGNATORIES[by], "sealed")
        elif self.convention.state in IN_FORCE and notice:
            self.today = notice.effective_on
            self.take_back(SIGNATORIES[by], unknown=False)
        self.go_to(self.today)

    def _with_a_text(self, by: Speaker) -> Iterator[Callable[[], object]]:
        state = self.table.state
        if state not in OPEN:
            yield lambda: self.propose(1, "Un texte.", by, late=False)
            yield lambda: self.accept("all", by, late=False)
            yield lambda: self.accept("the terms", by, late=False)
            yield lambda: self.add_clause(by, "Un texte.", again=False)
            yield lambda: self.withdraw_clause(by, -1, late=False)
            yield lambda: self.propose_terms(by, late=False, change={"meetings_per_year": 9})
            yield lambda: self.announce_annex(by, again=False)
            yield lambda: self.give_file(0, GIVEN[1], by, late=False)
            yield lambda: self.withdraw_annex(0, by, late=False)
            yield lambda: self.accept_annex(0, by, late=False)
            yield lambda: self.abandon(by)
        if state is not State.NEGOTIATING:
            yield lambda: self.seal(by, "free", 30, late=False, unknown=False)
        if state not in SEALED:
            yield lambda: self.sign(by, "sealed")
            yield lambda: self.refuse(by, "sealed")
            yield lambda: self.gives_scan(by)
            yield lambda: self.attests(by)
        else:
            yield from self._with_a_signature()

    def _with_a_signature(self) -> Iterator[Callable[[], object]]:
        text, signed = self.table, self.table.signatures.values()
        for party in sorted(text.party_ids - text.signatures.keys()):
            for it in signed:
                again = replace(SIGNATORIES[party], person_id=it.person_id)
                yield lambda by=again: self.sign(by, "sealed")
            if any(it.on_paper and it.on_paper.scan == GIVEN[0].sha256 for it in signed):
                yield lambda by=REFERENTS[party]: self.gives_scan(by, GIVEN[1])

    def _with_a_convention(self, by: Speaker) -> Iterator[Callable[[], object]]:
        state = self.convention.state
        if state not in IN_FORCE:
            yield lambda: self.suspends(by, None)
            yield lambda: self.terminate(by, "earliest")
            yield lambda: self.leave(by, "earliest")
            yield lambda: self.amend(by, "at once", 0)
        if state not in IN_FORCE or not self.course.suspensions:
            yield lambda: self.lift(by, unknown=False)
        if state not in IN_FORCE or not self.course.notice:
            yield lambda: self.take_back(by, unknown=False)
        if self.course.notice and self.course.done:
            giver = SIGNATORIES[self.course.notice.organization_id]
            yield lambda: self.take_back(giver, unknown=False)
        if state not in IN_FORCE or not self.life.standing.renewable:
            yield lambda: self.decide_renewal(by, agrees=True, other=False)
        if state not in ENDED and not self.course.notice:
            yield lambda: self.complete(by, {ClosingStep.RETURN_MEANS})
        if state not in OPEN or not self.silent(self.convention):
            yield lambda: self.take_back_party(CLINIC, by)
        if state not in OPEN:
            yield lambda: self.proposes(AdmissionId(new_id()), CLINIC, Role.PARTY, by, interest="")
