"""Who may act, as contacts tells it: in order, once, and the same when told again from the start."""

import random
from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest
from nats.aio.client import Client

from services.projects.authority import public as authority
from services.projects.authority.subscribers import subscribers
from shared.backbone import inbox
from shared.contracts.actor import Actor
from shared.contracts.contacts.events import (
    AffiliationEnded,
    AffiliationStarted,
    MandateAccepted,
    MandateDeclined,
    MandateEnd,
    MandateEnded,
    MandateProposed,
    MandateWithdrawn,
    SigningAuthorityGranted,
    SigningAuthorityRevoked,
)
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.refusals import NotAMemberOfOrganization
from shared.kit.database import Database, Transaction, connected, transaction
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase

PERSON, COLLEAGUE = PersonId(new_id()), PersonId(new_id())
HOSPITAL, ASSOCIATION = OrganizationId(new_id()), OrganizationId(new_id())
CONVENTION = ConventionId(new_id())
MANDATE, OTHER_MANDATE, OPEN_MANDATE, LAST_MANDATE = (MandateId(new_id()) for _ in range(4))


def joins(person: PersonId, organization: OrganizationId, *, signatory: bool = False) -> AffiliationStarted:
    return AffiliationStarted(
        person_id=person, organization_id=organization, administrator=False, signatory=signatory
    )


def mandate(kind: Callable[..., Event], mandate_id: MandateId, person: PersonId, **given: Any) -> Event:
    return kind(
        mandate_id=mandate_id, convention_id=CONVENTION, organization_id=HOSPITAL, person_id=person, **given
    )


@pytest.fixture
async def projection(projects_database: FreshDatabase) -> AsyncGenerator[Database]:
    """The service's database, without the service: what is told is applied here."""
    async with connected(projects_database.url) as it:
        yield it


async def tell(database: Database, *envelopes: Envelope) -> None:
    """Apply events as the consumer does."""
    async with transaction(database, actor=None) as tx:
        await inbox.apply(tx, "contacts", envelopes, subscribers)


@pytest.fixture
def contacts() -> ForeignService:
    """Makes the envelopes that contacts' relay would give; never connected."""
    return ForeignService(Client())


async def asked(database: Database, question: Callable[[Transaction], Any]) -> Any:
    async with transaction(database, actor=None) as tx:
        return await question(tx)


async def test_members_signatories_and_referents(projection: Database, contacts: ForeignService) -> None:
    person = Actor(PERSON, HOSPITAL)
    await tell(
        projection,
        contacts.envelope(joins(PERSON, HOSPITAL)),
        contacts.envelope(mandate(MandateProposed, MANDATE, PERSON, proposed_by=HOSPITAL)),
    )
    async with transaction(projection, actor=None) as tx:
        member = await authority.require_member(tx, person)
        assert (member.signatory, member.referent_in) == (False, frozenset())
        assert await authority.is_member(tx, PERSON, HOSPITAL)
        assert not await authority.is_member(tx, PERSON, ASSOCIATION)
        assert not await authority.organizations_with_signatory(tx, [HOSPITAL])
        assert await authority.referents_of(tx, CONVENTION) == ()
        assert (await authority.sides_of(tx, [CONVENTION]))[CONVENTION].asked == {HOSPITAL}
    await tell(
        projection,
        contacts.envelope(SigningAuthorityGranted(person_id=PERSON, organization_id=HOSPITAL)),
        contacts.envelope(mandate(MandateAccepted, MANDATE, PERSON)),
    )
    async with transaction(projection, actor=None) as tx:
        member = await authority.require_member(tx, person)
        assert (member.signatory, member.referent_in) == (True, {CONVENTION})
        assert (await authority.require_member(tx, person, ConventionId(new_id()))).referent_in == frozenset()
        assert await is_signatory(tx, PERSON, HOSPITAL)
        assert await authority.organizations_with_signatory(tx, [HOSPITAL])
        assert await is_referent(tx, CONVENTION, PERSON, HOSPITAL)
        assert not await is_referent(tx, CONVENTION, PERSON, ASSOCIATION)
        assert not await is_referent(tx, CONVENTION, COLLEAGUE, HOSPITAL)


