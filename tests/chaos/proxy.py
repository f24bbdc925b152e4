"""A lane between a service and a server: a TCP proxy that can cut, delay, stall and forget its connections.

Its port never changes, so a server that restarts elsewhere is found again.
"""

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Connect = Callable[[], Awaitable[tuple[StreamReader, StreamWriter]]]

_CHUNK = 1 << 16


@dataclass(eq=False)
class _Link:
    """One connection, both ways."""

    writers: tuple[StreamWriter, StreamWriter]
    open: asyncio.Event
    replies: asyncio.Event
    forgotten: asyncio.Event = field(default_factory=asyncio.Event)


class Lane:
    """Connections to one server, all of which fail together."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._links: set[_Link] = set()
        self._pumps: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._open = asyncio.Event()
        self._replies = asyncio.Event()
        self._open.set()
        self._replies.set()
        self.delay_seconds = 0.0

    @property
    def port(self) -> int:
        """Where it listens, on loopback."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def listen(self) -> None:
        """Take connections from now on."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)

    async def close(self) -> None:
        """Take no more connections and drop those that are there."""
        if self._server is not None:
            self._server.close()
        writers = [writer for link in self._links for writer in link.writers]
        self.cut()
        for pump in list(self._pumps):
            pump.cancel()
        ends = (writer.wait_closed() for writer in writers)
        await asyncio.gather(*self._pumps, *ends, return_exceptions=True)

    def cut(self) -> None:
        """Drop every connection at once."""
        for link in self._links:
            for writer in link.writers:
                writer.transport.abort()
        self._links.clear()

    def stall(self) -> None:
        """Nothing passes any more, and nobody is told."""
        self._open.clear()

    def swallow_replies(self) -> None:
        """What is asked arrives; what is answered does not. Cut afterwards, or streams would miss their middle."""
        self._replies.clear()

    def resume(self) -> None:
        """Let everything pass again."""
        self._open.set()
        self._replies.set()

    def forget(self) -> None:
        """Existing connections stay open and dead for ever, as after a firewall's restart; new ones work."""
        for link in self._links:
            link.forgotten.set()

    async def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            server_reader, server_writer = await self._connect()
        except OSError:
            writer.transport.abort()
            return
        link = _Link((writer, server_writer), self._open, self._replies)
        self._links.add(link)
        for source, target, gate in (
            (reader, server_writer, None),
            (server_reader, writer, self._replies),
        ):
            pump = asyncio.create_task(self._pump(link, source, target, gate))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def _pump(
        self, link: _Link, source: StreamReader, target: StreamWriter, gate: asyncio.Event | None
    ) -> None:
        try:
            while chunk := await source.read(_CHUNK):
                await self._open.wait()
                if gate is not None:
                    await gate.wait()
                if self.delay_seconds:
                    await asyncio.sleep(self.delay_seconds)
                if link.forgotten.is_set():
                    continue
                target.write(chunk)
                await target.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            if not link.forgotten.is_set():
                self._links.discard(link)
                for writer in link.writers:
                    with contextlib.suppress(OSError, RuntimeError):
                        writer.close()
