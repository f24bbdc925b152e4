"""A convention as its pages show it: clauses with their differences, parties, comments, steps."""

from dataclasses import dataclass
from datetime import date, datetime

from services.web.pages.names import Names, Person, names_of
from services.web.visits import Visit
from services.web.wording.evidence import signatory_of
from services.web.wording.steps import Step, steps_of
from services.web.wording.terms import renewal_in_words
from shared.contracts.identifiers import ClauseId, ConventionId, OrganizationId
from shared.contracts.projects.amends import Amends
from shared.contracts.projects.party_views import PartyView
from shared.contracts.projects.queries import (
    Act,
    ClauseView,
    CommentView,
    ConventionState,
    ConventionView,
    GetConvention,
)
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris
from shared.texts.differences import Kind, Segment, differences
from shared.texts.showing import isolated


@dataclass(frozen=True, slots=True)
class Facts:
    """What every page of a convention says of it."""

    id: ConventionId
    version: int
    title: str
    aim: str
    state: ConventionState
    regime: str
    starts_on: date
    ends_on: date
    renewal: str
    notice_months: int
    sign_before: date | None
    sign_order: tuple[str, ...]
    """The parties by name, where they sign one after another."""
    sealed_hash: str | None
    sealed_at: datetime | None
    activated_at: datetime | None
    amends: Amends | None
    """What it changes, where it is an amendment."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The evidence of a party's signature."""

    person_name: str
    capacity: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Party:
    """A party and where it stands."""

    organization_id: OrganizationId
    name: str
    side: Side
    is_mine: bool
    has_referent: bool
    has_signatory: bool
    vacant: bool
    accepted: int
    signature: Signature | None
    left_on: date | None
    """Since when it is a party no more."""


@dataclass(frozen=True, slots=True)
class Clause:
    """An article and what changed in it since the reader's last visit."""

    id: ClauseId
    number: int
    title: str
    revision: int
    modified: bool
    is_new: bool
    segments: list[Segment]
    side: Side
    """Whose the changes are; a third party's look where several wrote since."""
    text: str
    reason: str
    author: Person | None
    proposed_at: datetime
    accepted_by_me: bool
    accepted_by_other: bool
    agreed_at: datetime | None
    comments: int
    withdrawn: bool
    """Whether it is to go, by this amendment."""
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment or a message."""

    author: Person
    at: datetime
    text: str
    article: int | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A convention with the names that its page needs."""

    view: ConventionView
    names: Names
    mine: OrganizationId | None

    @property
    def facts(self) -> Facts:
        """What every page says of it."""
        it = self.view
        return Facts(
            id=it.convention_id,
            version=it.version,
            title=isolated(it.title),
            aim=it.aim,
            state=it.state,
            regime=it.regime,
            starts_on=it.starts_on,
            ends_on=it.ends_on,
            renewal=renewal_in_words(it.terms.terms),
            notice_months=it.terms.terms.notice_months,
            sign_before=it.sign_before,
            sign_order=tuple(self.names.organization(party) for party in it.sign_order),
            sealed_hash=it.sealed_hash,
            sealed_at=it.sealed_at,
            activated_at=it.activated_at,
            amends=it.amends,
        )

    @property
    def url(self) -> str:
        """Its page."""
        return f"/conventions/{self.view.convention_id}"

    @property
    def live_url(self) -> str:
        """The stream of what happens to it after what the page shows."""
        return f"/evenements?convention={self.view.convention_id}&version={self.view.version}"

    @property
    def may(self) -> frozenset[Act]:
        """What the reader can do now."""
        return frozenset(self.view.may)

    @property
    def steps(self) -> list[Step]:
        """Its life."""
        return steps_of(self.view, today_in_paris())

    @property
    def parties(self) -> list[Party]:
        """Those that it binds: the establishments first, then the associations."""
        return [it for it in self.all_parties if it.left_on is None]

    @property
    def all_parties(self) -> list[Party]:
        """Those that have left too, where they signed: the text that they signed still names them."""
        parties = [self._party(it) for it in self.view.parties if it.left_on is None or it.signature]
        return sorted(
            parties, key=lambda it: (it.side is not Side.ESTABLISHMENT, it.side is not Side.ASSOCIATION)
        )

    @property
    def clauses(self) -> list[Clause]:
        """In their order."""
        return [self.clause(it) for it in self.view.clauses]

    def clause(self, it: ClauseView) -> Clause:
        """One article, with its differences."""
        before = it.text_before
        mine = self.mine
        return Clause(
            id=it.clause_id,
            number=it.number,
            title=it.title,
            revision=it.revision,
            modified=before is not None or it.is_new,
            is_new=it.is_new,
            segments=_segments(it),
            side=self.names.side(it.changed_by[0] if len(it.changed_by) == 1 else None),
            text=it.text,
            reason=it.reason,
            author=self.names.who(it.proposed_by_person, it.proposed_by) if it.proposed_by_person else None,
            proposed_at=it.proposed_at,
            accepted_by_me=mine in it.accepted_by,
            accepted_by_other=any(party != mine for party in it.accepted_by),
            agreed_at=it.agreed_at,
            comments=it.comments,
            withdrawn=it.withdrawn,
            may_withdraw=it.may_withdraw,
        )

    def comment(self, it: CommentView) -> Comment:
        """One comment, with a link to its article."""
        number = next(
            (clause.number for clause in self.view.clauses if clause.clause_id == it.clause_id), None
        )
        return Comment(
            author=self.names.who(it.person_id, it.organization_id),
            at=it.written_at,
            text=it.text,
            article=number,
            url=f"{self.url}/articles/{it.clause_id}" if number is not None else None,
        )

    def _party(self, it: PartyView) -> Party:
        signature = it.signature and Signature(
            signatory_of(it.signature, self.names.person(it.signature.person_id)),
            it.signature.capacity,
            it.signature.signed_at,
        )
        return Party(
            organization_id=it.organization_id,
            name=self.names.organization(it.organization_id),
            side=it.side,
            is_mine=it.organization_id == self.mine,
            has_referent=it.has_referent,
            has_signatory=it.has_signatory,
            vacant=it.vacant,
            left_on=it.left_on,
            accepted=sum(it.organization_id in clause.accepted_by for clause in self.view.clauses),
            signature=signature,
        )


def _segments(it: ClauseView) -> list[Segment]:
    if it.withdrawn:
        return [Segment(Kind.REMOVED, it.text)]
    if it.is_new:
        return differences("", it.text)
    return [Segment(Kind.SAME, it.text)] if it.text_before is None else differences(it.text_before, it.text)


async def ask_convention(visit: Visit, convention_id: ConventionId) -> Shown:
    """Ask for a convention, then for every name that it needs."""
    view = await visit.web.gateway.ask(GetConvention(convention_id=convention_id), visit.actor)
    signatures = [it.signature for it in view.parties if it.signature]
    names = await names_of(
        visit,
        people=[
            *(it.proposed_by_person for it in view.clauses),
            view.terms.proposed_by_person,
            *(it.person_id for it in view.comments),
            *(it.person_id for it in signatures),
            view.last_refusal.person_id if view.last_refusal else None,
        ],
        organizations=[it.organization_id for it in view.parties],
    )
    return Shown(view, names, visit.actor.organization_id)
