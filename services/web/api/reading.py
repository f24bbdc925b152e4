"""From an HTTP request to a command or a query: the path, the query string and the JSON body are its fields."""

import json
from typing import Any, cast, get_origin

from pydantic import ValidationError

from services.web.api.endpoint import Endpoint
from services.web.problems import invalid
from services.web.visits import Visit
from shared.contracts.identifiers import new_id
from shared.contracts.messages import Request
from shared.contracts.refusals import InvalidRequest
from shared.contracts.web.refusals import BodyUnreadable, MediaTypeNotSupported

_JSON = "application/json"


async def read_fields(visit: Visit, endpoint: Endpoint) -> dict[str, Any]:
    """What the client gave, the path's ids last: they decide."""
    given = await _body(visit) if endpoint.takes_body else _query(visit, endpoint.request)
    given |= {name: str(value) for name, value in visit.path_params.items()}
    if endpoint.makes and given.get(endpoint.makes) is None:
        given[endpoint.makes] = new_id()
    return given


def make_request(endpoint: Endpoint, fields: dict[str, Any]) -> Request[Any]:
    """The command or query; every field that is wrong is told at once."""
    try:
        return endpoint.request.model_validate(fields)
    except ValidationError as error:
        raise invalid(error.errors(include_url=False, include_input=False)) from None


async def _body(visit: Visit) -> dict[str, Any]:
    raw = await visit.body()
    if not raw:
        return {}
    if visit.content_type[0] != _JSON:
        raise MediaTypeNotSupported(supported=[_JSON])
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise BodyUnreadable from None
    if not isinstance(data, dict):
        raise InvalidRequest([{"field": "", "reason": "model_type"}])
    return cast("dict[str, Any]", data)


def _query(visit: Visit, request: type[Request[Any]]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in visit.query_params.multi_items():
        field = request.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is tuple:
            given.setdefault(name, []).append(value)
        else:
            given[name] = value
    return given
