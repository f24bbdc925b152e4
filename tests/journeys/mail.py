"""The e-mails that the system sent, as their recipients find them."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

from tests.support.eventually import eventually_sync


def messages_to(data: Path, address: str) -> list[EmailMessage]:
    """Every message to one address, in the order of their arrival."""
    found: list[tuple[float, EmailMessage]] = []
    for path in (data / "mail" / "new").glob("*"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if isinstance(message, EmailMessage) and address in str(message["To"]):
            found.append((path.stat().st_mtime, message))
    return [message for _, message in sorted(found, key=lambda it: it[0])]


def wait_for_message(data: Path, address: str, *about: str) -> EmailMessage:
    """The first message to an address whose subject contains some words."""

    def arrived() -> EmailMessage | None:
        found = messages_to(data, address)
        return next((it for it in found if all(words in str(it["Subject"]) for words in about)), None)

    message = eventually_sync(arrived)
    assert message is not None
    return message


def text_of(message: EmailMessage) -> str:
    """The plain part."""
    part = message.get_body(preferencelist=("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(message: EmailMessage, path: str) -> str:
    """The address in the plain part that contains `path`."""
    found = re.search(rf"https?://\S*{re.escape(path)}\S*", text_of(message))
    assert found, text_of(message)
    return found.group(0)
