"""The API's description in OpenAPI 3.1, made from the endpoints and the contracts: it cannot say anything else."""

import json
from functools import cache
from typing import Any, Optional

from litestar import Response, get
from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo
from pydantic.json_schema import models_json_schema

from services.web.api import archive, checking, document, pack
from services.web.api.endpoint import PREFIX, Endpoint
from services.web.api.handlers import ENDPOINTS
from services.web.problems import MEDIA_TYPE, Problem
from services.web.visits import Visit
from shared.contracts.messages import Message

_REF = "#/components/schemas/{model}"

_ABOUT = """\
Everything that the pages do, a program can do on behalf of a person: with one of her tokens (`ent_…`, made on her
account's page), or with her session on this page.

Acts say what they were decided on (a revision, a version, a hash): when it has changed meanwhile, the answer is 409 and
nothing is done. Ids of what is created may be chosen by the client (UUIDv7): asking again then does nothing twice.
Unknown fields are ignored. Every failure is a problem document (RFC 9457); rely on its `code`."""

_FAILURES = {
    "400": ("Unreadable", "The body is not JSON."),
    "401": ("NotSignedIn", "No token, or one that does not work; or a wrong password."),
    "403": ("NotAllowed", "The person may not do this."),
    "404": ("NotFound", "It does not exist, or not for this person."),
    "409": ("Conflict", "It is not possible as things stand, or somebody acted meanwhile."),
    "413": ("TooLarge", "The body is larger than 1 MiB."),
    "415": ("NotJson", "The body is of another media type."),
    "422": ("Invalid", "Fields are missing or wrong: `problems` lists them all."),
    "429": ("TooMany", "Too many requests or attempts; `Retry-After` says when to come back."),
    "500": ("OurFault", "A fault of ours."),
    "503": ("Unavailable", "A part does not answer: worth trying again."),
}
_BODY_ONLY = frozenset({"400", "413", "415"})


@get("/api/openapi.json", include_in_schema=False, sync_to_thread=False)
def openapi_document(request: Visit) -> Response[bytes]:
    """The description."""
    return Response(_document(request.web.public_url), media_type="application/json")


@cache
def _document(public_url: str) -> bytes:
    return json.dumps(describe(public_url), ensure_ascii=False).encode()


def describe(public_url: str) -> dict[str, Any]:
    """The whole document."""
    schemas = _schemas()
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(PREFIX + endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, schemas)
    failures = {status: it for status, it in _failures().items() if status not in _BODY_ONLY}
    for path, operation in (
        (archive.PATH, archive.OPERATION),
        (document.PATH, document.OPERATION),
        (document.ANNEX_PATH, document.ANNEX_OPERATION),
        (document.ROOM_FILE_PATH, document.ROOM_FILE_OPERATION),
        (pack.PATH, pack.OPERATION),
    ):
        described = operation | {"responses": operation["responses"] | failures}
        paths.setdefault(path, {})["get"] = described
    for path, methods in checking.OPERATIONS.items():
        paths[path] = {
            method: operation
            | {"responses": operation["responses"] | (_failures() if method == "post" else failures)}
            for method, operation in methods.items()
        }
    for endpoint in ENDPOINTS:
        if not endpoint.takes_body:
            # Its fields are parameters: the model itself is of no use to readers.
            schemas.pop(endpoint.request.__name__, None)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Entente", "version": "1", "description": _ABOUT},
        "servers": [{"url": public_url}],
        "security": [{"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {name: _failure(text) for name, text in _FAILURES.values()},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "ent_…"},
                "session": {"type": "apiKey", "in": "cookie", "name": "entente"},
            },
        },
    }


