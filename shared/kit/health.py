"""What operators' tools ask every process: does it live, is it ready, what does it measure.

`/livez` answers as long as the event loop turns; `/readyz` names each part that is missing; `/metrics` is Prometheus'.
Served on loopback, apart from anything that people use.
"""

import asyncio
import json
import os
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Check = Callable[[], Awaitable[bool]]

# A check that hangs is a part that is not ready.
CHECK_SECONDS = 2.0


@asynccontextmanager
async def serving(
    checks: Mapping[str, Check], *, port: int, run_file: Path, http: str | None = None
) -> AsyncGenerator[str]:
    """Serve the three pages; `run_file` says where, and that the process runs, until it ends."""
    listener = socket.create_server(("127.0.0.1", port), backlog=64)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        _application(checks), lifespan="off", access_log=False, log_config=None, timeout_graceful_shutdown=1
    )
    server = QuietServer(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    _write(run_file, {"pid": os.getpid(), "ops": address} | ({"http": http} if http else {}))
    try:
        yield address
    finally:
        _remove(run_file)
        server.should_exit = True
        await task


class QuietServer(uvicorn.Server):
    """uvicorn without its own signal handlers: the service stops its parts in order."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave the signals to the service."""
        yield


def _application(checks: Mapping[str, Check]) -> Any:
    async def application(scope: Any, _receive: Any, send: Any) -> None:
        match scope["path"]:
            case "/livez":
                await _answer(send, 200, b'{"status": "ok"}')
            case "/readyz":
                missing = await _missing(checks)
                body = {"status": "not ready" if missing else "ok", "missing": missing}
                await _answer(send, 503 if missing else 200, json.dumps(body).encode())
            case "/metrics":
                await _answer(send, 200, generate_latest(), CONTENT_TYPE_LATEST)
            case _:
                await _answer(send, 404, b'{"status": "not found"}')

    return application


async def _missing(checks: Mapping[str, Check]) -> list[str]:
    async def passes(check: Check) -> bool:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                return await check()
        except Exception:
            return False

    results = await asyncio.gather(*(passes(check) for check in checks.values()))
    return [name for name, passed in zip(checks, results, strict=True) if not passed]


async def _answer(send: Any, status: int, body: bytes, content_type: str = "application/json") -> None:
    headers = [(b"content-type", content_type.encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _remove(run_file: Path) -> None:
    run_file.unlink(missing_ok=True)


def _write(run_file: Path, content: dict[str, Any]) -> None:
    run_file.parent.mkdir(parents=True, exist_ok=True)
    draft = run_file.with_suffix(".draft")
    draft.write_text(json.dumps(content))
    # Renaming is atomic: nobody reads half a file.
    draft.replace(run_file)
