"""A partnership as notifications hears of it, played through the contracts: contacts', projects' and web's part."""

import asyncio
import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.contracts.actor import Actor
from shared.contracts.contacts.events import AffiliationStarted, MandateAccepted, MandateProposed
from shared.contracts.contacts.queries import (
    GetOwnAffiliations,
    NameForNotice,
    NamesForNotice,
    OrganizationName,
    PersonContact,
    PersonName,
    PersonView,
)
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import (
    ClauseId,
    CommentId,
    ConventionId,
    MandateId,
    OrganizationId,
    PersonId,
    new_id,
)
from shared.contracts.messages import Event, Request, View
from shared.contracts.projects.events import (
    ClauseProposed,
    CommentAdded,
    ConventionDrafted,
    ConventionSealed,
    NegotiationOpened,
    PartyOfConvention,
)
from shared.contracts.projects.naming import (
    DescribeForNotice,
    DescribeTemplateForNotice,
    NoticeSubject,
    TemplateSubject,
)
from shared.contracts.refusals import Refusal
from shared.contracts.values import Side
from shared.contracts.web.commands import (
    InvitationLink,
    IssueInvitationLink,
    IssuePasswordResetLink,
    PasswordResetLink,
)
from shared.contracts.web.refusals import PasswordResetNotFound
from shared.kit.requests import OUTCOME
from tests.support.foreign import ForeignService

