"""Problem documents (RFC 9457): how the API says what went wrong."""

from typing import Any

from pydantic import BaseModel, Field
from pydantic_core import ErrorDetails

from services.web.wording import refusals as wording
from services.web.wording.fields import explain
from shared.contracts.refusals import InvalidRequest, Refusal, RefusalKind

MEDIA_TYPE = "application/problem+json"

_STATUS = {
    RefusalKind.INVALID: 422,
    RefusalKind.NOT_FOUND: 404,
    RefusalKind.NOT_ALLOWED: 403,
    RefusalKind.CONFLICT: 409,
}
# Where HTTP has a more exact word than the kind's.
_STATUS_OF_CODE = {
    "not_signed_in": 401,
    "credentials_wrong": 401,
    "too_many_attempts": 429,
    "body_unreadable": 400,
    "body_too_large": 413,
    "media_type_not_supported": 415,
    "method_not_allowed": 405,
}


class FieldProblem(BaseModel):
    """One field that is missing or wrong."""

    field: str = Field(description="Path of the field, with dots.")
    reason: str = Field(description="Stable code of the reason.")
    message: str = Field(description="The reason in French.")


class Problem(BaseModel):
    """A refusal or a failure, in the form of RFC 9457."""

    type: str = Field(examples=["urn:entente:problem:clause_changed"])
    title: str = Field(description="The reason in French, the same for every occurrence.")
    status: int
    detail: str = Field(description="What to do, in French.")
    code: str = Field(description="Stable code of the reason: what programs rely on.")
    fields: dict[str, Any] = Field(
        default={}, description="What the reason carries: versions, states, dates."
    )
    problems: list[FieldProblem] = Field(
        default=[], description="Every field that is missing or wrong, all at once."
    )
    trace_id: str = Field(description="Quote it when asking for help.")


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return _STATUS_OF_CODE.get(refusal.code) or _STATUS[refusal.kind]


def of_refusal(refusal: Refusal, trace_id: str) -> Problem:
    """What the rules refuse."""
    invalid = isinstance(refusal, InvalidRequest)
    return Problem(
        type=f"urn:entente:problem:{refusal.code}",
        title=wording.title_of(refusal),
        status=status_of(refusal),
        detail=wording.sentence_of(refusal),
        code=refusal.code,
        fields={} if invalid else refusal.fields,
        problems=field_problems(refusal) if invalid else [],
        trace_id=trace_id,
    )


def of_trouble(trace_id: str) -> Problem:
    """A service or a database is away: worth trying again."""
    return _ours("unavailable", 503, wording.TROUBLE, trace_id)


def of_defect(trace_id: str) -> Problem:
    """We are wrong; nothing of what went wrong is shown."""
    return _ours("internal_error", 500, wording.DEFECT, trace_id)


def _ours(code: str, status: int, words: wording.Words, trace_id: str) -> Problem:
    return Problem(
        type=f"urn:entente:problem:{code}",
        title=words.title,
        status=status,
        detail=str(words.sentence),
        code=code,
        trace_id=trace_id,
    )


def field_problems(refusal: InvalidRequest) -> list[FieldProblem]:
    """The problems of an `InvalidRequest`, ours or a service's, in words."""
    return [
        FieldProblem(
            field=it.get("field", ""),
            reason=it.get("reason", ""),
            message=it.get("message") or explain(it.get("reason", ""), field=it.get("field", "")),
        )
        for it in refusal.fields.get("problems", [])
    ]


def invalid(errors: list[ErrorDetails]) -> InvalidRequest:
    """What pydantic found, as a refusal: every problem, with its words, without what was typed."""
    problems: list[dict[str, str]] = []
    for error in errors:
        field = ".".join(str(part) for part in error["loc"])
        message = explain(error["type"], error.get("ctx"), field)
        problems.append({"field": field, "reason": error["type"], "message": message})
    return InvalidRequest(problems)
