"""One handler per endpoint: read, ask, answer. No rule of a partnership is decided here."""

from typing import Any

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.types import Empty

from services.web.accounts.sign_in import confirm_password
from services.web.api.agreements import ENDPOINTS as AGREEMENTS
from services.web.api.amendments import ENDPOINTS as AMENDMENTS
from services.web.api.endpoint import PREFIX, Endpoint
from services.web.api.life import ENDPOINTS as LIFE
from services.web.api.mediation import ENDPOINTS as MEDIATION
from services.web.api.parties import ENDPOINTS as PARTIES
from services.web.api.people_and_places import ENDPOINTS as PEOPLE_AND_PLACES
from services.web.api.promises import ENDPOINTS as PROMISES
from services.web.api.reading import make_request, read_fields
from services.web.api.rooms import ENDPOINTS as ROOMS
from services.web.api.templates import ENDPOINTS as TEMPLATES
from services.web.api.work import ENDPOINTS as WORK
from services.web.authority import require_authority
from services.web.uploads.permission import require_may_give, require_may_write
from services.web.uploads.receiving import MOST_BYTES, receive_body
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.refusals import InvalidRequest

ENDPOINTS: tuple[Endpoint, ...] = (
    *PEOPLE_AND_PLACES,
    *TEMPLATES,
    *AGREEMENTS,
    *AMENDMENTS,
    *PARTIES,
    *LIFE,
    *PROMISES,
    *MEDIATION,
    *ROOMS,
    *WORK,
)

_JSON = "application/json"


def handler_of(endpoint: Endpoint) -> HTTPRouteHandler:
    """The route of one endpoint."""
    path = PREFIX + endpoint.path
    for name in endpoint.in_path:
        path = path.replace(f"{{{name}}}", f"{{{name}:uuid}}")

    async def handle(request: Visit) -> Response[bytes]:
        actor = request.actor
        if token := request.visitor.token:
            request.web.throttle.take(token.token_id)
        fields = await read_fields(request, endpoint)
        if endpoint.takes_file:
            await _require_may_give(request, endpoint, fields)
            fields["file"] = await receive_body(request, str(fields.pop("name", "")))
        if endpoint.signs:
            await _confirm(request, endpoint, fields)
        reply = await request.web.gateway.ask(make_request(endpoint, fields), actor)
        if endpoint.makes is None:
            return Response(reply.model_dump_json().encode(), status_code=200, media_type=_JSON)
        return _created(endpoint, fields, reply.model_dump_json())

    return HTTPRouteHandler(
        path,
        http_method=endpoint.method,
        name=endpoint.name,
        status_code=200,
        include_in_schema=False,
        # How large a file may be is the upload's own limit; None would be the application's.
        request_max_body_size=MOST_BYTES if endpoint.takes_file else Empty,
    )(handle)


async def _require_may_give(request: Visit, endpoint: Endpoint, fields: dict[str, Any]) -> None:
    convention_id = ConventionId(request.path_params["convention_id"])
    if endpoint.in_room:
        await require_may_write(request, convention_id, str(fields.get("room", "")))
    else:
        await require_may_give(request, convention_id)


async def _confirm(request: Visit, endpoint: Endpoint, fields: dict[str, Any]) -> None:
    """The password again: whoever holds a token, or finds a session open, does not sign with it."""
    password = fields.pop("password", None)
    if not isinstance(password, str) or not password:
        raise InvalidRequest([{"field": "password", "reason": "missing"}])
    await confirm_password(request.web.database, request.actor.person_id, password, ip=request.address)
    await require_authority(request, as_referent=endpoint.attests)
    fields["means"] = "password"


def _created(endpoint: Endpoint, fields: dict[str, Any], reply: str) -> Response[bytes]:
    """201 with the id, which the client may have left to us, and the address of what was made."""
    made = str(fields[endpoint.makes or ""])
    body = f'{{"{endpoint.makes}":"{made}",{reply[1:]}'
    location = PREFIX + (endpoint.location or endpoint.path).format_map(fields)
    return Response(body.encode(), status_code=201, headers={"location": location}, media_type=_JSON)


ROUTES = tuple(handler_of(endpoint) for endpoint in ENDPOINTS)
