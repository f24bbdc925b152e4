"""Writes the configuration of a NATS server: its users from the topology, JetStream, limits.

The users' part is a file of its own, because somebody who runs their own NATS server includes it in theirs.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from deploy.topology import OPERATOR, SERVICES, permissions_of

USERS_FILE = "users.conf"

# Above the largest event and the largest page of a list; one oversized message would block its relay.
_MAX_PAYLOAD_BYTES = 1 << 20


def users_config(passwords: Mapping[str, str]) -> str:
    """List every user with its password and its own subjects; what is not listed is denied."""
    users: list[dict[str, object]] = [{"user": OPERATOR, "password": passwords[OPERATOR]}]
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


def server_config(home: Path, *, name: str, port: int, monitoring_port: int, sync: str) -> str:
    """Configure one loopback server that keeps its streams under `home`."""
    settings = {
        "server_name": name,
        "listen": f"127.0.0.1:{port}",
        "http": f"127.0.0.1:{monitoring_port}",
        "pid_file": str(home / "nats.pid"),
        "max_payload": _MAX_PAYLOAD_BYTES,
        "jetstream": {
            "store_dir": str(home / "store"),
            "max_memory_store": 16 << 20,
            "max_file_store": 4 << 30,
            "sync_interval": sync,
        },
    }
    body = "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())
    return f"{body}include {json.dumps(f'./{USERS_FILE}')}\n"
