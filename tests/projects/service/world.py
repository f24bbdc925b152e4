"""A hospital, an association and an outsider, as projects knows them: through contacts' events."""

from dataclasses import dataclass, field
from datetime import timedelta

from shared.contracts.actor import Actor
from shared.contracts.contacts.events import (
    AffiliationEnded,
    AffiliationStarted,
    MandateAccepted,
    MandateProposed,
)
from shared.contracts.identifiers import ClauseId, ConventionId, MandateId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects.commands import (
    AcceptClauses,
    ClauseAtRevision,
    DraftConvention,
    PartyToConvene,
    ProposeClause,
    SealConvention,
    SignConvention,
)
from shared.contracts.projects.queries import (
    ClauseView,
    ConventionState,
    ConventionView,
    GetConvention,
    ListConventions,
)
from shared.contracts.projects.refusals import ConventionNotFound, NotAMemberOfOrganization
from shared.contracts.values import Side
from shared.kit.asking import Asker, R
from shared.kit.clock import today_in_paris
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService

BLANK = "[à compléter]"
TODAY = today_in_paris()
SIGN_BEFORE = TODAY + timedelta(days=30)


@dataclass(frozen=True)
class Member:
    """A person who belongs to an organisation, as an actor."""

    person_id: PersonId
    organization_id: OrganizationId

    @property
    def actor(self) -> Actor:
        return Actor(self.person_id, self.organization_id)


def new_member(organization_id: OrganizationId) -> Member:
    return Member(PersonId(new_id()), organization_id)


