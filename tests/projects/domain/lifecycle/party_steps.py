"""Who comes and who reads along: référents, further parties, observers and funders."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from services.projects.conventions.domain.admission import Admission
from services.projects.conventions.domain.admitting import (
    accept_admission,
    end_admission,
    propose_admission,
)
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.taking_back import take_back_party
from shared.contracts.identifiers import AdmissionId, OrganizationId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.events import SignaturesVoided
from shared.contracts.projects.parties import PartyJoined, Role
from tests.projects.domain.conventions.drafts import ASSOCIATION, HOSPITAL, YANN
from tests.projects.domain.conventions.several import SECOND
from tests.projects.domain.lifecycle.cast import ANYBODY, CLINIC, ORGANIZATIONS, REFERENTS, SELDOM
from tests.projects.domain.lifecycle.partnership import State
from tests.projects.domain.lifecycle.signing_steps import SigningSteps

WHO = st.sampled_from([SECOND, CLINIC, YANN.organization_id, SECOND, CLINIC, HOSPITAL, ASSOCIATION])
ROLES = st.sampled_from([Role.PARTY, Role.PARTY, Role.OBSERVER, Role.FUNDER])


class PartySteps(SigningSteps):
    """Rules for those who come to a convention: nobody acts for another party."""

    @precondition(lambda it: not it.convention.party_ids <= it.with_referent)
    @rule(who=WHO, accepts=st.booleans())
    def ask_to_be_referent(self, who: OrganizationId, accepts: bool) -> None:
        """Who is asked reads the text; who accepts speaks for her organisation."""
        if accepts and who in self.convention.party_ids:
            self.takes_office(who)
        else:
            self.attempt(self.convention, lambda: self.convention.share_with(who))

    @rule(who=WHO, role=ROLES, by=ANYBODY, answered=st.booleans(), silent=SELDOM, again=SELDOM)
    def propose_admission(
        self, who: OrganizationId, role: Role, by: Speaker, answered: bool, silent: bool, again: bool
    ) -> None:
        admission_id = max(self.admissions) if again and self.admissions else AdmissionId(new_id())
        self.proposes(admission_id, who, role, by, interest="" if silent else "Paie la formation.")
        if answered and admission_id in self.admissions:
            self.everybody_answers(admission_id)

    def proposes(
        self, admission_id: AdmissionId, who: OrganizationId, role: Role, by: Speaker, interest: str
    ) -> None:
        wanted = Admission(
            id=admission_id,
            role=role,
            party=ORGANIZATIONS[who],
            interest=interest,
            proposed_by=by.organization_id,
            proposed_by_person=by.person_id,
            proposed_at=self.now,
            accepted_by=frozenset({by.organization_id}),
        )
        self._admit(
            admission_id,
            lambda: propose_admission(self.convention, self.admissions, wanted, self.as_known(by), self.now),
        )

    @precondition(lambda it: any(one.waits or one.observes for one in it.admissions.values()))
    @rule(number=st.integers(0, 2), by=ANYBODY, agrees=st.sampled_from(["everybody", "yes", "no"]))
    def answer_admission(self, number: int, by: Speaker, agrees: str) -> None:
        known = sorted(self.admissions, reverse=True)
        admission_id = known[number % len(known)]
        answer = end_admission if agrees == "no" else accept_admission
        if agrees == "everybody":
            self.everybody_answers(admission_id)
        else:
            speaker = self.as_known(by)
            self._admit(
                admission_id,
                lambda: answer(self.convention, self.admissions, admission_id, speaker, self.now),
            )

    def everybody_answers(self, admission_id: AdmissionId) -> None:
        for party in sorted(self.convention.party_ids):
            speaker = self.as_known(REFERENTS[party])
            self._admit(
                admission_id,
                lambda it=speaker: accept_admission(
                    self.convention, self.admissions, admission_id, it, self.now
                ),
            )

    @precondition(lambda it: bool(it.silent(it.convention)))
    @rule(who=WHO, by=ANYBODY)
    def take_back_party(self, who: OrganizationId, by: Speaker) -> None:
        """One that has taken part in nothing; the others go on without it, as if it had never come."""
        text, silent = self.convention, self.silent(self.convention)
        known = self.as_known(by)
        events = self.attempt(
            text, lambda: take_back_party(text, self.admissions, who, silent, known, self.now)
        )
        if events:
            assert who in silent
            assert who not in text.party_ids
            self.taken_back.add(who)
            self.attempt(text, lambda: text.open_negotiation(frozenset(self.with_referent), self.now))

    def _admit(self, admission_id: AdmissionId, act: Callable[[], list[Event]]) -> None:
        base = self.convention
        before, sealed = base.party_ids, base.seal_in_force is not None
        agreeing = {base.drafted_by} if base.state is State.DRAFT else before
        events = self.attempt(base, act)
        if admission_id in self.admissions and self.admissions[admission_id].admitted_at and events:
            assert self.admissions[admission_id].accepted_by >= agreeing, "everybody says who comes"
        if any(isinstance(it, PartyJoined) for it in events):
            assert any(isinstance(it, SignaturesVoided) for it in events) == sealed
            assert base.signatures == {}
            assert all(it.agreed_at is None for it in (base.terms, *base.clauses.values()))
