"""Seals, signatures here and on paper, refusals to sign; and what a lawyer would say before each of them."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from services.projects.conventions.domain.annex import remaining
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.paper import Attested, attest, give_scan
from services.projects.conventions.domain.party import Authorities
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import OrganizationId
from shared.contracts.messages import Event
from tests.projects.domain.conventions.drafts import HUGO
from tests.projects.domain.lifecycle.cast import ANYBODY, BINDING, REFERENTS, SELDOM, SEVERAL, SIGNATORIES
from tests.projects.domain.lifecycle.negotiation_steps import FILES, GIVEN, NegotiationSteps
from tests.projects.domain.lifecycle.partnership import (
    SEALED,
    SIGNED,
    State,
    while_negotiated,
    while_open,
    while_sealed,
)

ORDERS = st.sampled_from(["free", "fixed", "reversed"])
OR_NOT = ORDERS | st.just("incomplete")
DAYS_TO_SIGN = st.sampled_from([30, 60, 5, 0, -1, 5000])
OPENING = st.sampled_from(
    [
        "refusal",
        "refusal",
        "refusal",
        "refusal",
        "article",
        "new article",
        "no article",
        "terms",
        "annex",
        "file",
    ]
)
ON_PAPER = st.sampled_from(["", "", "give", "attest", "another"])
HASHES = st.sampled_from(["sealed", "sealed", "sealed", "before", "none"])


class SigningSteps(NegotiationSteps):
    """Rules for what binds. Each says beforehand whether the act is lawful: then it is done, and only then."""

    def order_of(self, text: Convention, wanted: str) -> tuple[OrganizationId, ...]:
        parties = sorted(text.party_ids)
        return {
            "free": (),
            "fixed": tuple(parties),
            "reversed": tuple(reversed(parties)),
            "incomplete": tuple(parties[1:]),
        }[wanted]

    def last_day_of(self, text: Convention) -> date:
        """Until when a text can be signed: what has ended binds nobody."""
        return self.course.ends_on if text.amends else text.terms.terms.ends_on

    def ended(self, text: Convention) -> bool:
        """Whether its last day is over, or will be before it holds."""
        effective_on = text.amends and text.amends.effective_on
        return text.terms.terms.ends_on < max(self.today, effective_on or self.today)

    def digest_of(self, text: Convention, which: str) -> str:
        """The hash that is sealed now, one that was sealed before, or of nothing."""
        sealed = text.seal_in_force.sealed_hash if text.seal_in_force else "0" * 64
        before = [it for it in self.forms.get(text.id, {}) if it != sealed]
        return sealed if which == "sealed" else before[0] if which == "before" and before else "f" * 64

    @while_negotiated
    @rule(by=ANYBODY, order=OR_NOT, days=DAYS_TO_SIGN, late=SELDOM, unknown=SELDOM)
    def seal(self, by: Speaker, order: str, days: int, late: bool, unknown: bool) -> None:
        text = self.table
        parts = (text.terms, *text.clauses.values(), *remaining(text.annexes))
        lawful = (
            text.state is State.NEGOTIATING
            and self.as_known(by).referent
            and by.organization_id in text.party_ids
            and all(it.accepted_by >= text.party_ids for it in parts)
            and all(it.file for it in remaining(text.annexes))
            and not any(it.incomplete for it in text.clauses.values())
            and text.party_ids <= self.with_referent
            and all(it.by is None or it.by in text.party_ids for it in text.terms.terms.means)
            and not self.ended(text)
            and self.today <= self.today + timedelta(days=days) <= self.last_day_of(text)
            and not (text.unchanged or late or unknown or order == "incomplete")
            and not self.silent(text)
        )
        events = self.seals(text, by, order=order, days=days, late=late, unknown=unknown)
        assert bool(events) == lawful

    def seals(
        self,
        text: Convention,
        by: Speaker,
        *,
        order: str = "free",
        days: int = 30,
        late: bool = False,
        unknown: bool = False,
    ) -> list[Event]:
        """`unknown`: nobody signs for one of the parties."""
        signing = frozenset(sorted(text.party_ids)[unknown:])
        authorities = Authorities(frozenset(self.with_referent), signing, self.silent(text))
        return self.attempt(
            text,
            lambda: text.seal(
                text.version - late,
                self.today + timedelta(days=days),
                authorities,
                self.as_known(by),
                now=self.now,
                today=self.today,
                sign_order=self.order_of(text, order),
                until=self.last_day_of(text),
            ),
        )

    def may_be_signed(self, text: Convention, by: Speaker, digest: str) -> bool:
        """Whether a signature for this party, by this person, on this hash, would count today."""
        seal, signatures = text.seal_in_force, text.signatures
        if seal is None or text.state not in SEALED:
            return False
        missing = [it for it in seal.sign_order if it not in signatures]
        return (
            digest == seal.sealed_hash
            and by.organization_id in text.party_ids - signatures.keys()
            and by.person_id not in {it.person_id for it in signatures.values()}
            and (not missing or missing[0] == by.organization_id)
            and self.today <= seal.sign_before
        )

    @while_sealed
    @rule(people=SEVERAL, which=HASHES)
    def try_to_sign(self, people: list[Speaker], which: str) -> None:
        """One after the other."""
        for by in people:
            self.sign(by, which)

    @while_sealed
    @rule(how=OPENING, by=BINDING, which=HASHES)
    def try_to_open_again(self, how: str, by: Speaker, which: str) -> None:
        """By a refusal, or by a change of the text."""
        if how == "refusal":
            self.refuse(by, which)
        else:
            self.change_what_is_sealed(how, by)

    def sign(self, by: Speaker, which: str) -> None:
        text = self.table
        digest = self.digest_of(text, which)
        lawful = by.signatory and self.may_be_signed(text, by, digest)
        assert bool(self.signs(text, by, digest)) == lawful

    def signs(self, text: Convention, by: Speaker, digest: str) -> list[Event]:
        events = self.attempt(
            text,
            lambda: text.sign(
                digest, "présidente", "password", self.as_known(by), self.now, today=self.today
            ),
        )
        self.let_enter()
        return events

    def refuse(self, by: Speaker, which: str) -> None:
        text = self.table
        digest = self.digest_of(text, which)
        lawful = (
            by.signatory
            and text.state in SEALED
            and by.organization_id in text.party_ids - text.signatures.keys()
            and digest == self.digest_of(text, "sealed")
        )
        events = self.attempt(text, lambda: text.refuse(digest, "Pas encore.", by, self.now))
        assert bool(events) == lawful
        if events:
            assert text.state is State.NEGOTIATING
            assert text.signatures == {}

    @while_sealed
    @rule(
        people=st.lists(ANYBODY, min_size=1, max_size=3),
        file=FILES,
        which=HASHES,
        days_ago=st.sampled_from([0, 0, 0, 1, -1, 90]),
        only=ON_PAPER,
    )
    def try_on_paper(
        self, people: list[Speaker], file: GivenFile, which: str, days_ago: int, only: str
    ) -> None:
        """The signed pages are given, and référents attest what they see there."""
        if only != "attest":
            self.gives_scan(people[0], file, which)
        for by in people if only != "give" else []:
            self.attests(by, which, days_ago=days_ago, other=only == "another")

    def gives_scan(self, by: Speaker, file: GivenFile = GIVEN[0], which: str = "sealed") -> None:
        text, known = self.table, self.as_known(by)
        digest = self.digest_of(text, which)
        self.attempt(text, lambda: give_scan(text, digest, file, known, self.now))

    def attests(self, by: Speaker, which: str = "sealed", *, days_ago: int = 0, other: bool = False) -> None:
        text, known = self.table, self.as_known(by)
        seal, digest = text.seal_in_force, self.digest_of(text, which)
        signed_on = self.today - timedelta(days=days_ago)
        scan = seal.scan.file.sha256 if seal and seal.scan and not other else "f" * 64
        lawful = (
            known.referent
            and known.entrusted
            and self.may_be_signed(text, by, digest)
            and seal is not None
            and seal.scan is not None
            and seal.sealed_at.date() <= signed_on <= self.today
            and not other
        )
        seen = Attested("Jeanne Morel", "directrice", signed_on, scan)
        events = self.attempt(
            text, lambda: attest(text, digest, seen, "password", known, now=self.now, today=self.today)
        )
        self.let_enter()
        assert bool(events) == lawful

    @while_open
    @rule(steps=st.sampled_from([1, 2, 3, 5, 20]), order=ORDERS, days=DAYS_TO_SIGN, on_paper=st.booleans())
    def come_to_an_end(self, steps: int, order: str, days: int, on_paper: bool) -> None:
        """Often go on to where it gets interesting; whoever goes on long enough has a signed text."""
        text = self.table
        for _ in range(steps):
            self.go_on(order, days=days, on_paper=on_paper)
        means = all(it.by is None or it.by in text.party_ids for it in text.terms.terms.means)
        in_time = self.today <= self.today + timedelta(days=days) <= self.last_day_of(text)
        if steps == 20 and means and in_time and not self.ended(text):
            twice = HUGO.person_id in {it.person_id for it in text.signatures.values()}
            assert text.state in SIGNED or twice, "nobody who is not there keeps the others waiting"

    def go_on(self, order: str = "free", *, days: int = 30, on_paper: bool = False) -> None:
        """What people do who want the latest text signed."""
        text = self.table
        # Whoever began it may have left.
        by = REFERENTS[min(text.party_ids, key=lambda it: (it != text.drafted_by, it))]
        empty = [it for it in remaining(text.annexes) if not it.file]
        if missing := sorted(text.party_ids - self.with_referent):
            self.takes_office(missing[0])
        elif text.unchanged:
            self.propose(1, f"Avenant {len(self.amendments)} du {self.today}.", by, late=False)
        elif text.state is State.NEGOTIATING and any(it.incomplete for it in text.clauses.values()):
            self.fill_blanks(text, by)
        elif text.state is State.NEGOTIATING and text.situation.still_to_accept:
            self.everybody_accepts(text)
        elif text.state is State.NEGOTIATING and empty:
            self.gives_file(empty[0], by)
        elif text.state is State.NEGOTIATING:
            self.seals(text, by, order=order, days=days)
        elif text.state in SEALED and text.seal_in_force:
            waiting = [it for it in sorted(text.party_ids) if it not in text.signatures]
            turn = next((it for it in waiting if text.situation.may_sign_now(it)), waiting[0])
            if on_paper:
                self.gives_scan(REFERENTS[turn])
                self.attests(REFERENTS[turn])
            else:
                self.signs(text, SIGNATORIES[turn], text.seal_in_force.sealed_hash)

    def takes_office(self, organization_id: OrganizationId) -> None:
        """A party's référent accepts: its people read the text, and with the last one the negotiation opens."""
        self.with_referent.add(organization_id)
        base = self.convention
        self.attempt(base, lambda: base.share_with(organization_id))
        self.attempt(base, lambda: base.open_negotiation(frozenset(self.with_referent), self.now))