@dataclass
class World:
    """Projects, running, and the people who use it. `contacts` plays the service that tells who they are."""

    gateway: Asker
    contacts: ForeignService
    hospital: OrganizationId = field(default_factory=lambda: OrganizationId(new_id()))
    association: OrganizationId = field(default_factory=lambda: OrganizationId(new_id()))
    outsider: OrganizationId = field(default_factory=lambda: OrganizationId(new_id()))
    convention: ConventionId = field(default_factory=lambda: ConventionId(new_id()))

    def __post_init__(self) -> None:
        self.claire = new_member(self.hospital)
        """Référente of the hospital."""
        self.hugo = new_member(self.hospital)
        """Director of the hospital: signs, does not negotiate."""
        self.karim = new_member(self.hospital)
        """A colleague without a role."""
        self.odile = new_member(self.association)
        """Référente and présidente of the association."""
        self.yann = new_member(self.outsider)
        """Administrator and signatory of a third organisation."""

    async def settle(self) -> None:
        """Contacts tells who belongs where."""
        for member, signatory in (
            (self.claire, False),
            (self.hugo, True),
            (self.karim, False),
            (self.odile, True),
            (self.yann, True),
        ):
            await self.join(member, signatory=signatory)

    async def join(self, member: Member, *, signatory: bool = False) -> None:
        """A person joins an organisation; projects has heard of it."""
        await self.contacts.publish(
            AffiliationStarted(
                person_id=member.person_id,
                organization_id=member.organization_id,
                administrator=signatory,
                signatory=signatory,
            )
        )
        await eventually(lambda: self._belongs(member))

    async def join_as(self, member: Member, organization_id: OrganizationId) -> Member:
        """The same person joins a second organisation, and may sign for it."""
        there = Member(member.person_id, organization_id)
        await self.join(there, signatory=True)
        return there

    async def leave(self, member: Member) -> None:
        """A person leaves an organisation; projects has heard of it."""
        await self.contacts.publish(
            AffiliationEnded(person_id=member.person_id, organization_id=member.organization_id)
        )

        async def left() -> bool:
            return not await self._belongs(member)

        await eventually(left)

    async def ask(self, request: Request[R], member: Member) -> R:
        """A request on behalf of a member."""
        return await self.gateway.ask(request, actor=member.actor, timeout_seconds=10)

    async def get(self, member: Member | None = None) -> ConventionView:
        """The convention as a member reads it; Claire, if nobody is named."""
        return await self.ask(GetConvention(convention_id=self.convention), member or self.claire)

    # ------------------------------------------------------------ the convention in each state

    def to_draft(self) -> DraftConvention:
        """What Claire fills in."""
        return DraftConvention(
            convention_id=self.convention,
            title="Bénévoles en soins palliatifs",
            aim="Accompagner les personnes hospitalisées.",
            parties=(
                PartyToConvene(
                    organization_id=self.hospital,
                    side=Side.ESTABLISHMENT,
                    name="Centre hospitalier de Bellerive",
                    seat="1 rue des Tilleuls, 69000 Bellerive",
                ),
                PartyToConvene(
                    organization_id=self.association, side=Side.ASSOCIATION, name="Main tendue", seat=""
                ),
            ),
            starts_on=TODAY + timedelta(days=1),
            ends_on=TODAY + timedelta(days=366),
        )

    async def draft(self) -> ConventionView:
        """Claire drafts the convention."""
        await self.ask(self.to_draft(), self.claire)
        return await self.get()

    async def propose_mandate(self, member: Member, *, entrusted: bool = False) -> MandateId:
        """Contacts tells that a member is asked to be référent."""
        mandate_id = MandateId(new_id())
        await self.contacts.publish(
            MandateProposed(
                mandate_id=mandate_id,
                convention_id=self.convention,
                organization_id=member.organization_id,
                person_id=member.person_id,
                proposed_by=self.hospital,
                entrusted=entrusted,
            )
        )
        return mandate_id

    async def accept_mandate(self, member: Member, mandate_id: MandateId) -> None:
        """Contacts tells that she accepted."""
        await self.contacts.publish(
            MandateAccepted(
                mandate_id=mandate_id,
                convention_id=self.convention,
                organization_id=member.organization_id,
                person_id=member.person_id,
            )
        )

    async def appoint(self, member: Member, *, entrusted: bool = True) -> None:
        """A member becomes référent, named by who answers for her side; projects has heard of it."""
        await self.accept_mandate(member, await self.propose_mandate(member, entrusted=entrusted))

        async def known() -> bool:
            parties = (await self.get()).parties
            return any(it.organization_id == member.organization_id and it.has_referent for it in parties)

        await eventually(known)

    async def negotiate(self) -> ConventionView:
        """Draft, with a référente on each side."""
        await self.draft()
        await self.appoint(self.claire)
        await self.appoint(self.odile)

        async def opened() -> ConventionView | None:
            convention = await self.get()
            return convention if convention.state is ConventionState.NEGOTIATING else None

        convention = await eventually(opened)
        assert convention is not None
        return convention

    async def agree(self) -> ConventionView:
        """Negotiated: every blank is filled in by the hospital, every clause accepted by both."""
        convention = await self.negotiate()
        for clause in convention.clauses:
            if BLANK in clause.text:
                await self.propose(clause, clause.text.replace(BLANK, "ce qui suit"), self.claire)
        await self.accept_all(self.odile)
        return await self.get()

    async def propose(self, clause: ClauseView, text: str, member: Member) -> None:
        await self.ask(
            ProposeClause(
                convention_id=self.convention, clause_id=clause.clause_id, revision=clause.revision, text=text
            ),
            member,
        )

    async def accept_all(self, member: Member) -> None:
        """Accept every clause as it stands."""
        read = await self.get(member)
        await self.ask(
            AcceptClauses(
                convention_id=self.convention,
                clauses=as_read(read.clauses),
                terms_revision=read.terms.revision,
            ),
            member,
        )

    async def seal(self) -> str:
        """Agreed and sealed; returns the hash."""
        convention = await self.agree()
        return await self.seal_again(convention.version)

    async def seal_again(self, version: int) -> str:
        sealed = await self.ask(
            SealConvention(convention_id=self.convention, version=version, sign_before=SIGN_BEFORE),
            self.claire,
        )
        return sealed.sealed_hash

    async def sign(self, member: Member, sealed_hash: str) -> None:
        await self.ask(
            SignConvention(convention_id=self.convention, sealed_hash=sealed_hash, capacity="par délégation"),
            member,
        )

    async def activate(self) -> ConventionView:
        """Sealed and signed by both sides."""
        sealed_hash = await self.seal()
        await self.sign(self.hugo, sealed_hash)
        await self.sign(self.odile, sealed_hash)
        return await self.get()

    async def sees(self, member: Member) -> bool:
        """Whether the convention exists for a member."""
        return await self.sees_alone(member.actor)

    async def sees_alone(self, actor: Actor) -> bool:
        """Whether the convention exists for an actor, who may speak as nobody."""
        try:
            await self.gateway.ask(
                GetConvention(convention_id=self.convention), actor=actor, timeout_seconds=10
            )
        except ConventionNotFound:
            return False
        return True

    async def _belongs(self, member: Member) -> bool:
        try:
            await self.ask(ListConventions(), member)
        except NotAMemberOfOrganization:
            return False
        return True


def as_read(clauses: tuple[ClauseView, ...]) -> tuple[ClauseAtRevision, ...]:
    """Clauses at the revision at which they were read."""
    return tuple(ClauseAtRevision(clause_id=it.clause_id, revision=it.revision) for it in clauses)


def numbered(convention: ConventionView, number: int) -> ClauseView:
    """The clause that bears a number."""
    return next(it for it in convention.clauses if it.number == number)


def clause_ids(convention: ConventionView) -> set[ClauseId]:
    """The ids of all clauses."""
    return {it.clause_id for it in convention.clauses}
