"""Answer commands and queries that come as NATS requests. FastStream does the routing; the policy is here.

One request is one transaction: committed before the reply leaves, rolled back on any exception. The outcome travels in
a header: `done`, `refused` (with a code), `trouble` (worth trying again) or `defect` (ours).
"""

import json
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Annotated, Any, TypeVar
from uuid import UUID

import structlog
from faststream import BaseMiddleware, Depends, StreamMessage
from faststream.context import ContextRepo
from faststream.nats import NatsBroker, NatsResponse, NatsRoute, NatsRouter
from pydantic import ValidationError

from shared.contracts.actor import Actor
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Audience, Done, Request
from shared.contracts.refusals import Defect, InvalidRequest, NotSignedIn, Refusal, Trouble
from shared.kit import connecting, metrics, tracing
from shared.kit.database import Database, Transaction, transaction

logger = structlog.get_logger()

OUTCOME = "Entente-Outcome"
PERSON = "Entente-Person"
ORGANIZATION = "Entente-Organization"
TRACEPARENT = "traceparent"

Handler = TypeVar("Handler", bound=Callable[..., Any])

# How many requests of one kind a process works on at once; the pool of connections is the limit of all kinds together.
CONCURRENT = 8


def answers(request: type[Request[Any]], *, at: str | None = None) -> dict[str, Any]:
    """The options of FastStream's `subscriber` for one kind of request: `@router.subscriber(**answers(SignConvention))`.

    `at` is the service that answers, where every one does. Its replicas share a queue group, so each request is answered
    once.
    """
    service = at or request.service
    return {"subject": request.subject_at(service), "queue": service, "max_workers": CONCURRENT}


class Router:
    """The handlers of one module, written as FastStream's own are. A broker keeps state in the subscribers it is given,
    so each gets its own: a process may then run a service twice, as tests do.
    """

    def __init__(self) -> None:
        self._routes: list[tuple[dict[str, Any], Callable[..., Any]]] = []

    def subscriber(self, **options: Any) -> Callable[[Handler], Handler]:
        """Register a handler: `@router.subscriber(**answers(SignConvention))`."""

        def register(handler: Handler) -> Handler:
            self._routes.append((options, handler))
            return handler

        return register

    def fresh(self) -> NatsRouter:
        """The same handlers for one broker."""
        return NatsRouter(handlers=[NatsRoute(handler, **options) for options, handler in self._routes])


@asynccontextmanager
async def answering(
    url: str, database: Database, routers: Iterable[Router], *, service: str
) -> AsyncGenerator[NatsBroker]:
    """Answer a service's requests until the end of the block; what was taken by then is finished."""
    broker = NatsBroker(
        name=f"entente-{service}-requests",
        **connecting.options(url, service=service),
        context=ContextRepo({"database": database, "service": service}),
        middlewares=[Outcome],
        routers=[router.fresh() for router in routers],
        logger=None,
        graceful_timeout=10.0,
    )
    client = await broker.connect()
    await broker.start()
    # Without this, a request sent right after the start could reach the server before the subscriptions do. Twice,
    # because the library writes its ping past what still waits in its buffer; the second ping follows it.
    await client.flush()
    await client.flush()
    try:
        yield broker
    finally:
        await broker.stop()


# How handlers call what they answer: FastStream reports a request that does not fit by the parameter's name, which tells
# it from an answer of ours that does not.
_PARAMETERS = frozenset({"command", "query", "request"})

# FastStream's own `Context` would be the obvious way, but it resolves each one in a thread: for a request of a
# millisecond that was a third of its CPU.
_message: ContextVar[StreamMessage[Any]] = ContextVar("message")
_database: ContextVar[Database] = ContextVar("database")


async def _actor() -> Actor | None:
    message = _message.get()
    audience = message.raw_message.subject.split(".")[2]
    if audience != Audience.PEOPLE:
        return None
    try:
        organization = message.headers.get(ORGANIZATION)
        return Actor(
            person_id=PersonId(UUID(message.headers[PERSON])),
            organization_id=OrganizationId(UUID(organization)) if organization else None,
        )
    except (KeyError, ValueError):
        raise NotSignedIn from None


async def _transaction(actor: Annotated[Actor | None, Depends(_actor)]) -> AsyncGenerator[Transaction]:
    async with transaction(_database.get(), actor=actor) as tx:
        try:
            yield tx
        except ValidationError as error:
            if _about_the_request(error):
                raise
            raise Defect(f"{error.title} cannot be made of what is stored") from error


CurrentActor = Annotated[Actor, Depends(_actor)]
"""The person on whose behalf the request is made. Only for requests of people."""

InTransaction = Annotated[Transaction, Depends(_transaction, cast=False)]
"""The request's transaction."""


class Outcome(BaseMiddleware[Any, Any]):
    """Turn whatever a handler returns or raises into a reply with its outcome; trace, measure and log it."""

    async def consume_scope(self, call_next: Any, msg: StreamMessage[Any]) -> Any:
        """Answer one request."""
        tracing.begin(msg.headers.get(TRACEPARENT))
        _message.set(msg)
        _database.set(self.context.get("database"))
        service, name = self.context.get("service"), msg.raw_message.subject.rsplit(".", 1)[-1]
        started = time.perf_counter()
        try:
            await _require_readable(msg)
            reply = await call_next(msg)
            outcome, body = "done", reply.model_dump_json().encode()
            # Questions change nothing, and there are many.
            if isinstance(reply, Done):
                logger.info("request_done", request=name)
        except Refusal as refusal:
            outcome, body = "refused", _explain(refusal)
            logger.info("request_refused", request=name, code=refusal.code)
        except ValidationError as error:
            outcome, body = "refused", _explain(invalid(error))
        except Trouble as trouble:
            outcome, body = "trouble", b"{}"
            logger.warning("request_troubled", request=name, reason=str(trouble))
        except Exception as error:
            outcome, body = "defect", b"{}"
            logger.exception("request_failed", request=name, reason=type(error).__name__)
        metrics.requests_total.labels(service, name, outcome).inc()
        metrics.request_seconds.labels(service, name).observe(time.perf_counter() - started)
        return NatsResponse(body, headers={OUTCOME: outcome})


def invalid(error: ValidationError) -> InvalidRequest:
    """What is wrong with a message's fields, all at once, without repeating their values."""
    return InvalidRequest(
        [
            {"field": _path(problem["loc"]), "reason": problem["type"]}
            for problem in error.errors(include_url=False, include_context=False, include_input=False)
        ]
    )


async def _require_readable(message: StreamMessage[Any]) -> None:
    # Asked before the handler is, because a later error of the same class would be ours.
    try:
        await message.decode()
    except ValueError:
        raise InvalidRequest([{"field": "", "reason": "json_invalid"}]) from None


def _about_the_request(error: ValidationError) -> bool:
    return all(problem["loc"] and problem["loc"][0] in _PARAMETERS for problem in error.errors())


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in location if step not in _PARAMETERS)


def _explain(refusal: Refusal) -> bytes:
    return json.dumps({"code": refusal.code, "fields": refusal.fields}, default=str).encode()
