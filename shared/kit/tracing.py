"""One trace id from the click to the e-mail: W3C Trace Context (`traceparent`), carried by requests and events."""

import re
import secrets
from contextvars import ContextVar

_TRACEPARENT = re.compile(r"^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$")

_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def begin(received: str | None = None) -> str:
    """Continue the received trace, or begin one when there is none or it is malformed; returns its `traceparent`."""
    match = _TRACEPARENT.match(received or "")
    trace_id = match.group(1) if match else secrets.token_hex(16)
    traceparent = f"00-{trace_id}-{secrets.token_hex(8)}-01"
    _current.set(traceparent)
    return traceparent


def current() -> str | None:
    """The `traceparent` of what runs now."""
    return _current.get()


def trace_id() -> str:
    """The trace id of what runs now; empty outside of any trace."""
    traceparent = _current.get()
    return traceparent[3:35] if traceparent else ""
