"""Hand e-mails to a mail server, over a few connections that stay open between e-mails."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from services.notifications.delivery.transport import Accepted, Answer, Deferred, Mail, Refused, Unreachable

# A server that needs longer to answer one command is better asked again than waited for: the lease of the letter
# must outlast the whole conversation.
TIMEOUT_SECONDS = 15.0

# Servers close idle connections after some minutes, small ones sooner; half a minute keeps a burst on few connections.
IDLE_SECONDS = 30.0

_PORTS = {"smtp": 25, "smtps": 465}
_STARTTLS_PORT = 587

# "Service not available, closing": the server speaks about itself, not about the e-mail.
_CLOSING = 421


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where the mail server is: `smtp://user:password@host:port`, `smtps://…`, or `smtp://…?starttls`."""

    host: str
    port: int
    user: str | None
    password: str | None = field(repr=False)
    tls: bool
    starttls: bool

    @staticmethod
    def parse(url: str) -> "SmtpServer":
        """Read the address.

        Raises:
            ValueError: it is not one; the message does not repeat it, because it may hold a password.
        """
        expected = "expected smtp://user:password@host:port, smtps://… or smtp://…?starttls"
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise ValueError(expected) from None
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError(expected)
        options = parse_qs(parts.query, keep_blank_values=True)
        if set(options) - {"starttls"} or (parts.path not in {"", "/"}):
            raise ValueError("only ?starttls may follow the host and the port")
        starttls = "starttls" in options
        if starttls and parts.scheme == "smtps":
            raise ValueError("smtps:// is encrypted from the start: leave ?starttls out")
        usual = _STARTTLS_PORT if starttls else _PORTS[parts.scheme]
        return SmtpServer(
            host=parts.hostname,
            port=port or usual,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=parts.scheme == "smtps",
            starttls=starttls,
        )


class SmtpTransport:
    """A small pool of connections to one mail server. `name` is how we introduce ourselves (EHLO)."""

    def __init__(self, server: SmtpServer, *, name: str) -> None:
        self._server = server
        self._name = name
        self._idle: list[tuple[SMTP, float]] = []

    async def send(self, mail: Mail) -> Answer:
        """Hand one e-mail over; a connection that was closed while it was idle is replaced once."""
        reused = self._take_idle()
        if reused is not None:
            try:
                return await self._converse(reused, mail)
            except _ClosedBeforeContent:
                pass
        try:
            fresh = await self._open()
        except SMTPResponseException as error:
            return Unreachable(f"smtp_{error.code}")
        except (SMTPException, OSError, TimeoutError) as error:
            return Unreachable(type(error).__name__)
        try:
            return await self._converse(fresh, mail)
        except _ClosedBeforeContent:
            return Deferred("smtp_disconnected")

    async def close(self) -> None:
        """Say goodbye on every idle connection."""
        while self._idle:
            connection, _ = self._idle.pop()
            with suppress(SMTPException, OSError, TimeoutError):
                await connection.quit(timeout=1)
            connection.close()

    async def _converse(self, connection: SMTP, mail: Mail) -> Answer:
        try:
            answer = await _hand_over(connection, mail)
        except BaseException:
            # An unfinished conversation cannot be continued by the next e-mail.
            connection.close()
            raise
        if connection.is_connected:
            self._idle.append((connection, asyncio.get_running_loop().time()))
        return answer

    def _take_idle(self) -> SMTP | None:
        now = asyncio.get_running_loop().time()
        while self._idle:
            connection, since = self._idle.pop()
            if connection.is_connected and now - since < IDLE_SECONDS:
                return connection
            connection.close()
        return None

    async def _open(self) -> SMTP:
        server = self._server
        connection = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            local_hostname=self._name,
            timeout=TIMEOUT_SECONDS,
            use_tls=server.tls,
            start_tls=server.starttls,
        )
        await connection.connect()
        return connection


class _ClosedBeforeContent(Exception):
    """The server hung up before it was given the e-mail: nothing was sent."""


async def _hand_over(connection: SMTP, mail: Mail) -> Answer:
    try:
        await connection.mail(mail.sender)
        await connection.rcpt(mail.recipient)
    except SMTPServerDisconnected as error:
        raise _ClosedBeforeContent from error
    except SMTPResponseException as error:
        return await _declined(connection, error)
    except TimeoutError:
        connection.close()
        return Deferred("smtp_timeout")
    try:
        await connection.data(mail.content)
    except SMTPResponseException as error:
        return await _declined(connection, error)
    except (SMTPException, OSError, TimeoutError):
        # Perhaps it was accepted and only the answer was lost: the same Message-ID lets the reader's side notice.
        connection.close()
        return Deferred("smtp_disconnected")
    return Accepted()


async def _declined(connection: SMTP, error: SMTPResponseException) -> Answer:
    if error.code == _CLOSING:
        connection.close()
    elif connection.is_connected:
        try:
            await connection.rset()
        except (SMTPException, OSError, TimeoutError):
            connection.close()
    # A refused sender is our own setting that is wrong: the operator can still repair it within the letter's time.
    if error.code >= 500 and not isinstance(error, SMTPSenderRefused):
        return Refused(f"smtp_{error.code}")
    return Deferred(f"smtp_{error.code}")
