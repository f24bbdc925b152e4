"""Ask a service: send a command or a query, get its reply or its refusal."""

import json
from typing import Any, TypeVar

from nats.aio.client import Client
from nats.errors import Error as NatsError
from pydantic import ValidationError

from shared.contracts.actor import Actor
from shared.contracts.messages import Request, View
from shared.contracts.refusals import Defect, Refusal, Trouble
from shared.kit import tracing
from shared.kit.requests import ORGANIZATION, OUTCOME, PERSON, TRACEPARENT

R = TypeVar("R", bound=View)

# What a person waits without wondering; a page leaves out the block of a service that takes longer.
TIMEOUT_SECONDS = 2.0


class Asker:
    """Requests over one NATS connection."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def ask(
        self,
        request: Request[R],
        *,
        at: str | None = None,
        actor: Actor | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> R:
        """The reply to one request, on behalf of `actor` if it is a person's; `at` names the service where every one answers.

        Raises:
            Refusal: the rules say no; the subclass is the reason.
            Trouble: no service answered in time, or its world is failing.
            Defect: the service reports a fault of its own.
        """
        service = at or request.service
        try:
            answer = await self._client.request(
                request.subject_at(service),
                request.model_dump_json().encode(),
                timeout=timeout_seconds,
                headers=_headers(actor),
            )
        except (NatsError, TimeoutError, OSError) as error:
            raise Trouble(f"{service} did not answer: {type(error).__name__}") from error
        match (answer.headers or {}).get(OUTCOME):
            case "done":
                return _read(request, answer.data)
            case "refused":
                told: dict[str, Any] = json.loads(answer.data)
                raise Refusal.of_code(told["code"], told["fields"])
            case "trouble":
                raise Trouble(f"{service} is in trouble")
            case _:
                raise Defect(f"{service} failed on {type(request).__name__}")


def _headers(actor: Actor | None) -> dict[str, str]:
    headers = {"content-type": "application/json", TRACEPARENT: tracing.current() or tracing.begin()}
    if actor is not None:
        headers[PERSON] = str(actor.person_id)
        if actor.organization_id is not None:
            headers[ORGANIZATION] = str(actor.organization_id)
    return headers


def _read(request: Request[R], data: bytes) -> R:
    try:
        return request.reply.model_validate_json(data)  # pyright: ignore[reportReturnType] - `reply` is R's class
    except ValidationError as error:
        raise Defect(f"unreadable reply to {type(request).__name__}") from error
