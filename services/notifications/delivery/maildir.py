"""Where no mail server is set, e-mails become files of a Maildir that any mail reader opens."""

import asyncio
import contextlib
import mailbox
from pathlib import Path

from services.notifications.delivery.transport import Accepted, Answer, Mail, Unreachable


class MaildirTransport:
    """Files in `folder/new`, each complete from the moment it has its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The library counts its file names without a lock.
        self._one_at_a_time = asyncio.Lock()
        # Where the start says that e-mails go: somebody looks before the first one is written.
        with contextlib.suppress(OSError):
            self._opened()

    async def send(self, mail: Mail) -> Answer:
        """Write one e-mail."""
        try:
            async with self._one_at_a_time:
                await asyncio.to_thread(self._write, mail)
        except OSError as error:
            return Unreachable(type(error).__name__)
        return Accepted()

    async def close(self) -> None:
        """Nothing is held open."""

    def _write(self, mail: Mail) -> None:
        self._opened().add(mail.content)

    def _opened(self) -> mailbox.Maildir:
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        return mailbox.Maildir(self._folder, create=True)
