"""Requests: one transaction each, committed before the reply; refusals, trouble and defects told apart."""

import json
from contextlib import AbstractAsyncContextManager
from uuid import UUID

import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import DeclineMandate, GrantSigningAuthority, RevokeSigningAuthority
from shared.contracts.contacts.queries import GetOwnAffiliations, PersonView
from shared.contracts.contacts.refusals import MandateNotFound
from shared.contracts.identifiers import MandateId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Done
from shared.contracts.refusals import Defect, InvalidRequest, NotSignedIn, Trouble
from shared.kit.asking import Asker
from shared.kit.database import Database
from shared.kit.requests import OUTCOME, PERSON, CurrentActor, InTransaction, Router, answering, answers
from shared.kit.service import connected_client
from tests.support.servers import NatsForTests

SOMEBODY = Actor(person_id=PersonId(new_id()), organization_id=OrganizationId(new_id()))

INSERT = "INSERT INTO event_chain (chain_id, hash, length) VALUES ($1, '', 0)"


def served(router: Router, database: Database, server: NatsForTests) -> AbstractAsyncContextManager[object]:
    return answering(server.url("contacts"), database, [router], service="contacts")


@pytest.fixture
def router() -> Router:
    return Router()


async def test_the_reply_comes_after_the_commit(
    router: Router, producer: Database, nats_server: NatsForTests, asker: Asker
) -> None:
    @router.subscriber(**answers(GrantSigningAuthority))
    async def handle(command: GrantSigningAuthority, actor: CurrentActor, tx: InTransaction) -> Done:
        assert actor == SOMEBODY
        await tx.execute(INSERT, command.person_id)
        return Done(version=7)

    wanted = PersonId(new_id())
    async with served(router, producer, nats_server):
        reply = await asker.ask(GrantSigningAuthority(person_id=wanted), actor=SOMEBODY)
        # Another connection sees the row as soon as the reply is here.
        assert (
            await producer.pool.fetchval("SELECT count(*) FROM event_chain WHERE chain_id = $1", wanted) == 1
        )
    assert reply == Done(version=7)


async def test_a_refusal_undoes_everything_and_keeps_its_code_and_fields(
    router: Router, producer: Database, nats_server: NatsForTests, asker: Asker
) -> None:
    @router.subscriber(**answers(DeclineMandate))
    async def handle(command: DeclineMandate, tx: InTransaction) -> Done:
        await tx.execute(INSERT, command.mandate_id)
        raise MandateNotFound(mandate_id=command.mandate_id)

    wanted = MandateId(new_id())
    async with served(router, producer, nats_server):
        with pytest.raises(MandateNotFound) as refused:
            await asker.ask(DeclineMandate(mandate_id=wanted), actor=SOMEBODY)
    assert refused.value.fields == {"mandate_id": str(wanted)}
    assert await producer.pool.fetchval("SELECT count(*) FROM event_chain") == 0


async def test_wrong_fields_are_refused_by_name(
    router: Router, producer: Database, nats_server: NatsForTests, asker: Asker
) -> None:
    @router.subscriber(**answers(DeclineMandate))
    async def handle(command: DeclineMandate, tx: InTransaction) -> Done:
        return Done()

    wrong = DeclineMandate.model_construct(mandate_id=MandateId(new_id()), reason="x" * 3_000)
    async with served(router, producer, nats_server):
        with pytest.raises(InvalidRequest) as refused:
            await asker.ask(wrong, actor=SOMEBODY)
    assert refused.value.fields["problems"] == [{"field": "reason", "reason": "string_too_long"}]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[1, 2]", b"null"])
async def test_what_is_no_message_is_refused_not_our_fault(
    router: Router, producer: Database, nats_server: NatsForTests, body: bytes
) -> None:
    @router.subscriber(**answers(DeclineMandate))
    async def handle(command: DeclineMandate, tx: InTransaction) -> Done:
        return Done()

    headers = {"content-type": "application/json", PERSON: str(new_id())}
    async with served(router, producer, nats_server):
        async with connected_client(nats_server.url("web"), service="web") as client:
            answer = await client.request(DeclineMandate.subject, body, timeout=5, headers=headers)
    assert (answer.headers or {})[OUTCOME] == "refused"
    assert json.loads(answer.data)["code"] == "invalid_request"


async def test_a_request_of_people_needs_somebody(
    router: Router, producer: Database, nats_server: NatsForTests, asker: Asker
) -> None:
    @router.subscriber(**answers(DeclineMandate))
    async def handle(command: DeclineMandate, actor: CurrentActor, tx: InTransaction) -> Done:
        return Done()

    async with served(router, producer, nats_server):
        with pytest.raises(NotSignedIn):
            await asker.ask(DeclineMandate(mandate_id=MandateId(new_id())))


async def test_trouble_and_defects_are_told_apart(
    router: Router, producer: Database, nats_server: NatsForTests, asker: Asker
) -> None:
    @router.subscriber(**answers(GrantSigningAuthority))
    async def fail(command: GrantSigningAuthority, tx: InTransaction) -> Done:
        raise ZeroDivisionError

    @router.subscriber(**answers(RevokeSigningAuthority))
    async def wait(command: RevokeSigningAuthority, tx: InTransaction) -> Done:
        raise Trouble("the database is away")

    async with served(router, producer, nats_server):
        with pytest.raises(Defect):
            await asker.ask(GrantSigningAuthority(person_id=PersonId(new_id())), actor=SOMEBODY)
        with pytest.raises(Trouble):
            await asker.ask(RevokeSigningAuthority(person_id=PersonId(new_id())), actor=SOMEBODY)


async def test_an_answer_that_cannot_be_made_is_our_fault_not_the_askers(
    router: Router, producer: Database, nats_server: NatsForTests, asker: Asker
) -> None:
    @router.subscriber(**answers(GrantSigningAuthority))
    async def handle(command: GrantSigningAuthority, tx: InTransaction) -> Done:
        await tx.execute(INSERT, command.person_id)
        return Done.model_validate({"version": "not a number"})

    async with served(router, producer, nats_server):
        with pytest.raises(Defect):
            await asker.ask(GrantSigningAuthority(person_id=PersonId(new_id())), actor=SOMEBODY)
    assert await producer.pool.fetchval("SELECT count(*) FROM event_chain") == 0


async def test_nobody_answering_is_trouble(asker: Asker) -> None:
    with pytest.raises(Trouble):
        await asker.ask(DeclineMandate(mandate_id=MandateId(new_id())), actor=SOMEBODY)


async def test_a_request_of_services_acts_as_the_service(
    router: Router, producer: Database, nats_server: NatsForTests, asker: Asker
) -> None:
    seen: list[bool] = []

    @router.subscriber(**answers(GetOwnAffiliations))
    async def handle(query: GetOwnAffiliations, tx: InTransaction) -> PersonView:
        seen.append(await tx.fetchval("SELECT acts_as_service() AND actor_person() IS NULL"))
        return PersonView(
            person_id=query.person_id, given_name="A", family_name="B", email="a@example.org", affiliations=()
        )

    async with served(router, producer, nats_server):
        await asker.ask(GetOwnAffiliations(person_id=PersonId(UUID(int=1))))
    assert seen == [True]
