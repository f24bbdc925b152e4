"""The ledger and the circle in the database itself, without the service that works on them."""

from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime, timedelta

import pytest

from services.notifications.notices.public import Failed, Sent, claim_letters, record_outcome
from services.notifications.recipients import storage as recipients
from shared.contracts.contacts.events import MandateProposed
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId, new_id
from shared.kit.database import Database, connected, transaction
from tests.notifications.service.conftest import Ledger
from tests.support.servers import FreshDatabase

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LEASE = timedelta(seconds=90)

NOTICE = """
INSERT INTO notices (notice_id, event_id, recipient, as_organization, kind, because, state, version, created_at,
                     convention_id)
VALUES (%s, %s, %s, %s, 'convention_active', 'referent', 'to_read', 1, %s, %s)
"""
DELIVERY = """
INSERT INTO deliveries (delivery_id, letter_id, notice_id, event_id, recipient, channel, kind, convention_id,
                        created_at, due_at)
VALUES (%s, %s, %s, %s, %s, 'email', 'convention_active', %s, %s, %s)
"""


@pytest.fixture
async def own(notifications_database: FreshDatabase) -> AsyncGenerator[Database]:
    """The service's database, as its own role."""
    async with connected(notifications_database.url) as it:
        yield it


async def test_a_worker_that_was_too_slow_undoes_nothing(own: Database, ledger: Ledger) -> None:
    notice, event, person, organization, convention, letter = (new_id() for _ in range(6))
    ledger.rows(NOTICE, notice, event, person, organization, NOW, convention)
    ledger.rows(DELIVERY, letter, letter, notice, event, person, convention, NOW, NOW)
    later = NOW + 2 * LEASE
    async with transaction(own, actor=None) as tx:
        (slow,) = await claim_letters(tx, now=NOW, limit=9, lease=LEASE)
        assert not await claim_letters(tx, now=NOW, limit=9, lease=LEASE)
        (quick,) = await claim_letters(tx, now=later, limit=9, lease=LEASE)
        await record_outcome(tx, slow, Sent(), later)
    assert ledger.states() == ["queued"]
    async with transaction(own, actor=None) as tx:
        await record_outcome(tx, quick, Failed("smtp_550"), later)
        await record_outcome(tx, slow, Sent(), later)
    assert ledger.states() == ["failed"]


async def test_who_left_is_in_no_circle(own: Database) -> None:
    convention, organization = ConventionId(new_id()), OrganizationId(new_id())
    person, mandate = PersonId(new_id()), MandateId(new_id())

    async with transaction(own, actor=None) as tx:
        recipients.add_convention(tx, convention, [organization])
        asked = MandateProposed(
            mandate_id=mandate,
            convention_id=convention,
            organization_id=organization,
            person_id=person,
            proposed_by=organization,
        )
        recipients.add_mandate(tx, asked)
        recipients.answer_mandate(tx, mandate, "accepted")
        for active, referents in ((True, {person}), (False, set[PersonId]())):
            if active:
                recipients.affiliate(tx, person, organization, signatory=True, administrator=False)
            else:
                recipients.end_affiliation(tx, person, organization)
            circle = await recipients.load_circle(
                tx, convention, project_id=None, mandate_id=None, today=date(2026, 11, 23)
            )
            assert circle.parties[0].referents == referents
            assert circle.parties[0].signatories == referents
