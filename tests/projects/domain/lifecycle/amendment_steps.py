"""Amendments: begun on a text in force, given up by one, or signed by all and entering into force on their day."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from services.projects.conventions.domain.amending import Wanted, abandon, propose_amendment
from services.projects.conventions.domain.amendment import SoFar
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import ConventionId, new_id
from shared.contracts.messages import Event
from shared.contracts.refusals import Refusal
from tests.projects.domain.lifecycle.cast import ANYBODY
from tests.projects.domain.lifecycle.partnership import IN_FORCE, OPEN, State, picture, while_in_force
from tests.projects.domain.lifecycle.party_steps import PartySteps

DAYS = st.sampled_from(["at once", "at once", "soon", "last", "today", "too late"])


class AmendmentSteps(PartySteps):
    """Rules for amendments; the rules of texts negotiate and sign them."""

    @property
    def so_far(self) -> SoFar:
        """What has become of the text that was signed."""
        entered = [it for it in self.texts if it is self.convention or it.state is State.IN_FORCE]
        seal = entered[-1].seal_in_force
        return SoFar(
            text_hash=seal.sealed_hash if seal else "",
            concluded=sum(it.state in {State.SIGNED, State.IN_FORCE} for it in self.amendments),
            open=self.open_amendment.id if self.open_amendment else None,
            ends_on=self.course.ends_on,
        )

    @while_in_force
    @rule(by=ANYBODY, day=DAYS, steps=st.integers(0, 7))
    def amend(self, by: Speaker, day: str, steps: int) -> None:
        """Begin one, and often bring it on its way."""
        lawful = (
            self.convention.state in IN_FORCE
            and self.open_amendment is None
            and self.as_known(by).referent
            and by.organization_id in self.convention.party_ids
        )
        effective_on = {
            "at once": None,
            "soon": self.today + timedelta(days=20),
            "last": self.course.ends_on,
            "today": self.today,
            "too late": self.course.ends_on + timedelta(days=1),
        }[day]
        within = effective_on is None or self.today < effective_on <= self.course.ends_on
        begun = self.begins(by, effective_on)
        assert bool(begun) == (lawful and within)
        for _ in range(steps if begun else 0):
            self.go_on()

    def begins(self, by: Speaker, effective_on: date | None = None) -> list[Event]:
        """With the text in force, which everybody has signed: the convention itself does not move."""
        wanted = Wanted(ConventionId(new_id()), "Avenant", f"Le {self.today}.", effective_on)
        before = picture(self.convention)
        try:
            amendment, events = propose_amendment(
                self.convention, self.so_far, wanted, self.as_known(by), now=self.now, today=self.today
            )
        except Refusal as refusal:
            self.refused(refusal)
            return []
        finally:
            assert picture(self.convention) == before
        self.amendments.append(amendment)
        self.record(amendment, events)
        return events

    @precondition(lambda it: it.open_amendment is not None)
    @rule(by=ANYBODY)
    def abandon(self, by: Speaker) -> None:
        text = self.table
        lawful = (
            text is not self.convention
            and text.state in OPEN
            and by.organization_id in text.party_ids
            and (self.as_known(by).referent or by.signatory)
        )
        assert bool(self.gives_up(text, by)) == lawful

    def gives_up(self, text: Convention, by: Speaker) -> list[Event]:
        return self.attempt(text, lambda: abandon(text, "Plus besoin.", self.as_known(by), self.now))
