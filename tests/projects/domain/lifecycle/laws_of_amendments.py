"""What holds of amendments after every step: the text in force is the last one that all have signed, on its day."""

import json
from typing import Any

from hypothesis.stateful import invariant

from services.projects.conventions.domain.canonical import canonical_form
from shared.contracts.projects.events import (
    AmendmentAbandoned,
    AmendmentEnteredIntoForce,
    AmendmentSigned,
    CommentAdded,
    ConventionAmended,
)
from tests.projects.domain.lifecycle.amendment_steps import AmendmentSteps
from tests.projects.domain.lifecycle.partnership import IN_FORCE, OPEN, SIGNED, State

STEPS = (AmendmentSigned, AmendmentEnteredIntoForce, AmendmentAbandoned)
WAYS = {
    State.SIGNED: ([AmendmentSigned],),
    State.IN_FORCE: ([AmendmentSigned, AmendmentEnteredIntoForce],),
    State.ABANDONED: ([AmendmentAbandoned], [AmendmentSigned, AmendmentAbandoned]),
}
"""What became of an amendment, by where it stands; of one that is open, nothing yet."""


def content(form: str) -> dict[str, Any]:
    """What a sealed form lets a convention say. Its last day is another matter: terms are renewed."""
    said = json.loads(form)
    del said["terms"]["ends_on"]
    return {it: said[it] for it in ("regime", "terms", "clauses", "annexes")}


class LawsOfAmendments(AmendmentSteps):
    """Of a convention and its amendments together."""

    @invariant()
    def the_text_in_force_is_the_last_one_that_all_have_signed(self) -> None:
        base = self.convention
        if base.state not in SIGNED:
            assert self.amendments == []
            return
        last = [it for it in self.texts if it is base or it.state is State.IN_FORCE][-1]
        assert last.seal_in_force
        assert content(canonical_form(base.agreement)) == content(last.seal_in_force.form)
        named = {it["organization"] for it in json.loads(last.seal_in_force.form)["parties"]}
        assert {str(it) for it in base.party_ids} <= named
        assert named <= {str(it) for it in base.party_ids | self.course.left}

    @invariant()
    def one_amendment_is_open_at_a_time_and_stands_on_the_text_in_force(self) -> None:
        going = [it for it in self.amendments if it.state in OPEN | {State.SIGNED}]
        assert len(going) <= 1
        assert not going or self.convention.state in IN_FORCE, "it lapses with its convention"
        for text in going:
            assert text.amends
            assert text.amends.base_hash == self.so_far.text_hash
            assert text.party_ids == self.convention.party_ids, "who has left keeps no amendment waiting"
            if text.state is State.SIGNED:
                assert text.amends.effective_on
                assert text.amends.effective_on > self.today

    @invariant()
    def each_enters_into_force_once_on_its_day(self) -> None:
        amended = self.told(ConventionAmended)
        assert [it.number for it in amended] == list(range(1, len(amended) + 1))
        entered = [it for it in self.amendments if it.state is State.IN_FORCE]
        assert [it.amended_by for it in amended] == [it.id for it in entered]
        for text in self.amendments:
            steps = [it for it in self.history[text.id] if isinstance(it.event, STEPS)]
            assert [type(it.event) for it in steps] in WAYS.get(text.state, ([],))
            if text.state is State.IN_FORCE and text.amends and text.amends.effective_on:
                assert text.amends.effective_on <= steps[-1].day
            if len(steps) == 2 and isinstance(given_up := steps[-1].event, AmendmentAbandoned):
                assert given_up.organization_id is None, "what all have signed binds"

    @invariant()
    def an_amendment_holds_from_its_day_on(self) -> None:
        for text in self.amendments:
            if text.seal_in_force and text.amends and text.amends.effective_on:
                assert text.amends.effective_on <= text.terms.terms.ends_on, "it would end before it holds"

    @invariant()
    def what_is_over_is_over(self) -> None:
        for text in self.amendments:
            events = [it.event for it in self.history[text.id]]
            for index, event in enumerate(events):
                if isinstance(event, AmendmentEnteredIntoForce | AmendmentAbandoned):
                    assert all(isinstance(it, CommentAdded) for it in events[index + 1 :])
