"""What comes before its predecessor waits in its place, and follows as far as there is no gap."""

import pytest

from shared.backbone import inbox
from shared.kit.database import Database, transaction
from tests.backbone.conftest import Counted, registered
from tests.backbone.quarantined import Reactions, Reader
from tests.support.foreign import ForeignService


@pytest.fixture
def service(reader: Database, foreign: ForeignService) -> Reader:
    return Reader(reader, Reactions(), foreign)


async def test_what_was_parked_follows_up_to_the_next_gap(service: Reader) -> None:
    first, other = Counted(), Counted()
    for version in (3, 2, 6, 5):
        await service.receive(first, version)
    await service.receive(other, 2)
    assert (await service.applied(first), await service.parked()) == ([], 5)
    await service.receive(first, 1)
    assert (await service.applied(first), await service.parked()) == ([1, 2, 3], 3)
    await service.receive(first, 4)
    assert (await service.applied(first), await service.parked()) == ([1, 2, 3, 4, 5, 6], 1)
    assert await service.applied(other) == []


async def test_what_came_another_way_meanwhile_is_not_parked_any_more(service: Reader) -> None:
    aggregate = Counted()
    for version in (2, 4):
        await service.receive(aggregate, version)
    told = [service.foreign.envelope(registered(aggregate.id), version=version) for version in (1, 2, 3)]
    async with transaction(service.database, actor=None) as tx:
        await inbox.apply(tx, "contacts", told, service.reactions.subscribers)
    assert (await service.applied(aggregate), await service.parked()) == ([1, 2, 3, 4], 0)