async def test_who_left_neither_signs_nor_negotiates(projection: Database, contacts: ForeignService) -> None:
    await tell(
        projection,
        contacts.envelope(joins(PERSON, HOSPITAL, signatory=True)),
        contacts.envelope(mandate(MandateProposed, MANDATE, PERSON, proposed_by=HOSPITAL)),
        contacts.envelope(mandate(MandateAccepted, MANDATE, PERSON)),
        contacts.envelope(AffiliationEnded(person_id=PERSON, organization_id=HOSPITAL)),
    )
    async with transaction(projection, actor=None) as tx:
        assert not await is_referent(tx, CONVENTION, PERSON, HOSPITAL)
        assert not await is_signatory(tx, PERSON, HOSPITAL)
        with pytest.raises(NotAMemberOfOrganization):
            await authority.require_member(tx, Actor(PERSON, HOSPITAL))
        with pytest.raises(NotAMemberOfOrganization):
            await authority.require_member(tx, Actor(PERSON, None))
        assert await authority.member_or_invited(tx, Actor(PERSON, None), CONVENTION) is None


async def test_a_mandate_may_be_known_before_the_affiliation(
    projection: Database, contacts: ForeignService
) -> None:
    await tell(
        projection,
        contacts.envelope(mandate(MandateProposed, MANDATE, PERSON, proposed_by=ASSOCIATION)),
        contacts.envelope(mandate(MandateAccepted, MANDATE, PERSON)),
    )
    assert not await asked(projection, lambda tx: is_referent(tx, CONVENTION, PERSON, HOSPITAL))
    await tell(projection, contacts.envelope(joins(PERSON, HOSPITAL)))
    assert await asked(projection, lambda tx: is_referent(tx, CONVENTION, PERSON, HOSPITAL))


async def test_on_a_vacant_side_whoever_may_sign_stands_in(
    projection: Database, contacts: ForeignService
) -> None:
    await tell(
        projection,
        contacts.envelope(joins(PERSON, HOSPITAL)),
        contacts.envelope(joins(COLLEAGUE, HOSPITAL, signatory=True)),
        contacts.envelope(mandate(MandateProposed, MANDATE, PERSON, proposed_by=HOSPITAL)),
        contacts.envelope(mandate(MandateAccepted, MANDATE, PERSON)),
    )
    signatory = Actor(COLLEAGUE, HOSPITAL)
    assert (await asked(projection, lambda tx: authority.require_member(tx, signatory))).referent_in == set()
    await tell(projection, contacts.envelope(mandate(MandateEnded, MANDATE, PERSON, reason=MandateEnd.LEFT)))
    assert not await asked(projection, lambda tx: is_referent(tx, CONVENTION, PERSON, HOSPITAL))
    assert await asked(projection, lambda tx: is_referent(tx, CONVENTION, COLLEAGUE, HOSPITAL))
    for asking in (CONVENTION, None):
        standing_in = await asked(
            projection, lambda tx, asking=asking: authority.require_member(tx, signatory, asking)
        )
        assert standing_in.referent_in == {CONVENTION}
    answering = await asked(projection, lambda tx: authority.who_answers_for(tx, CONVENTION))
    assert (answering.sides, answering.vacant) == ({HOSPITAL}, {HOSPITAL})
    # Without anybody who may sign, the side is vacant all the same, and nobody answers for it.
    await tell(
        projection, contacts.envelope(SigningAuthorityRevoked(person_id=COLLEAGUE, organization_id=HOSPITAL))
    )
    answering = await asked(projection, lambda tx: authority.who_answers_for(tx, CONVENTION))
    assert (answering.sides, answering.vacant) == (frozenset(), {HOSPITAL})
    # A successor accepts: nobody stands in any more.
    await tell(
        projection,
        contacts.envelope(SigningAuthorityGranted(person_id=COLLEAGUE, organization_id=HOSPITAL)),
        contacts.envelope(mandate(MandateProposed, OTHER_MANDATE, PERSON, proposed_by=HOSPITAL)),
        contacts.envelope(mandate(MandateAccepted, OTHER_MANDATE, PERSON)),
    )
    answering = await asked(projection, lambda tx: authority.who_answers_for(tx, CONVENTION))
    assert (answering.sides, answering.vacant) == ({HOSPITAL}, frozenset())
    assert not await asked(projection, lambda tx: is_referent(tx, CONVENTION, COLLEAGUE, HOSPITAL))


