"""Answers every failure once: a problem document on the API, a page in French elsewhere."""

from collections.abc import Callable
from urllib.parse import quote

import structlog
from litestar.exceptions import HTTPException, ValidationException

from services.web import problems
from services.web.pages.events import PATH as EVENTS
from services.web.pages.forms import URLENCODED, read_form
from services.web.pages.frame import Kept, error_page
from services.web.pages.sign_in import sign_in_again
from services.web.security import comes_from_elsewhere
from services.web.visits import Visit
from shared.contracts.refusals import InvalidRequest, NotSignedIn, Refusal, Trouble
from shared.contracts.web.refusals import BodyTooLarge, BodyUnreadable, MethodNotAllowed, PageNotFound
from shared.kit import tracing

_log = structlog.get_logger()

_HTML = "text/html; charset=utf-8"
BODY_LIMIT_BYTES = 1 << 20


async def answer_failure(visit: Visit, failure: Exception) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body for whatever a handler raised."""
    reason = _as_ours(failure)
    if not isinstance(reason, Refusal | Trouble):
        _log.error("request_failed", failure=type(failure).__name__, exc_info=failure)
    if visit.scope["path"].startswith("/api/"):
        return _problem(reason)
    return await _page(visit, reason)


_OURS: dict[int, Callable[[], Refusal]] = {
    404: PageNotFound,
    405: MethodNotAllowed,
    413: lambda: BodyTooLarge(limit_bytes=BODY_LIMIT_BYTES),
}


def _as_ours(failure: Exception) -> Exception:
    """What Litestar raises, in our words."""
    if isinstance(failure, ValidationException):
        # A query string or a path that does not parse: such an address is not one that we gave.
        return PageNotFound()
    if isinstance(failure, HTTPException) and 400 <= failure.status_code < 500:
        return _OURS.get(failure.status_code, BodyUnreadable)()
    return failure


def _problem(reason: Exception) -> tuple[int, dict[str, str], bytes]:
    trace_id = tracing.trace_id()
    headers = {"content-type": problems.MEDIA_TYPE}
    match reason:
        case Refusal():
            problem = problems.of_refusal(reason, trace_id)
            if isinstance(reason, NotSignedIn):
                headers["www-authenticate"] = 'Bearer realm="entente"'
            if wait := reason.fields.get("retry_after_seconds"):
                headers["retry-after"] = str(wait)
        case Trouble():
            problem = problems.of_trouble(trace_id)
            headers["retry-after"] = "5"
        case _:
            problem = problems.of_defect(trace_id)
    return problem.status, headers, problem.model_dump_json().encode()


async def _page(visit: Visit, reason: Exception) -> tuple[int, dict[str, str], bytes]:
    if isinstance(reason, NotSignedIn):
        return await _sign_in(visit)
    match reason:
        case Refusal():
            status = problems.status_of(reason)
            told = None if isinstance(reason, InvalidRequest) else reason
            html = await error_page(visit, status, told, written=await _written(visit))
        case Trouble():
            status = 503
            html = await error_page(visit, status, kept=await _kept(visit))
        case _:
            status = 500
            html = await error_page(visit, status, written=await _written(visit))
    return status, {"content-type": _HTML}, html.encode()


async def _written(visit: Visit) -> list[str]:
    """The words of a form that cannot be sent again as it is: what they were about has gone, say."""
    kept = None if _is_from_elsewhere(visit) else await _kept(visit)
    return kept.written if kept else []


async def _kept(visit: Visit) -> Kept | None:
    """What somebody typed and sent in vain; nothing where nothing was sent."""
    if visit.scope["method"] != "POST" or visit.content_type[0] != URLENCODED:
        return None
    try:
        form = await read_form(visit)
    except HTTPException:
        # Too large, or cut short: it could not be read before either.
        return None
    return Kept(visit.scope["path"], form.kept) if form.kept else None


async def _sign_in(visit: Visit) -> tuple[int, dict[str, str], bytes]:
    """Sign in first, then come back to what was asked for, or send again what was typed."""
    if visit.scope["path"] == EVENTS:
        # Asked for by a page that is open: it would show the page to sign in inside itself.
        return 401, {}, b""
    if not _is_from_elsewhere(visit) and (kept := await _kept(visit)):
        page = await sign_in_again(visit, kept)
        return 401, {"content-type": _HTML}, page.content.encode()
    return 303, {"location": _sign_in_address(visit)}, b""


def _is_from_elsewhere(visit: Visit) -> bool:
    return comes_from_elsewhere(visit.scope["method"], visit.headers, visit.web.own_origins)


def _sign_in_address(visit: Visit) -> str:
    if visit.scope["method"] != "GET" or visit.scope["path"] == "/":
        return "/connexion"
    query = visit.scope["query_string"].decode("latin-1")
    return "/connexion?suite=" + quote(visit.scope["path"] + (f"?{query}" if query else ""), safe="")
