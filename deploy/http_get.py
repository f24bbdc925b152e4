"""Asks our own servers on loopback how they are, never through a proxy that the environment may name."""

import http.client
import json
from urllib.parse import urlsplit


def get_json(url: str, *, timeout_seconds: float = 2.0) -> dict[str, object]:
    """Return the JSON object found at a loopback address; empty when nothing (or nothing readable) answers."""
    status, body = get(url, timeout_seconds=timeout_seconds)
    try:
        content = json.loads(body) if status == http.client.OK else {}
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def get(url: str, *, timeout_seconds: float = 2.0) -> tuple[int, str]:
    """Return the status and body found at a loopback address; status 0 when nothing answers."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout_seconds)
    try:
        connection.request("GET", parts.path or "/")
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()
