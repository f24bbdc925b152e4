"""A mail server that accepts everything and keeps nothing but when each e-mail came and the trace that it belongs to.

A process of its own: its CPU is not the system's.
"""

import asyncio
import multiprocessing
import re
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

Accepted = list[tuple[float, str]]
"""When (`time.monotonic`, which all processes of a machine share), and the trace id; empty when the e-mail has none."""

_TRACE = re.compile(rb"^entente-trace-id:\s*([0-9a-f]{32})", re.IGNORECASE | re.MULTILINE)
_REPLIES = {b"EHLO": b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n", b"QUIT": b"221 bye\r\n"}
_LONGEST_MAIL = 1024 * 1024


class SmtpSink:
    """The sink, as the benchmark sees it."""

    def __init__(self, port: int, connection: Any) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self._connection = connection

    def take(self) -> Accepted:
        """Everything accepted since the last time."""
        self._connection.send("take")
        return self._connection.recv()


@contextmanager
def smtp_sink() -> Generator[SmtpSink]:
    """Run a sink."""
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_run, args=(its,), daemon=True)
    process.start()
    try:
        yield SmtpSink(ours.recv(), ours)
    finally:
        process.terminate()
        process.join()


def _run(connection: Any) -> None:
    asyncio.run(_serve(connection))


async def _serve(connection: Any) -> None:
    accepted: Accepted = []

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                found = _TRACE.search(await reader.readuntil(b"\r\n.\r\n"))
                accepted.append((time.monotonic(), found.group(1).decode() if found else ""))
            writer.write(_REPLIES.get(verb, b"250 ok\r\n"))
            if verb == b"QUIT":
                break
        writer.close()

    def hand_over() -> None:
        connection.recv()
        connection.send(accepted[:])
        accepted.clear()

    server = await asyncio.start_server(converse, "127.0.0.1", 0, limit=_LONGEST_MAIL)
    asyncio.get_running_loop().add_reader(connection.fileno(), hand_over)
    connection.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
