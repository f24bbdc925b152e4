"""What notifications can be told by its environment."""

from email.utils import parseaddr
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, SecretStr

from services.notifications.delivery.smtp import SmtpServer
from shared.kit.settings import ServiceSettings


def _mail_server(url: SecretStr) -> SecretStr:
    SmtpServer.parse(url.get_secret_value())
    return url


def _mailbox(written: str) -> str:
    _, address = parseaddr(written)
    local, _, domain = address.partition("@")
    if not (local and domain and address.isascii()) or any(it.isspace() for it in address):
        raise ValueError("expected an address, as: Entente <entente@exemple.fr>")
    return written


class NotificationsSettings(ServiceSettings):
    """How e-mails leave, and where their links lead."""

    service: ClassVar[str] = "notifications"

    smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] | None = Field(
        default=None,
        description="The mail server: smtp://user:password@host:port, smtps://… or smtp://…?starttls. "
        "Without it, e-mails go to a Maildir in the data folder.",
    )
    mail_from: Annotated[str, AfterValidator(_mailbox)] = Field(
        default="Entente <entente@localhost.localdomain>", description="From whom e-mails come."
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="Where people open Entente: the beginning of the links in e-mails.",
    )
    http_port: int = Field(
        default=8000, ge=0, le=65535, description="The port of the pages; 0 takes a free one and prints it."
    )
