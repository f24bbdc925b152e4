"""A convention from its first draft to its last signature.

Every method checks who may act, changes the convention and returns what happened. `version` stays the one that was
loaded; each event adds one to it when the convention is saved.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.projects.conventions.domain import rights, signing
from services.projects.conventions.domain.amendment import Abandonment, Amending, nothing_changed
from services.projects.conventions.domain.annex import Annex, awaiting, remaining
from services.projects.conventions.domain.canonical import Agreement
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.party import Authorities, Party
from services.projects.conventions.domain.rights import Situation, Speaker, still_to_accept
from services.projects.conventions.domain.room_for_text import check_room
from services.projects.conventions.domain.signing import RefusalToSign, Seal, Signature, problems_with
from services.projects.conventions.domain.terms import TermsOnTable
from shared.contracts.identifiers import AnnexId, ClauseId, ConventionId, OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.projects.commands import ClauseAtRevision
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseProposed,
    ConventionActivated,
    ConventionSealed,
    ConventionShared,
    NegotiationOpened,
    SignatureRefused,
    SignaturesVoided,
    VoidReason,
)
from shared.contracts.projects.queries import Act, ConventionState, SealProblem
from shared.contracts.projects.refusals import (
    ClauseNotFound,
    ClauseUnchanged,
    ConventionIncomplete,
    SealedTextChanged,
    SigningDeadlinePassed,
    SigningOrderIncomplete,
)
from shared.contracts.refusals import StaleVersion


@dataclass(slots=True)
class Convention:
    """The agreement between the sides, and where it stands. A new one comes from `drafting.draft`."""

    id: ConventionId
    version: int
    state: ConventionState
    title: str
    aim: str
    template: str
    regime: str
    drafted_by: OrganizationId
    drafted_by_person: PersonId
    drafted_at: datetime
    terms: TermsOnTable
    parties: tuple[Party, ...]
    clauses: dict[ClauseId, Clause]
    annexes: dict[AnnexId, Annex] = field(default_factory=dict[AnnexId, Annex])
    negotiating_since: datetime | None = None
    seal_in_force: Seal | None = None
    signatures: dict[OrganizationId, Signature] = field(default_factory=dict[OrganizationId, Signature])
    refusal: RefusalToSign | None = None
    """Set by the refusal that opened the text again, to be kept as evidence."""
    activated_at: datetime | None = None
    amends: Amending | None = None
    """What it changes, where it is an amendment: negotiated and signed by the same rules."""
    abandonment: Abandonment | None = None
    """Set by the act that gives an amendment up, to be kept."""

    @property
    def partnership_id(self) -> ConventionId:
        """A partnership is known by its convention, the first text of it."""
        return self.amends.convention_id if self.amends else self.id

    @property
    def party_ids(self) -> frozenset[OrganizationId]:
        """The organisations that agree."""
        return frozenset(party.organization_id for party in self.parties)

    @property
    def situation(self) -> Situation:
        """What rights depend on."""
        return Situation(
            state=self.state,
            drafted_by=self.drafted_by,
            drafted_by_person=self.drafted_by_person,
            parties=self.party_ids,
            signed_by={it.organization_id: it.person_id for it in self.signatures.values()},
            sign_order=self.seal_in_force.sign_order if self.seal_in_force else (),
            still_to_accept=still_to_accept(
                self.party_ids,
                (it.accepted_by for it in (self.terms, *self.clauses.values(), *awaiting(self.annexes))),
            ),
            amendment=self.amends is not None,
            unchanged=self.unchanged,
        )

    @property
    def unchanged(self) -> bool:
        """Whether it is an amendment in which nobody has proposed anything yet."""
        return self.amends is not None and nothing_changed(self.terms, self.clauses, self.annexes)

    @property
    def agreement(self) -> Agreement:
        """What the parties agree on by signing."""
        return Agreement(
            convention_id=self.id,
            title=self.title,
            aim=self.aim,
            regime=self.regime,
            terms=self.terms.terms,
            parties=self.parties,
            clauses=self.clauses.values(),
            annexes=remaining(self.annexes),
            amends=self.amends,
        )

    def share_with(self, organization_id: OrganizationId) -> list[Event]:
        """Let a party that did not write the draft read it; once is enough."""
        party = next((it for it in self.parties if it.organization_id == organization_id), None)
        if party is None or party.shared:
            return []
        self.parties = tuple(replace(it, shared=True) if it is party else it for it in self.parties)
        return [ConventionShared(convention_id=self.id, organization_id=organization_id)]

    def open_negotiation(self, sides_with_referent: frozenset[OrganizationId], now: datetime) -> list[Event]:
        """Open the clauses to both sides once each has a référent who accepted."""
        if self.state is not ConventionState.DRAFT or not self.party_ids <= sides_with_referent:
            return []
        self.state = ConventionState.NEGOTIATING
        self.negotiating_since = now
        return [NegotiationOpened(convention_id=self.id)]

    def propose(
        self, clause_id: ClauseId, revision: int, text: str, by: Speaker, now: datetime
    ) -> list[Event]:
        """Give a clause another text. On a sealed text it opens the negotiation again and voids every signature.

        Asking twice for the same change does it once.
        """
        rights.check(Act.PROPOSE, self.situation, by)
        clause = self._clause(clause_id)
        if (
            clause.revision == revision + 1
            and clause.stands_as(text)
            and clause.proposed_by_person == by.person_id
        ):
            return []
        clause.check_revision(revision)
        if clause.stands_as(text):
            raise ClauseUnchanged
        check_room((it for it in self.clauses.values() if it.id != clause_id), text)
        events = self.void(VoidReason.EDIT, by.organization_id)
        changed = clause.reworded(text, by=by.organization_id, person=by.person_id, now=now)
        self.clauses[clause_id] = changed
        proposed = ClauseProposed(
            convention_id=self.id,
            clause_id=clause_id,
            revision=changed.revision,
            organization_id=by.organization_id,
        )
        return [*events, proposed]

    def accept(self, clauses: Iterable[ClauseAtRevision], by: Speaker, now: datetime) -> list[Event]:
        """Accept clauses as they were read, all or none. What the side has accepted already stays so."""
        rights.check(Act.ACCEPT, self.situation, by)
        wanted = {it.clause_id: it.revision for it in clauses}
        for clause_id, revision in wanted.items():
            self._clause(clause_id).check_revision(revision)
        events: list[Event] = []
        for clause_id in wanted:
            clause = self.clauses[clause_id]
            if by.organization_id in clause.accepted_by:
                continue
            accepted = clause.accepted(by=by.organization_id, parties=self.party_ids, now=now)
            self.clauses[clause_id] = accepted
            events.append(
                ClauseAccepted(
                    convention_id=self.id,
                    clause_id=clause_id,
                    revision=accepted.revision,
                    organization_id=by.organization_id,
                    agreed=accepted.agreed_at is not None,
                )
            )
        return events

    def problems(self, authorities: Authorities, today: date) -> tuple[SealProblem, ...]:
        """Everything that stands against sealing."""
        if self.unchanged:
            return (SealProblem(reason="nothing_changed"),)
        return tuple(problems_with(self.agreement, self.terms.accepted_by, authorities, today))

    def seal(
        self,
        version: int,
        sign_before: date,
        authorities: Authorities,
        by: Speaker,
        *,
        now: datetime,
        today: date,
        sign_order: tuple[OrganizationId, ...] = (),
        until: date | None = None,
    ) -> list[Event]:
        """Freeze the text that every party accepts, to be signed in this order, or freely when it is empty.

        `until`: the last day of the convention that it amends; None: that of its own terms.

        Raises:
            StaleVersion, SigningOrderIncomplete, SignBeforeInPast, SignBeforeAfterEnd, ConventionIncomplete: not so, or not yet.
        """
        rights.check(Act.SEAL, self.situation, by)
        if version != self.version:
            raise StaleVersion(current_version=self.version)
        if sign_order and sorted(sign_order) != sorted(self.party_ids):
            raise SigningOrderIncomplete
        if problems := self.problems(authorities, today):
            raise ConventionIncomplete(
                problems=[it.model_dump(mode="json", exclude_none=True) for it in problems]
            )
        signing.check_last_day(sign_before, today, until or self.terms.terms.ends_on)
        self.seal_in_force = Seal.of(
            self.agreement,
            at_version=self.version + 1,
            sign_before=sign_before,
            sign_order=sign_order,
            by=by,
            now=now,
        )
        self.state = ConventionState.READY
        return [
            ConventionSealed(
                convention_id=self.id,
                sealed_hash=self.seal_in_force.sealed_hash,
                sign_before=sign_before,
                organization_id=by.organization_id,
                sign_order=sign_order,
            )
        ]

    def sign(
        self, sealed_hash: str, capacity: str, means: str, by: Speaker, now: datetime, *, today: date
    ) -> list[Event]:
        """Sign for one party; the last signature makes a convention active, an amendment ready to enter into force."""
        rights.check(Act.SIGN, self.situation, by)
        if self.check_seal(sealed_hash).lapsed(today):
            raise SigningDeadlinePassed
        return self.count(Signature.given(sealed_hash, capacity, means, by, now))

    def count(self, given: Signature) -> list[Event]:
        """One more party has signed what is sealed, as its rules allow."""
        self.signatures[given.organization_id] = given
        signed = given.told_of(self.id, next_to_sign=self.situation.turn_of)
        if not self.signatures.keys() >= self.party_ids:
            self.state = ConventionState.PARTLY_SIGNED
            return [signed]
        self.activated_at = given.signed_at
        if self.amends:
            self.state = ConventionState.SIGNED
            return [signed, self.amends.signed_by_all(self.id)]
        self.state = ConventionState.ACTIVE
        term = self.terms.terms
        activated = ConventionActivated(convention_id=self.id, starts_on=term.starts_on, ends_on=term.ends_on)
        return [signed, activated]

    def refuse(self, sealed_hash: str, reason: str, by: Speaker, now: datetime) -> list[Event]:
        """Will not sign this text: it is open again, and no signature counts."""
        rights.check(Act.REFUSE, self.situation, by)
        seal = self.check_seal(sealed_hash)
        self.refusal = RefusalToSign.given(seal, reason, by, now)
        refused = SignatureRefused(convention_id=self.id, organization_id=by.organization_id)
        return [refused, *self.void(VoidReason.REFUSAL, by.organization_id)]

    def void(self, reason: VoidReason, by: OrganizationId) -> list[Event]:
        """Open a sealed text again: no signature counts."""
        if self.seal_in_force is None:
            return []
        voided = tuple(signature.person_id for signature in self.signatures.values())
        self.seal_in_force = None
        self.signatures = {}
        self.state = ConventionState.NEGOTIATING
        return [SignaturesVoided(convention_id=self.id, reason=reason, organization_id=by, voided=voided)]

    def check_seal(self, sealed_hash: str) -> Seal:
        """The seal that is in force, if it is on this hash."""
        if self.seal_in_force is None or self.seal_in_force.sealed_hash != sealed_hash:
            raise SealedTextChanged
        return self.seal_in_force

    def _clause(self, clause_id: ClauseId) -> Clause:
        if (clause := self.clauses.get(clause_id)) is None:
            raise ClauseNotFound
        return clause
