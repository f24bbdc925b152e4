"""Writes the configuration of a NATS server: its users from the topology, JetStream, limits.

The users' part is a file of its own, because somebody who runs their own NATS server includes it in theirs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.topology import OPERATOR, SERVICES, permissions_of

USERS_FILE = "users.conf"

# Above the largest event and the largest page of a list; one oversized message would block its relay.
_MAX_PAYLOAD_BYTES = 1 << 20


# Between the nodes of a cluster only.
_ROUTES_USER = "node"


@dataclass(frozen=True)
class Ports:
    """Where one server listens, on loopback. Alone, it leaves the port of the cluster unused."""

    client: int
    monitoring: int
    cluster: int


@dataclass(frozen=True)
class Cluster:
    """What the nodes of a cluster have in common, and where the others listen for this one."""

    secret: str
    others: Sequence[int]


def users_config(passwords: Mapping[str, str], *, operator: tuple[str, str] | None = None) -> str:
    """List every user with its password and its own subjects; what is not listed is denied.

    `operator` is the user and password of whoever provisions, where it is not ours.
    """
    name, password = operator or (OPERATOR, passwords[OPERATOR])
    users: list[dict[str, object]] = [{"user": name, "password": password}]
    for service in SERVICES:
        granted = permissions_of(service)
        users.append(
            {
                "user": service,
                "password": passwords[service],
                "permissions": {
                    "publish": {"allow": granted.publish},
                    "subscribe": {"allow": granted.subscribe},
                    # One answer to whoever asked, for as long as a slow request may take.
                    "allow_responses": {"max": 1, "expires": "2m"},
                },
            }
        )
    return f"authorization: {json.dumps({'users': users}, indent=1)}\n"


def server_config(
    home: Path, *, name: str, mark: str, ports: Ports, sync: str, cluster: Cluster | None = None
) -> str:
    """Configure one loopback server that keeps its streams under `home`. `mark` tells this run of it from all others."""
    settings: dict[str, object] = {
        # Nodes of a cluster know one another by it: it stays the same.
        "server_name": name,
        "server_tags": [mark],
        "listen": f"127.0.0.1:{ports.client}",
        "http": f"127.0.0.1:{ports.monitoring}",
        "pid_file": str(home / "nats.pid"),
        "max_payload": _MAX_PAYLOAD_BYTES,
        # A client that stands still keeps its share of requests. By NATS' own count, for six minutes.
        "ping_interval": "5s",
        "ping_max": 2,
        "jetstream": {
            "store_dir": str(home / "store"),
            "max_memory_store": 16 << 20,
            "max_file_store": 4 << 30,
            "sync_interval": sync,
        },
    }
    if cluster is not None:
        settings["cluster"] = {
            "name": "entente",
            "listen": f"127.0.0.1:{ports.cluster}",
            "authorization": {"user": _ROUTES_USER, "password": cluster.secret},
            "routes": [f"nats://{_ROUTES_USER}:{cluster.secret}@127.0.0.1:{port}" for port in cluster.others],
            # Clients are told all addresses; those that they would find out by themselves lack their password.
            "no_advertise": True,
        }
    body = "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())
    return f"{body}include {json.dumps(f'./{USERS_FILE}')}\n"
