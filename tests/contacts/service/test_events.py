"""What contacts announces: one event per fact, numbered per aggregate, without anything personal."""

from typing import Any

import asyncpg
from nats.aio.client import Client

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import (
    AcceptMandate,
    DeclineMandate,
    GrantSigningAuthority,
    InviteReferent,
)
from shared.contracts.contacts.events import (
    AffiliationStarted,
    MandateAccepted,
    MandateDeclined,
    MandateProposed,
    OrganizationRegistered,
    PersonAdded,
    SigningAuthorityGranted,
)
from shared.contracts.contacts.queries import GetMandateForInvitation
from shared.contracts.identifiers import MandateId, new_id
from shared.contracts.projects.events import ConventionDrafted, ConventionShared, PartyOfConvention
from shared.contracts.values import Side
from shared.kit.service import connected_client
from tests.contacts.service.conftest import World
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase, NatsForTests


async def published(client: Client, count: int) -> list[Any]:
    """The stream's messages, once there are so many."""

    async def enough() -> bool:
        return (await client.jsm().stream_info("CONTACTS")).state.messages >= count

    await eventually(enough)
    return [await client.jsm().get_msg("CONTACTS", seq) for seq in range(1, count + 1)]


async def test_each_fact_is_published_once_and_tells_ids_only(
    world: World, nats_server: NatsForTests
) -> None:
    command = InviteReferent(
        mandate_id=MandateId(new_id()),
        convention_id=world.convention,
        organization_id=world.association,
        given_name="Sonia",
        family_name="Haddad",
        email="sonia.haddad@example.org",
    )
    await world.ask(command, world.claire)
    mandate = await world.operator.ask(GetMandateForInvitation(mandate_id=command.mandate_id))
    await world.gateway.ask(
        AcceptMandate(mandate_id=command.mandate_id, function="trésorière"),
        actor=Actor(mandate.person_id, None),
    )
    await world.ask(GrantSigningAuthority(person_id=mandate.person_id), world.odile)
    declined = command.model_copy(update={"mandate_id": MandateId(new_id()), "email": "x@example.org"})
    await world.ask(declined, world.odile)
    other = await world.operator.ask(GetMandateForInvitation(mandate_id=declined.mandate_id))
    await world.gateway.ask(
        DeclineMandate(mandate_id=declined.mandate_id, reason="Je suis malade."),
        actor=Actor(other.person_id, None),
    )
    # Three organisations, four people with their affiliations, then what happened above.
    async with connected_client(nats_server.operator_url, service="operator") as client:
        messages = await published(client, 3 + 4 * 2 + 8)
    told = [it.subject for it in messages]
    assert told[:3] == [OrganizationRegistered.subject] * 3
    assert told[3:11] == [PersonAdded.subject, AffiliationStarted.subject] * 4
    assert told[11:] == [
        PersonAdded.subject,
        MandateProposed.subject,
        AffiliationStarted.subject,
        MandateAccepted.subject,
        SigningAuthorityGranted.subject,
        PersonAdded.subject,
        MandateProposed.subject,
        MandateDeclined.subject,
    ]
    for word in (b"Sonia", b"Haddad", b"example.org", b"malade", "trésorière".encode(), b"BELLERIVE"):
        assert not any(word in it.data for it in messages)


async def test_versions_follow_one_another_and_match_the_aggregates(
    world: World, contacts: FreshDatabase
) -> None:
    await world.ask(GrantSigningAuthority(person_id=world.karim.person_id), world.claire)
    admin = await asyncpg.connect(contacts.admin_url)
    try:
        gaps = await admin.fetch(
            "SELECT aggregate_id FROM event_log GROUP BY aggregate_id HAVING max(version) <> count(*)"
        )
        differing = await admin.fetch(
            """
            SELECT id FROM (SELECT person_id AS id, version FROM person
                            UNION ALL SELECT organization_id, version FROM organization
                            UNION ALL SELECT mandate_id, version FROM mandate) AS aggregates
            JOIN event_head ON aggregate_id = id WHERE aggregates.version <> event_head.version
            """
        )
    finally:
        await admin.close()
    assert not gaps
    assert not differing


async def test_the_projection_survives_events_twice_and_out_of_order(empty_world: World) -> None:
    world = empty_world
    await world.settle()
    drafted = world.foreign.envelope(
        ConventionDrafted(
            convention_id=world.convention,
            drafted_by=world.hospital,
            parties=(
                PartyOfConvention(organization_id=world.hospital, side=Side.ESTABLISHMENT),
                PartyOfConvention(organization_id=world.association, side=Side.ASSOCIATION),
            ),
        )
    )
    shared = world.foreign.envelope(
        ConventionShared(convention_id=world.convention, organization_id=world.association)
    )
    for envelope in (shared, drafted, drafted, shared):
        await world.foreign.send(envelope)
    await eventually(lambda: world.reads(world.odile))
    assert await world.reads(world.claire)
    assert not await world.reads(world.yann)
