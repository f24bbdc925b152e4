"""The three kinds of messages and the subjects they travel on.

A command orders and a query asks: both are NATS requests with one reply. An event reports a fact: it is written to its
producer's event log and relayed to JetStream. Strict on what is sent, tolerant on what is read: unknown fields are
ignored, so that a newer producer can add optional ones.
"""

import re
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

EVERY_SERVICE = "*"
"""Stands for the service in the subject of a request that every service answers, as NATS writes any word of a subject."""


class Audience(StrEnum):
    """Who may send a request. It is part of the subject, so NATS permissions enforce it."""

    PEOPLE = "request"
    """A person, through the gateway: the request carries an actor and the service decides what it may do."""
    SERVICES = "internal"
    """Another service, on its own behalf: no actor."""
    OPERATORS = "operate"
    """Whoever runs the platform, from its command line. Never reaches a room."""


class Message(BaseModel):
    """Base of everything that crosses the wire."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class View(Message):
    """What a query returns: shaped for its reader."""


class Done(View):
    """The reply of a command that has nothing to tell but that it is done."""

    version: int = 0
    """The aggregate's version after the command; 0 where there is none."""


Reply = TypeVar("Reply", bound=View, covariant=True)


class Request(Message, Generic[Reply]):
    """A command or a query. `Reply` is the type of its answer."""

    service: ClassVar[str]
    subject: ClassVar[str]
    audience: ClassVar[Audience] = Audience.PEOPLE
    reply: ClassVar[type[View]]

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        parent = cls.__pydantic_generic_metadata__
        if cls.__module__ == __name__ or parent["origin"] is not None:
            return
        cls.service = service_of(cls)
        cls.subject = f"entente.{cls.service}.{cls.audience}.{_snake(cls.__name__)}"
        cls.reply = _reply_of(cls)

    @classmethod
    def subject_at(cls, service: str) -> str:
        """Where this service listens for it; only what every service answers has more than one place."""
        return cls.subject.replace(EVERY_SERVICE, service)


class Command(Request[Reply], Generic[Reply]):
    """An order, in the imperative. Answered by `Reply`, or refused with a stable code; nothing is half-done."""


class Query(Request[Reply], Generic[Reply]):
    """A question. Changes nothing."""


class Event(Message):
    """A fact of the past: ids, dates, numbers and enumerations, never a name, an address or free text.

    Declared with its subject: `class ConventionSigned(Event, subject="entente.projects.convention.signed.v1")`.
    The aggregate's id is the field named after it (`convention_id`).
    """

    subject: ClassVar[str]
    aggregate: ClassVar[str]

    def __init_subclass__(cls, *, subject: str, **_: Any) -> None:
        super().__init_subclass__()
        cls.subject = subject
        cls.aggregate = subject.split(".")[2]

    @property
    def aggregate_id(self) -> UUID:
        """The id of the aggregate that this event belongs to."""
        return getattr(self, f"{self.aggregate}_id")


def service_of(message: type[Message]) -> str:
    """The service that owns a message: `shared.contracts.<service>.…`. A module without such a folder is everyone's."""
    _shared, _contracts, owner, *inside = message.__module__.split(".")
    return owner if inside else EVERY_SERVICE


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _reply_of(request: type[Request[Any]]) -> type[View]:
    for base in request.__mro__:
        arguments: tuple[Any, ...] = getattr(base, "__pydantic_generic_metadata__", {}).get("args", ())
        if arguments and isinstance(arguments[0], type):
            return arguments[0]
    raise TypeError(f"{request.__name__} does not say what it is answered with")
