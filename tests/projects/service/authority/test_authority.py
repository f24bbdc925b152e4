"""Who may act, as contacts tells it: in order, once, and the same when told again from the start."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from services.projects.authority import public as authority
from shared.contracts.actor import Actor
from shared.contracts.contacts.events import (
    AffiliationEnded,
    DelegationGranted,
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
from shared.contracts.identifiers import (
    ConventionId,
    DelegationId,
    OrganizationId,
    PersonId,
    new_id,
)
from shared.contracts.projects.refusals import NotAMemberOfOrganization
from shared.kit import clock
from shared.kit.database import Database, Transaction, connected, transaction
from tests.projects.service.authority.telling import (
    ASSOCIATION,
    COLLEAGUE,
    CONVENTION,
    HOSPITAL,
    LAST_MANDATE,
    MANDATE,
    OPEN_MANDATE,
    OTHER_MANDATE,
    PERSON,
    asked,
    is_referent,
    joins,
    mandate,
    tell,
)
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase


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


async def test_who_is_entrusted_answers_for_her_side_and_so_does_her_deputy(
    projection: Database, contacts: ForeignService
) -> None:
    today = clock.today_in_paris()
    await tell(
        projection,
        contacts.envelope(joins(PERSON, HOSPITAL)),
        contacts.envelope(joins(COLLEAGUE, HOSPITAL)),
        contacts.envelope(mandate(MandateProposed, MANDATE, PERSON, proposed_by=HOSPITAL, entrusted=True)),
        contacts.envelope(mandate(MandateProposed, OTHER_MANDATE, COLLEAGUE, proposed_by=HOSPITAL)),
        contacts.envelope(mandate(MandateAccepted, OTHER_MANDATE, COLLEAGUE)),
    )
    assert not await answers(projection, PERSON), "asked, she has not accepted"
    await tell(projection, contacts.envelope(mandate(MandateAccepted, MANDATE, PERSON)))
    assert await answers(projection, PERSON)
    assert not await answers(projection, COLLEAGUE), "named by nobody who answers for the organisation"
    delegation = DelegationGranted(
        mandate_id=MANDATE,
        convention_id=CONVENTION,
        organization_id=HOSPITAL,
        delegation_id=DelegationId(new_id()),
        deputy_id=COLLEAGUE,
        starts_on=today,
        ends_on=today,
    )
    await tell(projection, contacts.envelope(delegation))
    assert await answers(projection, COLLEAGUE)


async def answers(projection: Database, person: PersonId) -> bool:
    async with transaction(projection, actor=None) as tx:
        member = await authority.require_member(tx, Actor(person, HOSPITAL), CONVENTION)
        return member.answers_for(CONVENTION)


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
