"""What holds of every text after every step: who accepts, what a seal froze, whose signature counts for what."""

import json
from dataclasses import replace

from hypothesis.stateful import invariant

from services.projects.conventions.domain.canonical import canonical_form, seal_of
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.terms import check_terms
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.events import (
    AmendmentSigned,
    ConventionActivated,
    ConventionSealed,
    ConventionSigned,
    PaperScanGiven,
    SignaturesVoided,
)
from tests.projects.domain.lifecycle.cast import ORGANIZATIONS
from tests.projects.domain.lifecycle.partnership import OPEN, SEALED, SIGNED, Partnership, State


class LawsOfTexts(Partnership):
    """Of the convention and of each amendment alike."""

    def ever_parties(self, text: Convention) -> frozenset[OrganizationId]:
        """Those who are gone too: what they accepted or signed stays where it stands."""
        return text.party_ids | self.course.left | self.taken_back

    @invariant()
    def the_version_counts_the_events(self) -> None:
        for text in self.texts:
            assert text.version == len(self.history[text.id])

    @invariant()
    def only_parties_accept_and_what_all_accept_is_agreed(self) -> None:
        for text in self.texts:
            annexes = [it for it in text.annexes.values() if not it.gone]
            for part in (text.terms, *text.clauses.values(), *annexes):
                assert part.accepted_by
                assert part.accepted_by <= self.ever_parties(text)
                if text.state in OPEN:
                    assert (part.agreed_at is not None) == (part.accepted_by >= text.party_ids)
                elif text.state is not State.ABANDONED:
                    assert part.agreed_at is not None

    @invariant()
    def the_terms_hold_together_and_no_number_is_given_twice(self) -> None:
        for text in self.texts:
            # An amendment begins with the promises of those who have left since.
            check_terms(text.terms.terms, self.ever_parties(text))
            for numbered in (text.clauses, text.annexes):
                assert len({it.number for it in numbered.values()}) == len(numbered)

    @invariant()
    def a_sealed_text_never_changes(self) -> None:
        for text in self.texts:
            seal = text.seal_in_force
            assert (seal is not None) == (text.state in SEALED | SIGNED)
            for digest, form in self.forms.get(text.id, {}).items():
                assert digest == seal_of(form)
            if seal is None:
                assert text.signatures == {}
                continue
            assert seal.form == self.forms[text.id][seal.sealed_hash]
            assert all(it.sealed_hash == seal.sealed_hash for it in text.signatures.values())
            if text is self.convention and text.state in SIGNED:
                continue  # Amendments change it: see the laws of amendments.
            assert self.says(text) == seal.form
            assert not any(it.incomplete for it in text.clauses.values())
            assert all(it.gone or it.file for it in text.annexes.values())

    def says(self, text: Convention) -> str:
        """What it says, with the parties that it was sealed for: one may have left an amendment since."""
        sealed = {it["organization"] for it in json.loads(self.forms[text.id][self.hash_of(text)])["parties"]}
        since = [ORGANIZATIONS[it] for it in self.course.left - text.party_ids if str(it) in sealed]
        return canonical_form(replace(text.agreement, parties=(*text.parties, *since)))

    def hash_of(self, text: Convention) -> str:
        """Of the seal in force."""
        return text.seal_in_force.sealed_hash if text.seal_in_force else ""

    @invariant()
    def it_binds_only_when_a_person_has_signed_for_each_party(self) -> None:
        for text in self.texts:
            signed = text.signatures.keys()
            if text.state in SIGNED:
                assert text.party_ids <= signed <= self.ever_parties(text)
            assert (text.state is State.PARTLY_SIGNED) == (len(signed) > 0 and text.state not in SIGNED)
            assert len({it.person_id for it in text.signatures.values()}) == len(signed)
            for it in text.signatures.values():
                if it.on_paper:
                    assert text.seal_in_force
                    assert text.seal_in_force.scan
                    assert it.on_paper.scan == text.seal_in_force.scan.file.sha256
            done = [*self.told(ConventionActivated, text), *self.told(AmendmentSigned, text)]
            assert len(done) == (text.state in SIGNED) or (len(done) == 1 and text.state is State.ABANDONED)

    @invariant()
    def nobody_signs_out_of_turn_or_too_late_or_for_another_text(self) -> None:
        for text in self.texts:
            sealed: ConventionSealed | None = None
            signed: list[ConventionSigned] = []
            scan = ""
            for event, day, parties, _ in self.history[text.id]:
                if isinstance(event, ConventionSealed):
                    assert not signed
                    sealed, scan = event, ""
                elif isinstance(event, PaperScanGiven):
                    assert not any(it.on_paper for it in signed), "what was attested stays as it is"
                    scan = event.scan
                elif isinstance(event, ConventionSigned):
                    assert sealed
                    assert event.sealed_hash == sealed.sealed_hash
                    assert day <= sealed.sign_before
                    assert event.organization_id in parties - {it.organization_id for it in signed}
                    assert not event.on_paper or scan
                    signed.append(event)
                    done = {it.organization_id for it in signed}
                    waiting = [it for it in sealed.sign_order if it in parties and it not in done]
                    before = (
                        sealed.sign_order[: sealed.sign_order.index(event.organization_id)] if waiting else ()
                    )
                    assert not set(before) & parties - done
                    assert event.next_to_sign == (waiting[0] if waiting else None)
                elif isinstance(event, SignaturesVoided):
                    assert set(event.voided) == {it.person_id for it in signed}
                    sealed, signed = None, []
            if text.state is not State.ABANDONED:
                assert {it.organization_id for it in signed} == text.signatures.keys()
            if text.state in SEALED:
                assert sealed
                assert self.today <= sealed.sign_before, "on the morrow the text is open again"
