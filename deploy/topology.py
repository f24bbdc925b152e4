"""Who is who on the two servers, in one table: databases and roles, streams, durable consumers, permissions.

Data only. `deploy.databases` and `deploy.streams` make it true on a server; anything not granted here is refused.
"""

from dataclasses import dataclass

from shared.backbone.streams import Stream
from shared.contracts.messages import Audience
from shared.contracts.operations import (
    DiscardQuarantined,
    InspectQuarantined,
    ListQuarantine,
    ReplayQuarantined,
)

DOMAIN_SERVICES = ("contacts", "projects", "notifications")
SERVICES = (*DOMAIN_SERVICES, "web")

# Creates streams and consumers; no service knows its password.
OPERATOR = "operator"

# The group of all services' roles: migrations of the kit, the same in every database, grant to it. It gives no access
# to a database by itself: only a database's own role may connect to it.
SERVICE_GROUP = "entente_service"

# Whose requests each service may send, by audience. No domain service waits for another inside a command;
# notifications asks for names and addresses at the moment of telling somebody, on its own behalf and nobody else's.
ASKS: dict[str, tuple[str, ...]] = {
    "contacts": (),
    "projects": (),
    "notifications": ("contacts.internal", "projects.internal", "web.internal"),
    "web": (
        "contacts.request",
        "contacts.internal",
        "projects.request",
        "projects.internal",
        "notifications.request",
        "notifications.internal",
    ),
}


# Accounts that are operators look after the quarantines in web's pages: it may ask this, and nothing else of what
# operators may.
QUARANTINE = (ListQuarantine, InspectQuarantined, ReplayQuarantined, DiscardQuarantined)


@dataclass(frozen=True)
class Database:
    """One service's database. The owner runs the migrations; the service's role owns nothing."""

    service: str

    @property
    def name(self) -> str:
        """Of the database itself."""
        return self.service

    @property
    def owner(self) -> str:
        """Who runs the migrations."""
        return f"{self.service}_owner"

    @property
    def role(self) -> str:
        """Who the service connects as."""
        return f"entente_{self.service}"


@dataclass(frozen=True)
class Permissions:
    """The subjects that a user may publish to and subscribe to; every other one is denied."""

    publish: tuple[str, ...]
    subscribe: tuple[str, ...]


DATABASES = tuple(Database(service) for service in SERVICES)

STREAMS = tuple(Stream(service) for service in DOMAIN_SERVICES)

# Who reads whose events, through a durable consumer of the reader's name.
READERS: dict[str, tuple[str, ...]] = {
    "contacts": ("projects", "notifications"),
    "projects": ("contacts", "notifications"),
    "notifications": (),
}

FOLLOWERS = frozenset(reader for readers in READERS.values() for reader in readers)


def permissions_of(service: str) -> Permissions:
    """Derive what one service may do from the table above."""
    publish = [f"entente.{asked}.>" for asked in ASKS[service]]
    subscribe = [f"_INBOX_{service}.>", "entente.*.digest"]
    subscribe += [f"entente.{service}.{audience}.>" for audience in Audience]
    # Any service may ask an owner to read out its log: the events that it has missed, or all of them.
    publish += [f"entente.{other}.log.*" for other in SERVICES if other != service]
    publish.append("$JS.API.INFO")
    if service in DOMAIN_SERVICES:
        publish += [f"entente.{service}.*.*.*", f"entente.{service}.digest", f"entente.{service}.wake"]
        subscribe += [f"entente.{service}.log.*", f"entente.{service}.wake"]
    else:
        publish += [it.subject_at(other) for it in QUARANTINE for other in DOMAIN_SERVICES]
        # Open pages follow the events as they pass; whoever missed one reads the page again.
        subscribe.append("entente.*.*.*.*")
    for stream in STREAMS:
        if service == stream.producer:
            publish += _own_stream(stream.name)
        if service in READERS[stream.producer]:
            publish += _reading(stream.name, consumer=service)
            subscribe.append(f"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{stream.name}.{service}")
    return Permissions(tuple(publish), tuple(subscribe))


def _own_stream(stream: str) -> list[str]:
    # INFO shows the relay that the stream was wiped; CREATE lets it put the stream back without an operator.
    return [f"$JS.API.STREAM.INFO.{stream}", f"$JS.API.STREAM.CREATE.{stream}"]


def _reading(stream: str, *, consumer: str) -> list[str]:
    return [
        f"$JS.API.STREAM.INFO.{stream}",
        f"$JS.API.STREAM.MSG.GET.{stream}",
        f"$JS.API.CONSUMER.INFO.{stream}.{consumer}",
        f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}",
        f"$JS.API.CONSUMER.CREATE.{stream}.{consumer}",
        f"$JS.API.CONSUMER.CREATE.{stream}.{consumer}.>",
        f"$JS.API.CONSUMER.DURABLE.CREATE.{stream}.{consumer}",
        f"$JS.ACK.{stream}.{consumer}.>",
    ]
