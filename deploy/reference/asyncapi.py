"""The AsyncAPI 3.0 document of the whole system, generated from the contracts."""

import inspect
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from deploy.reference.catalogue import Catalogue, kind_of
from shared.contracts.messages import Event, Request

REF = "#/components/schemas/{model}"

Json = dict[str, Any]


def document(catalogue: Catalogue, *, version: str) -> Json:
    """The document, as JSON values."""
    models: list[type[BaseModel]] = [*catalogue.requests, *catalogue.events]
    models += [request.reply for request in catalogue.requests]
    names, definitions = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(models)], ref_template=REF
    )
    payloads: dict[Any, Json] = {model: reference for (model, _mode), reference in names.items()}
    channels: Json = {}
    operations: Json = {}
    messages: Json = {}
    for event in catalogue.events:
        messages[event.__name__] = _message(event, payloads[event], headers="EventHeaders")
        channels[event.subject] = _channel(event.subject, event.__name__, _summary(event))
        producer = event.subject.split(".")[1]
        operations[f"{producer}.publishes.{event.__name__}"] = _operation(
            "send", event.subject, event.__name__
        )
        for reader in catalogue.readers[event.subject]:
            operations[f"{reader}.reads.{event.__name__}"] = _operation(
                "receive", event.subject, event.__name__
            )
    for request in catalogue.requests:
        _describe_request(request, payloads, channels, operations, messages)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Entente",
            "version": version,
            "description": "Commands and queries are NATS requests with one reply; events are CloudEvents 1.0 "
            "in the binary mode of the NATS binding, relayed to JetStream from their owner's log.",
        },
        "defaultContentType": "application/json",
        "servers": {
            "nats": {
                "host": "127.0.0.1",
                "protocol": "nats",
                "description": "One user per service, loopback.",
            }
        },
        "channels": channels,
        "operations": operations,
        "components": {
            "messages": messages,
            "schemas": definitions["$defs"]
            | {"EventHeaders": EVENT_HEADERS, "RequestHeaders": REQUEST_HEADERS},
        },
    }


def _describe_request(
    request: type[Request[Any]],
    payloads: dict[Any, Json],
    channels: Json,
    operations: Json,
    messages: Json,
) -> None:
    name, reply = request.__name__, request.reply.__name__
    messages[name] = _message(request, payloads[request], headers="RequestHeaders")
    messages.setdefault(f"{reply}Reply", _message(request.reply, payloads[request.reply], headers=None))
    channels[request.subject] = _channel(request.subject, name, _summary(request))
    inbox = f"{request.subject}.reply"
    # The reply goes to the inbox that the request names, so the channel has no address of its own.
    channels[inbox] = _channel(None, f"{reply}Reply", f"Replies to {name}")
    operation = _operation("receive", request.subject, name)
    operation["reply"] = {
        "channel": {"$ref": f"#/channels/{inbox}"},
        "messages": [{"$ref": f"#/channels/{inbox}/messages/{reply}Reply"}],
    }
    operation["tags"] = [{"name": kind_of(request)}, {"name": request.audience.name.lower()}]
    operations[f"{request.service}.answers.{name}"] = operation


def _channel(address: str | None, message: str, description: str) -> Json:
    return {
        "address": address,
        "description": description,
        "messages": {message: {"$ref": f"#/components/messages/{message}"}},
    }


def _operation(action: str, subject: str, message: str) -> Json:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{subject}"},
        "messages": [{"$ref": f"#/channels/{subject}/messages/{message}"}],
    }


def _message(model: type[BaseModel], payload: Json, *, headers: str | None) -> Json:
    described: Json = {"name": model.__name__, "summary": _summary(model), "payload": payload}
    if headers:
        described["headers"] = {"$ref": REF.format(model=headers)}
    return described


def _summary(model: type[BaseModel] | type[Event]) -> str:
    return " ".join((inspect.getdoc(model) or "").split("\n\n")[0].split())


_ID: Json = {"type": "string", "format": "uuid"}
_TEXT: Json = {"type": "string"}

EVENT_HEADERS: Json = {
    "type": "object",
    "required": [
        "ce-specversion",
        "ce-id",
        "ce-source",
        "ce-type",
        "ce-subject",
        "ce-time",
        "ce-aggversion",
        "ce-epoch",
    ],
    "properties": {
        "ce-specversion": {"const": "1.0"},
        "ce-id": _ID,
        "ce-source": _TEXT,
        "ce-type": _TEXT,
        "ce-subject": _ID | {"description": "The aggregate"},
        "ce-time": {"type": "string", "format": "date-time"},
        "ce-aggversion": _TEXT | {"description": "Position in the aggregate's history, from 1"},
        "ce-epoch": _TEXT | {"description": "Rises when the producer's database is restored"},
        "ce-partnershipid": _ID,
        "ce-actorperson": _ID,
        "ce-actororganization": _ID,
        "ce-traceparent": _TEXT,
    },
}

REQUEST_HEADERS: Json = {
    "type": "object",
    "properties": {
        "Entente-Person": _ID | {"description": "On whose behalf; required for requests of people"},
        "Entente-Organization": _ID | {"description": "As which organisation she speaks"},
        "traceparent": _TEXT,
    },
}
