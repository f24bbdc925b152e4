"""A browser, and a server that gives rendered pages the headers of production: a strict content policy."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from playwright.sync_api import Browser, sync_playwright
from typing_extensions import override

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


LIVE_MESSAGE = (
    b'data: <hx-partial hx-target="#direct">1 nouveaut\xc3\xa9. <a href="">Actualiser</a></hx-partial>'
    b'<hx-partial hx-target="#non-lus">4<span class="lu"> messages non lus</span></hx-partial>\n\n'
)


class _Pages(SimpleHTTPRequestHandler):
    closing: Event

    @override
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    @override
    def do_GET(self) -> None:
        """Files; and the event stream, which says one thing and stays open."""
        if not self.path.startswith("/evenements"):
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(LIVE_MESSAGE)
        self.wfile.flush()
        self.closing.wait()

    def do_POST(self) -> None:
        """A form was sent: stay on the page, so that what follows can be seen."""
        self.send_response(204)
        self.end_headers()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Silent: what matters is in the test."""


@contextmanager
def serve(folder: Path) -> Generator[str]:
    """Serve a folder on a free loopback port; give its address."""
    closing = Event()
    handler = type("Pages", (_Pages,), {"closing": closing})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def open_browser() -> Generator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