async def is_referent(
    tx: Transaction, convention: ConventionId, person: PersonId, organization: OrganizationId
) -> bool:
    return any(
        (it.person_id, it.organization_id) == (person, organization)
        for it in await authority.referents_of(tx, convention)
    )


async def is_signatory(tx: Transaction, person: PersonId, organization: OrganizationId) -> bool:
    try:
        return (await authority.require_member(tx, Actor(person, organization))).signatory
    except NotAMemberOfOrganization:
        return False


def a_history(contacts: ForeignService) -> list[Envelope]:
    """Everything that contacts ever tells, with people who come, go and come back."""
    return [
        contacts.envelope(it)
        for it in (
            joins(PERSON, HOSPITAL),
            joins(COLLEAGUE, HOSPITAL, signatory=True),
            joins(COLLEAGUE, ASSOCIATION),
            SigningAuthorityGranted(person_id=PERSON, organization_id=HOSPITAL),
            mandate(MandateProposed, MANDATE, PERSON, proposed_by=HOSPITAL),
            mandate(MandateAccepted, MANDATE, PERSON),
            mandate(MandateProposed, OTHER_MANDATE, COLLEAGUE, proposed_by=HOSPITAL),
            mandate(MandateDeclined, OTHER_MANDATE, COLLEAGUE),
            mandate(MandateProposed, OPEN_MANDATE, PERSON, proposed_by=HOSPITAL),
            SigningAuthorityRevoked(person_id=COLLEAGUE, organization_id=HOSPITAL),
            mandate(MandateEnded, MANDATE, PERSON, reason=MandateEnd.LEFT),
            mandate(MandateWithdrawn, OPEN_MANDATE, PERSON),
            mandate(MandateProposed, LAST_MANDATE, PERSON, proposed_by=HOSPITAL),
            AffiliationEnded(person_id=COLLEAGUE, organization_id=ASSOCIATION),
            AffiliationEnded(person_id=PERSON, organization_id=HOSPITAL),
            joins(PERSON, HOSPITAL),
        )
    ]


async def rows(database: Database) -> dict[str, list[Any]]:
    async with transaction(database, actor=None) as tx:
        return {
            table: [tuple(it) for it in await tx.fetch(f"SELECT * FROM {table} ORDER BY 1, 2, 3")]
            for table in ("affiliations", "mandates", "convention_access")
        }


@pytest.mark.parametrize("seed", range(3))
async def test_told_twice_and_out_of_order_it_is_what_a_replay_gives(
    projection: Database,
    database: Callable[[str], FreshDatabase],
    contacts: ForeignService,
    seed: int,
) -> None:
    history = a_history(contacts)
    shuffled = [*history, *history]
    random.Random(seed).shuffle(shuffled)
    for envelope in shuffled:
        await tell(projection, envelope)
    async with connected(database("projects").url) as replayed:
        await tell(replayed, *history)
        assert await rows(projection) == await rows(replayed)
    told = await rows(projection)
    assert [(it[0], it[1], it[3]) for it in told["affiliations"]] == sorted(
        [(PERSON, HOSPITAL, False), (COLLEAGUE, HOSPITAL, False)]
    )
    assert {it[0]: it[4] for it in told["mandates"]} == {
        MANDATE: "ended",
        OTHER_MANDATE: "declined",
        OPEN_MANDATE: "withdrawn",
        LAST_MANDATE: "proposed",
    }
    # Who is asked reads the convention by her mandate; who has answered does not.
    assert [(it[0], it[2], it[3]) for it in told["convention_access"]] == [(CONVENTION, LAST_MANDATE, PERSON)]
