"""The outermost layer: begins the trace, recognises who comes, refuses other sites, answers every failure, and counts.

Only routes are logged and counted, never paths, queries or addresses.
"""

from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any, cast

import structlog
from litestar import Litestar
from litestar.datastructures import Headers
from litestar.types import HTTPScope, Message, Receive, Scope, Send
from prometheus_client import Counter, Histogram

from services.web.accounts.sessions import find_session
from services.web.accounts.tokens import find_token
from services.web.security import comes_from_elsewhere, headers_for
from services.web.visits import NOBODY, VISITOR, Visit, Visitor, Web
from shared.contracts.refusals import NotSignedIn
from shared.contracts.web.refusals import CrossSiteRequest
from shared.kit import tracing
from shared.kit.clock import now
from shared.kit.database import transaction
from shared.kit.metrics import SECONDS

_log = structlog.get_logger()

responses_total = Counter("entente_http_responses_total", "Responses", ["route", "method", "status"])
response_seconds = Histogram(
    "entente_http_response_seconds", "Time to answer", ["route", "method"], buckets=SECONDS
)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

AnswerFailure = Callable[[Visit, Exception], Awaitable[tuple[int, dict[str, str], bytes]]]


class Reception:
    """The ASGI application that the server runs: ours around Litestar's."""

    def __init__(self, app: Litestar, web: Web, answer_failure: AnswerFailure) -> None:
        self._app = app
        self._web = web
        self._answer_failure = answer_failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Receive one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        http = cast("HTTPScope", scope)
        if http["method"] == "HEAD":
            # The answer of a GET; the server leaves its body out.
            http = cast("HTTPScope", {**http, "method": "GET"})
        await self._receive(http, receive, send)

    async def _receive(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        headers = Headers.from_scope(scope)
        tracing.begin(headers.get("traceparent"))
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _completed(message["headers"], self._headers_of(scope))
            await send(message)

        try:
            try:
                scope["state"] = {VISITOR: NOBODY}
                scope["state"][VISITOR] = await self._recognise(scope, headers)
                await self._app(scope, receive, send_with_headers)
            except Exception as failure:
                if status:
                    raise
                await self._answer(scope, receive, send_with_headers, failure)
        finally:
            _count(scope, status or 500, perf_counter() - began)

    async def _recognise(self, scope: HTTPScope, headers: Headers) -> Visitor:
        if scope["path"].startswith("/static/"):
            return NOBODY
        authorization = headers.get("authorization")
        if authorization is not None and scope["path"].startswith("/api/"):
            return await self._bearer(authorization)
        secret = _cookie(headers.getall("cookie", []), self._web.session_cookie)
        if secret is None:
            return NOBODY
        if comes_from_elsewhere(scope["method"], headers, self._web.own_origins):
            raise CrossSiteRequest
        async with transaction(self._web.database, actor=None) as tx:
            return Visitor(session=await find_session(tx, secret, now()))

    async def _bearer(self, authorization: str) -> Visitor:
        scheme, _, secret = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise NotSignedIn
        async with transaction(self._web.database, actor=None) as tx:
            token = await find_token(tx, secret.strip(), now())
        if token is None:
            raise NotSignedIn
        return Visitor(token=token)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send, failure: Exception) -> None:
        scope["litestar_app"] = self._app
        status, headers, body = await self._answer_failure(Visit(scope, receive=receive), failure)
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        raw.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    def _headers_of(self, scope: HTTPScope) -> dict[str, str]:
        headers = headers_for(scope["path"], https=self._web.settings.is_https)
        headers["trace-id"] = tracing.trace_id()
        # Hospital computers are shared: nothing that a person read may be found again after she left.
        headers["cache-control"] = "no-store"
        return headers


def _completed(given: Any, added: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """The handler's own headers win: a static file says how long it may be kept."""
    given = list(given)
    names = {name.lower() for name, _ in given}
    return given + [
        (name.encode(), value.encode()) for name, value in added.items() if name.encode() not in names
    ]


def _cookie(lines: list[str], name: str) -> str | None:
    for line in lines:
        for part in line.split(";"):
            key, _, value = part.strip().partition("=")
            if key == name and value:
                return value
    return None


def _count(scope: HTTPScope, status: int, seconds: float) -> None:
    route = cast("dict[str, str]", scope).get("path_template") or "unknown"
    method: str = scope["method"] if scope["method"] in _METHODS else "other"
    responses_total.labels(route, method, str(status)).inc()
    response_seconds.labels(route, method).observe(seconds)
    if not route.startswith("/static"):
        _log.info(
            "answered", route=route, method=method, status=status, milliseconds=round(seconds * 1000, 1)
        )
