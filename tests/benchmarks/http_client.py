"""A client for benchmarks: HTTP/1.1 over one kept connection. A general one takes more CPU than the pages it asks for."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class HttpClient:
    """One connection, one request at a time."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        self._url = urlsplit(address)
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request and read its answer."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            reader = await self._send(method, path, body, headers or {})
            status, received = await _head(reader)
            if "content-length" in received:
                content = await reader.readexactly(int(received["content-length"]))
            else:
                content = b"".join([chunk async for chunk in _chunks(reader)])
        if received.get("connection") == "close":
            self.close()
        return Answer(status, received, content)

    async def follow(self, path: str) -> AsyncIterator[bytes]:
        """Read an endless answer, piece by piece as the server sends it."""
        reader = await self._send("GET", path, b"", {})
        status, _ = await _head(reader)
        if status != 200:
            raise ConnectionError(f"GET {path} was answered with {status}")
        async for chunk in _chunks(reader):
            yield chunk

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _send(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> asyncio.StreamReader:
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                self._url.hostname, self._url.port, limit=4 * 1024 * 1024
            )
        reader, writer = self._streams
        extra = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"{method} {path} HTTP/1.1\r\nhost: {self._url.netloc}\r\n{self._headers}{extra}"
        writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
        return reader


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return int(first.split(" ", 2)[1]), {name.lower(): value.strip() for name, _, value in pairs}


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int(await reader.readline(), 16):
        yield await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
