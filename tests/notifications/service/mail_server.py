"""A real SMTP server that a test tells how to behave: accept, refuse, delay, hang up."""

import asyncio
import warnings
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

ACCEPTED = "250 OK"


@dataclass(frozen=True, slots=True)
class Received:
    """An e-mail that was accepted."""

    recipient: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"]).replace("\u00a0", " ")

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content()).replace("\u00a0", " ")


@dataclass
class MailServer:
    """What the server answers, and what it has accepted."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    offered: int = 0
    """How often an e-mail's content came in, accepted or not."""
    connections: int = 0
    answer_recipient: Callable[[str], str] = lambda _: ACCEPTED
    answer_content: Callable[[int], str | None] = lambda _: ACCEPTED
    """Given how many came before; None hangs up without an answer."""
    keeps_when_it_hangs_up: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """Content waits for it to be set; it is set at the start."""
    password: str | None = None

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def sent_to(self, recipient: str) -> list[Received]:
        return [it for it in self.received if it.recipient == recipient]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answer_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        await self.gate.wait()
        answer = self.answer_content(self.offered)
        self.offered += 1
        if answer == ACCEPTED or (answer is None and self.keeps_when_it_hangs_up):
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.received += [Received(recipient, message) for recipient in envelope.rcpt_tos]
        if answer is None:
            assert server.transport is not None
            server.transport.close()
            return "421 closing"
        return answer

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        right = given.password == (self.password or "").encode()
        return AuthResult(success=right, handled=False)

    def protocol(self) -> SMTP:
        self.connections += 1
        wants_password = self.password is not None
        with warnings.catch_warnings():
            # It warns of passwords without TLS, which never leave this machine here.
            warnings.simplefilter("ignore")
            return SMTP(
                self,
                hostname="mail.test",
                authenticator=self.authenticate if wants_password else None,
                auth_required=wants_password,
                auth_require_tls=False,
            )


@asynccontextmanager
async def listening(server: MailServer) -> AsyncGenerator[MailServer]:
    """The server, on a free port or, when it had one before, on that one again."""
    listener = await asyncio.get_running_loop().create_server(server.protocol, "127.0.0.1", server.port)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        await listener.wait_closed()
