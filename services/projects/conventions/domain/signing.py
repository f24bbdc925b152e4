"""What a seal and a signature leave as evidence, and what stands against sealing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.projects.conventions.domain.annex import Annex
from services.projects.conventions.domain.canonical import Agreement, canonical_form, seal_of
from services.projects.conventions.domain.party import Authorities, Party, balanced
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId
from shared.contracts.projects.events import ConventionSigned
from shared.contracts.projects.queries import SealProblem
from shared.contracts.projects.refusals import SignBeforeInPast
from shared.contracts.projects.seals import SignBeforeAfterEnd

REMINDED_DAYS_BEFORE = (7, 1)

# The last day to sign is a day of Paris, so the day of the sealing that it is compared with is one too.
_WHERE_DAYS_ARE = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a référent attests of a signature on paper."""

    signatory: str
    signed_on: date
    scan: str
    """SHA-256 of the scan."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The signed pages, as a party gave them."""

    file: GivenFile
    organization_id: OrganizationId
    person_id: PersonId
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Seal:
    """A text frozen for signature."""

    at_version: int
    """The version of the convention that the sealing made: the same text sealed twice is two seals."""
    sealed_hash: str
    form: str
    sign_before: date
    sign_order: tuple[OrganizationId, ...]
    """Who signs after whom; empty when the order is free."""
    organization_id: OrganizationId
    person_id: PersonId
    sealed_at: datetime
    scan: Scan | None = None
    """The signed pages, where the parties sign on paper."""
    reminded: int | None = None
    """How many days before the last one the parties were reminded last; None before the first time."""

    def lapsed(self, today: date) -> bool:
        """Whether the last day to sign is over. An offer ends with its term: article 1117 of the Code civil."""
        return today > self.sign_before

    def reminder_due(self, today: date) -> int | None:
        """Which reminder is due, in days before the last one; None when there is none, or it was given."""
        left = (self.sign_before - today).days
        due = min((it for it in REMINDED_DAYS_BEFORE if left <= it), default=None)
        sealed_on = self.sealed_at.astimezone(_WHERE_DAYS_ARE).date()
        sealed_lately = sealed_on >= self.sign_before - timedelta(days=due or 0)
        # Whoever has just been asked to sign is not reminded of it at once.
        if due is None or sealed_lately or (self.reminded is not None and self.reminded <= due):
            return None
        return due

    @staticmethod
    def of(
        agreement: Agreement,
        *,
        at_version: int,
        sign_before: date,
        sign_order: tuple[OrganizationId, ...],
        by: Speaker,
        now: datetime,
    ) -> "Seal":
        """Freeze what the parties agree on."""
        form = canonical_form(agreement)
        return Seal(
            at_version=at_version,
            sealed_hash=seal_of(form),
            form=form,
            sign_before=sign_before,
            sign_order=sign_order,
            organization_id=by.organization_id,
            person_id=by.person_id,
            sealed_at=now,
        )


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed which hash for whom, in which capacity, when, and how she was recognised again."""

    organization_id: OrganizationId
    person_id: PersonId
    capacity: str
    means: str
    sealed_hash: str
    signed_at: datetime
    mandated_since: datetime | None = None
    """Since when her organisation had let her sign for it, where that is known."""
    on_paper: OnPaper | None = None
    """Where she attests what another person signed on paper."""

    @staticmethod
    def given(sealed_hash: str, capacity: str, means: str, by: Speaker, now: datetime) -> "Signature":
        """A new one."""
        return Signature(
            by.organization_id, by.person_id, capacity, means, sealed_hash, now, by.signatory_since
        )

    def told_of(
        self, convention_id: ConventionId, *, next_to_sign: OrganizationId | None
    ) -> ConventionSigned:
        """The event that tells it."""
        return ConventionSigned(
            convention_id=convention_id,
            organization_id=self.organization_id,
            person_id=self.person_id,
            sealed_hash=self.sealed_hash,
            next_to_sign=next_to_sign,
            on_paper=self.on_paper is not None,
        )


@dataclass(frozen=True, slots=True)
class RefusalToSign:
    """Why a party will not sign the text of a seal."""

    at_version: int
    organization_id: OrganizationId
    person_id: PersonId
    reason: str
    refused_at: datetime

    @staticmethod
    def given(seal: Seal, reason: str, by: Speaker, now: datetime) -> "RefusalToSign":
        """A new one."""
        return RefusalToSign(seal.at_version, by.organization_id, by.person_id, reason, now)


def check_last_day(sign_before: date, today: date, until: date) -> None:
    """Pass if a text can wait for signatures that long: what binds nobody any more is not signed.

    Raises:
        SignBeforeInPast, SignBeforeAfterEnd: it cannot.
    """
    if sign_before < today:
        raise SignBeforeInPast(sign_before=sign_before)
    if sign_before > until:
        raise SignBeforeAfterEnd(ends_on=until)


def problems_with(
    agreement: Agreement, agreed_terms: frozenset[OrganizationId], authorities: Authorities, today: date
) -> Iterator[SealProblem]:
    """Everything that stands against sealing, in the order in which one would put it right.

    `agreed_terms`: the parties that accept the terms as they stand.
    """
    parties = frozenset(party.organization_id for party in agreement.parties)
    for clause in sorted(agreement.clauses, key=lambda it: it.number):
        if clause.incomplete:
            yield SealProblem(reason="clause_incomplete", clause_id=clause.id)
        if not clause.accepted_by >= parties:
            yield SealProblem(reason="clause_not_agreed", clause_id=clause.id)
    yield from _problems_with_annexes(agreement.annexes, parties)
    if not agreed_terms >= parties:
        yield SealProblem(reason="terms_not_agreed")
    if any(it.by is not None and it.by not in parties for it in agreement.terms.means):
        yield SealProblem(reason="means_of_no_party")
    yield from _problems_with_parties(agreement.parties, authorities)
    if agreement.terms.ends_on <= agreement.terms.starts_on:
        yield SealProblem(reason="ends_before_start")
    if agreement.terms.ends_on < _first_day(agreement, today):
        yield SealProblem(reason="ended")


def _first_day(agreement: Agreement, today: date) -> date:
    """The first on which it could hold: an amendment that waits for its day changes nothing before."""
    waits_for = agreement.amends.effective_on if agreement.amends else None
    return max(today, waits_for or today)


def _problems_with_parties(everybody: Iterable[Party], authorities: Authorities) -> Iterator[SealProblem]:
    by_id = {it.organization_id: it for it in everybody}
    for organization_id in sorted(by_id.keys() & authorities.silent):
        if balanced(it for it in by_id.values() if it.organization_id != organization_id):
            yield SealProblem(reason="party_silent", organization_id=organization_id)
    for organization_id in sorted(by_id.keys() - authorities.with_referent):
        yield SealProblem(reason="referent_missing", organization_id=organization_id)
    for organization_id in sorted(by_id.keys() - authorities.with_signatory):
        yield SealProblem(reason="signatory_missing", organization_id=organization_id)


def _problems_with_annexes(
    annexes: Iterable[Annex], parties: frozenset[OrganizationId]
) -> Iterator[SealProblem]:
    for annex in sorted(annexes, key=lambda it: it.number):
        if annex.file is None and not annex.withdrawn:
            yield SealProblem(reason="annex_empty", annex_id=annex.id)
        elif not annex.accepted_by >= parties:
            yield SealProblem(reason="annex_not_agreed", annex_id=annex.id)
