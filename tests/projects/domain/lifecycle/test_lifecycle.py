"""Whatever people do, in whatever order, while days pass: what both sides rely on holds after every step."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from shared.contracts.identifiers import AdmissionId, OrganizationId, new_id
from shared.contracts.projects.parties import Role
from tests.projects.domain.conventions.drafts import CLAIRE, ODILE
from tests.projects.domain.conventions.several import SECOND
from tests.projects.domain.lifecycle.cast import CLINIC
from tests.projects.domain.lifecycle.laws_of_amendments import LawsOfAmendments
from tests.projects.domain.lifecycle.laws_of_life import LawsOfLife
from tests.projects.domain.lifecycle.laws_of_texts import LawsOfTexts
from tests.projects.domain.lifecycle.partnership import SEALED, SIGNED
from tests.projects.domain.lifecycle.signing_steps import ORDERS

GUESTS = st.sampled_from([(), (SECOND,), (CLINIC,), (CLINIC, SECOND)])


class Lifecycle(LawsOfTexts, LawsOfAmendments, LawsOfLife):
    """All steps, and all laws."""

    def invite(self, guests: tuple[OrganizationId, ...]) -> None:
        """A draft is its author's: parties more come at her word."""
        self.with_referent.add(CLAIRE.organization_id)
        for who in guests:
            self.proposes(AdmissionId(new_id()), who, Role.PARTY, CLAIRE, "")


class FromTheDraft(Lifecycle):
    """Mostly while it is negotiated."""

    @initialize(guests=GUESTS, steps=st.integers(0, 6))
    def start(self, guests: tuple[OrganizationId, ...], steps: int) -> None:
        """With nothing agreed, some of it, or all."""
        self.invite(guests)
        for _ in range(steps):
            self.go_on()


class FromTheSeal(Lifecycle):
    """Mostly while it is signed."""

    @initialize(guests=GUESTS, steps=st.integers(0, 2), order=ORDERS, on_paper=st.booleans())
    def start(self, guests: tuple[OrganizationId, ...], steps: int, order: str, on_paper: bool) -> None:
        """By nobody yet, or by some."""
        self.invite(guests)
        while self.convention.state not in SEALED:
            self.go_on(order)
        for _ in range(steps):
            self.go_on(on_paper=on_paper)


class FromTheLastSignature(Lifecycle):
    """With amendments, until the last duty."""

    @initialize(guests=GUESTS, leaves=st.booleans(), steps=st.integers(0, 5))
    def start(self, guests: tuple[OrganizationId, ...], leaves: bool, steps: int) -> None:
        """In force, often with an amendment on its way, or with a party that is going."""
        self.invite(guests)
        while self.convention.state not in SIGNED:
            self.go_on()
        if leaves:
            self.leave(ODILE, "earliest")
        if steps:
            self.begins(CLAIRE)
        for _ in range(steps):
            self.go_on()


FromTheDraft.TestCase.settings = settings(stateful_step_count=25, deadline=None)
FromTheSeal.TestCase.settings = settings(stateful_step_count=12, deadline=None)
FromTheLastSignature.TestCase.settings = settings(stateful_step_count=30, deadline=None)
TestFromTheDraft = FromTheDraft.TestCase
TestFromTheSeal = FromTheSeal.TestCase
TestFromTheLastSignature = FromTheLastSignature.TestCase
