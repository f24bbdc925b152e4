"""How every connection of a service to NATS behaves: it outlives the death of a server, and one that stands still."""

from typing import Any


def options(url: str, *, service: str) -> dict[str, Any]:
    """What nats-py and FastStream are told. `url` names one server, or several of one cluster by commas."""
    return {
        "servers": url.split(","),
        # Its permissions give a service no other one.
        "inbox_prefix": f"_INBOX_{service}",
        "max_reconnect_attempts": -1,
        "reconnect_time_wait": 0.2,
        # A node that stands still keeps its connections. By the library's own count they would wait six minutes for it.
        "ping_interval": 5,
        "max_outstanding_pings": 2,
    }
