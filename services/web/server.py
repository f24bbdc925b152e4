"""The HTTP server of pages and API: a listening socket first, so that its port is known before anything else starts."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from shared.kit.health import QuietServer

# What was taken is finished within this; a browser that holds a connection longer is cut.
GRACE_SECONDS = 5
_BACKLOG = 512


def listen(host: str, port: int, *, shared: bool) -> socket.socket:
    """Take the port. `0` takes a free one. A shared one may be taken again: the kernel spreads the connections."""
    return socket.create_server((host, port), backlog=_BACKLOG, reuse_port=shared)


def local_address(listener: socket.socket) -> str:
    """The address to type on this machine."""
    host, port = listener.getsockname()[:2]
    return f"http://{'127.0.0.1' if host in {'0.0.0.0', '127.0.0.1'} else host}:{port}"  # noqa: S104 - compared, not bound


@asynccontextmanager
async def serving(
    application: Any, listener: socket.socket, *, trusted_proxies: str, before_stop: Callable[[], None]
) -> AsyncGenerator[None]:
    """Serve until the end of the block; `before_stop` ends what would never end by itself."""
    config = uvicorn.Config(
        application,
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = QuietServer(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        before_stop()
        server.should_exit = True
        await task