HASH = "a" * 64
SIGN_BEFORE = date(2026, 11, 27)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of one side."""

    person_id: PersonId
    organization_id: OrganizationId
    given_name: str
    family_name: str

    @property
    def actor(self) -> Actor:
        return Actor(self.person_id, self.organization_id)

    @property
    def email(self) -> str:
        return f"{self.given_name}.{self.person_id.hex}@example.org".lower()


@dataclass
class Partnership:
    """Claire answers and signs for a hospital; Odile answers for an association, Paul signs for it."""

    foreign: ForeignService
    hospital: OrganizationId = field(default_factory=lambda: OrganizationId(new_id()))
    association: OrganizationId = field(default_factory=lambda: OrganizationId(new_id()))
    convention: ConventionId = field(default_factory=lambda: ConventionId(new_id()))
    unreadable: set[PersonId] = field(default_factory=set)
    """Who may not read the convention, as far as projects says."""
    without_account: set[PersonId] = field(default_factory=set)
    """Who cannot sign in, as far as web says."""
    asked: list[str] = field(default_factory=list)
    """The questions that came, by subject."""
    answering: asyncio.Event = field(default_factory=asyncio.Event)
    """Answers wait for it to be set; it is set at the start."""

    def __post_init__(self) -> None:
        self.answering.set()
        self.claire = Someone(PersonId(new_id()), self.hospital, "Claire", "Vasseur")
        self.odile = Someone(PersonId(new_id()), self.association, "Odile", "Marchand")
        self.paul = Someone(PersonId(new_id()), self.association, "Paul", "Girard")
        self._clauses = itertools.count(1)
        self._links = itertools.count(1)

    @property
    def people(self) -> dict[UUID, Someone]:
        return {it.person_id: it for it in (self.claire, self.odile, self.paul)}

    # -------------------------------------------------------- what happened

    async def begin(self) -> None:
        """Affiliations, the draft, and both référents: nobody is told anything that this test looks at."""
        await self.affiliate(self.claire, signatory=True)
        await self.affiliate(self.odile, signatory=False)
        await self.affiliate(self.paul, signatory=True)
        await self.draft()
        for someone in (self.claire, self.odile):
            proposed = self.mandate(someone)
            await self.tell(proposed, by=someone)
            await self.tell(self.acceptance(proposed), by=someone)
        await self.tell(self.opening())

    async def affiliate(self, someone: Someone, *, signatory: bool) -> None:
        await self.tell(
            AffiliationStarted(
                person_id=someone.person_id,
                organization_id=someone.organization_id,
                administrator=False,
                signatory=signatory,
            )
        )

    async def draft(self) -> None:
        parties = (
            PartyOfConvention(organization_id=self.hospital, side=Side.ESTABLISHMENT),
            PartyOfConvention(organization_id=self.association, side=Side.ASSOCIATION),
        )
        drafted = ConventionDrafted(convention_id=self.convention, drafted_by=self.hospital, parties=parties)
        await self.tell(drafted, by=self.claire)

    def mandate(
        self, someone: Someone, *, proposed_by: OrganizationId | None = None, entrusted: bool = False
    ) -> MandateProposed:
        return MandateProposed(
            mandate_id=MandateId(new_id()),
            convention_id=self.convention,
            organization_id=someone.organization_id,
            person_id=someone.person_id,
            proposed_by=proposed_by or someone.organization_id,
            entrusted=entrusted,
        )

    def acceptance(self, proposed: MandateProposed) -> MandateAccepted:
        return MandateAccepted(
            mandate_id=proposed.mandate_id,
            convention_id=proposed.convention_id,
            organization_id=proposed.organization_id,
            person_id=proposed.person_id,
        )

    def proposal(
        self, clause_id: ClauseId | None = None, *, side: OrganizationId | None = None
    ) -> ClauseProposed:
        return ClauseProposed(
            convention_id=self.convention,
            clause_id=clause_id or ClauseId(new_id()),
            revision=next(self._clauses),
            organization_id=side or self.association,
        )

    def opening(self) -> NegotiationOpened:
        return NegotiationOpened(convention_id=self.convention)

    def comment(self) -> CommentAdded:
        return CommentAdded(
            convention_id=self.convention,
            comment_id=CommentId(new_id()),
            clause_id=ClauseId(new_id()),
            organization_id=self.association,
        )

    def sealing(self) -> ConventionSealed:
        return ConventionSealed(
            convention_id=self.convention,
            sealed_hash=HASH,
            sign_before=SIGN_BEFORE,
            organization_id=self.association,
        )

    async def tell(self, event: Event, *, by: Someone | None = None, **given: Any) -> Envelope:
        """Publish an event, as the act of a person."""
        actor: dict[str, Any] = (
            {"actor_person": by.person_id, "actor_organization": by.organization_id} if by else {}
        )
        return await self.foreign.publish(event, **(actor | given))

    # -------------------------------------------------------- what is asked

    def contact(self, person_id: PersonId) -> PersonContact:
        someone = self.people[person_id]
        return PersonContact(
            person_id=someone.person_id,
            given_name=someone.given_name,
            family_name=someone.family_name,
            email=someone.email,
        )

    def names(self, question: NameForNotice) -> NamesForNotice:
        organizations = {
            self.hospital: OrganizationName(
                organization_id=self.hospital, name="Centre hospitalier de Bellerive", side=Side.ESTABLISHMENT
            ),
            self.association: OrganizationName(
                organization_id=self.association, name="Main tendue", side=Side.ASSOCIATION
            ),
        }
        people = [self.people[it] for it in question.person_ids if it in self.people]
        return NamesForNotice(
            recipient=self.contact(question.recipient),
            people=tuple(
                PersonName(person_id=it.person_id, given_name=it.given_name, family_name=it.family_name)
                for it in people
            ),
            organizations=tuple(organizations[it] for it in question.organization_ids if it in organizations),
        )

    def describe(self, question: DescribeForNotice) -> NoticeSubject:
        return NoticeSubject(
            readable=question.person_id not in self.unreadable,
            convention_title="Écoute en oncologie",
            clause_number=4 if question.clause_id else None,
            project_title="Lecture en pédiatrie" if question.project_id else None,
            sign_before=SIGN_BEFORE,
        )

    def describe_template(self, question: DescribeTemplateForNotice) -> TemplateSubject:
        return TemplateSubject(
            title=None if question.person_id in self.unreadable else "Permanences d’écoute"
        )

    def invite(self, command: IssueInvitationLink) -> InvitationLink:
        url = f"https://entente.example.fr/invitation/{command.mandate_id.hex}"
        return InvitationLink(url=url, expires_at=datetime(2026, 12, 5, 12, 0, tzinfo=UTC))

    def own_account(self, question: GetOwnAffiliations) -> PersonView:
        contact = self.contact(question.person_id)
        return PersonView(
            person_id=contact.person_id,
            given_name=contact.given_name,
            family_name=contact.family_name,
            email=contact.email,
            affiliations=(),
        )

    def reset(self, command: IssuePasswordResetLink) -> PasswordResetLink:
        if command.person_id in self.without_account:
            raise PasswordResetNotFound
        url = f"https://entente.example.fr/mot-de-passe-oublie/{next(self._links)}"
        return PasswordResetLink(url=url, expires_at=datetime(2026, 11, 22, 13, 0, tzinfo=UTC))

    async def answer(self, contacts: Client, projects: Client, web: Client) -> None:
        """Answer what notifications asks, on each service's own connection."""
        await self._answer(contacts, NameForNotice, self.names)
        await self._answer(projects, DescribeForNotice, self.describe)
        await self._answer(projects, DescribeTemplateForNotice, self.describe_template)
        await self._answer(contacts, GetOwnAffiliations, self.own_account)
        await self._answer(web, IssueInvitationLink, self.invite)
        await self._answer(web, IssuePasswordResetLink, self.reset)

    async def _answer(self, client: Client, question: type[Request[Any]], answer: Any) -> None:
        async def on_question(message: Msg) -> None:
            self.asked.append(message.subject)
            await self.answering.wait()
            try:
                reply: View = answer(question.model_validate_json(message.data))
                outcome, body = "done", reply.model_dump_json()
            except Refusal as refusal:
                outcome, body = "refused", json.dumps({"code": refusal.code, "fields": refusal.fields})
            await client.publish(message.reply, body.encode(), headers={OUTCOME: outcome})

        await client.subscribe(question.subject, queue=question.service, cb=on_question)
        await client.flush()