def body_model(endpoint: Endpoint) -> type[BaseModel]:
    """The command without what the path says; the id that is made is optional; signing adds the password."""
    fields: dict[str, Any] = {}
    for name, about in endpoint.request.model_fields.items():
        if name in endpoint.in_path or (endpoint.signs and name == "means"):
            continue
        if name == endpoint.makes:
            fields[name] = (Optional[about.annotation], None)  # noqa: UP045 - an annotation known only now
        else:
            fields[name] = (about.annotation, about)
    if endpoint.signs:
        fields["password"] = (str, FieldInfo(description="The password of the person who signs."))
    return create_model(f"{endpoint.name}Body", __base__=Message, __doc__=endpoint.request.__doc__, **fields)


def _created_model(endpoint: Endpoint) -> type[BaseModel]:
    annotation = endpoint.request.model_fields[endpoint.makes or ""].annotation
    fields: dict[str, Any] = {endpoint.makes or "": (annotation, ...)}
    return create_model(f"{endpoint.name}Created", __base__=endpoint.request.reply, **fields)


def _schemas() -> dict[str, Any]:
    models: list[tuple[type[BaseModel], Any]] = [
        (model, "serialization") for model in (Problem, *checking.MODELS)
    ]
    for endpoint in ENDPOINTS:
        answer = _created_model(endpoint) if endpoint.makes else endpoint.request.reply
        models.append((answer, "serialization"))
        models.append((body_model(endpoint) if endpoint.takes_body else endpoint.request, "validation"))
    unique = {(model.__name__, mode): (model, mode) for model, mode in models}
    _, document = models_json_schema(list(unique.values()), ref_template=_REF)
    return document["$defs"]


def _operation(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "description": (endpoint.request.__doc__ or "").strip(),
        "tags": [endpoint.tag],
        "parameters": _parameters(endpoint, schemas),
        "responses": _responses(endpoint),
    }
    if endpoint.takes_body:
        media: dict[str, Any] = {"schema": {"$ref": _REF.format(model=f"{endpoint.name}Body")}}
        if endpoint.example:
            media["example"] = endpoint.example
        operation["requestBody"] = {
            "required": bool(endpoint.example),
            "content": {"application/json": media},
        }
    if endpoint.takes_file:
        operation["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
    return operation


def _parameters(endpoint: Endpoint, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        for name in sorted(endpoint.in_path, key=endpoint.path.index)
    ]
    if endpoint.takes_body:
        return parameters
    properties: dict[str, Any] = schemas[endpoint.request.__name__].get("properties", {})
    parameters += [
        {"name": name, "in": "query", "required": False, "schema": _without_null(schema)}
        for name, schema in properties.items()
        if name not in endpoint.in_path and not (endpoint.takes_file and name == "file")
    ]
    if endpoint.takes_file:
        about = "The file's name, whose ending says its type."
        parameters.append(
            {
                "name": "name",
                "in": "query",
                "required": True,
                "description": about,
                "schema": {"type": "string"},
            }
        )
    return parameters


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A query string has no null: leaving the parameter out says it."""
    choices = [it for it in schema.get("anyOf", []) if it != {"type": "null"}]
    rest = {
        key: value for key, value in schema.items() if key not in {"anyOf", "title"} and value is not None
    }
    return rest | (choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {})


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    model = f"{endpoint.name}Created" if endpoint.makes else endpoint.request.reply.__name__
    success: dict[str, Any] = {
        "description": "Created." if endpoint.makes else "Done." if endpoint.is_command else "The answer.",
        "content": {"application/json": {"schema": {"$ref": _REF.format(model=model)}}},
    }
    if endpoint.makes:
        success["headers"] = {
            "Location": {
                "description": "Where it is.",
                "schema": {"type": "string", "format": "uri-reference"},
            }
        }
    responses = {"201" if endpoint.makes else "200": success}
    failures = _failures()
    return responses | {it: failures[it] for it in failures if endpoint.takes_body or it not in _BODY_ONLY}


def _failures() -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/{name}"} for status, (name, _) in _FAILURES.items()}


def _failure(text: str) -> dict[str, Any]:
    return {
        "description": text,
        "headers": {
            "Trace-Id": {"description": "Quote it when asking for help.", "schema": {"type": "string"}}
        },
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model=Problem.__name__)}}},
    }
