"""Who stands in: the signatories of a vacant side, and the deputy of an absent référent, between her days."""

from datetime import timedelta

import pytest

from services.projects.authority import public as authority
from shared.contracts.actor import Actor
from shared.contracts.contacts.events import (
    DelegationEnded,
    DelegationGranted,
    MandateAccepted,
    MandateEnd,
    MandateEnded,
    MandateProposed,
    SigningAuthorityGranted,
    SigningAuthorityRevoked,
)
from shared.contracts.identifiers import DelegationId, new_id
from shared.kit.clock import today_in_paris
from shared.kit.database import Database
from tests.projects.service.authority.telling import (
    COLLEAGUE,
    CONVENTION,
    HOSPITAL,
    MANDATE,
    OTHER_MANDATE,
    PERSON,
    asked,
    is_referent,
    joins,
    mandate,
    tell,
)
from tests.support.foreign import ForeignService

DELEGATION = DelegationId(new_id())


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


def deputy(*, first: int, last: int) -> DelegationGranted:
    """The colleague acts for the référent, from one day to another, counted from today."""
    return DelegationGranted(
        mandate_id=MANDATE,
        convention_id=CONVENTION,
        organization_id=HOSPITAL,
        delegation_id=DELEGATION,
        deputy_id=COLLEAGUE,
        starts_on=today_in_paris() + timedelta(days=first),
        ends_on=today_in_paris() + timedelta(days=last),
    )


@pytest.mark.parametrize(
    ("first", "last", "acts"), [(0, 0, True), (-5, 5, True), (1, 5, False), (-5, -1, False)]
)
async def test_a_deputy_acts_between_the_days_only(
    projection: Database, contacts: ForeignService, first: int, last: int, acts: bool
) -> None:
    await tell(
        projection,
        contacts.envelope(joins(PERSON, HOSPITAL)),
        contacts.envelope(joins(COLLEAGUE, HOSPITAL)),
        contacts.envelope(mandate(MandateProposed, MANDATE, PERSON, proposed_by=HOSPITAL)),
        contacts.envelope(mandate(MandateAccepted, MANDATE, PERSON)),
        contacts.envelope(deputy(first=first, last=last)),
    )
    assert await asked(projection, lambda tx: is_referent(tx, CONVENTION, COLLEAGUE, HOSPITAL)) is acts
    member = await asked(projection, lambda tx: authority.require_member(tx, Actor(COLLEAGUE, HOSPITAL)))
    assert (CONVENTION in member.referent_in) is acts
    # The référent keeps her own rights.
    assert await asked(projection, lambda tx: is_referent(tx, CONVENTION, PERSON, HOSPITAL))


async def test_a_deputy_acts_no_more_once_it_or_the_mandate_ends(
    projection: Database, contacts: ForeignService
) -> None:
    await tell(
        projection,
        contacts.envelope(joins(PERSON, HOSPITAL)),
        contacts.envelope(joins(COLLEAGUE, HOSPITAL)),
        contacts.envelope(mandate(MandateProposed, MANDATE, PERSON, proposed_by=HOSPITAL)),
        contacts.envelope(mandate(MandateAccepted, MANDATE, PERSON)),
        contacts.envelope(deputy(first=-1, last=1)),
    )
    ended = DelegationEnded(
        mandate_id=MANDATE,
        convention_id=CONVENTION,
        organization_id=HOSPITAL,
        delegation_id=DELEGATION,
        deputy_id=COLLEAGUE,
    )
    await tell(projection, contacts.envelope(ended))
    assert not await asked(projection, lambda tx: is_referent(tx, CONVENTION, COLLEAGUE, HOSPITAL))
    again = deputy(first=-1, last=1).model_copy(update={"delegation_id": DelegationId(new_id())})
    await tell(projection, contacts.envelope(again))
    assert await asked(projection, lambda tx: is_referent(tx, CONVENTION, COLLEAGUE, HOSPITAL))
    await tell(projection, contacts.envelope(mandate(MandateEnded, MANDATE, PERSON, reason=MandateEnd.LEFT)))
    assert not await asked(projection, lambda tx: is_referent(tx, CONVENTION, COLLEAGUE, HOSPITAL))
