"""What web can be told by its environment."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from pydantic import Field

from shared.kit.settings import ServiceSettings


class WebSettings(ServiceSettings):
    """The settings of web."""

    service: ClassVar[str] = "web"

    http_port: int = Field(
        default=8000, ge=0, le=65535, description="Port of the pages and the API; 0 takes a free one."
    )
    http_host: str = Field(
        default="127.0.0.1", description="Address to listen on: loopback, for a reverse proxy that adds TLS."
    )
    share_port: bool = Field(
        default=False,
        description="Whether other replicas of web on this machine may listen on the same port; the kernel spreads the "
        "connections.",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s?#]+$",
        description="Address that people type, without a path; links of e-mails begin with it. Default: the local one.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses of reverse proxies whose X-Forwarded-For is believed, by commas.",
    )
    support_email: str | None = Field(default=None, description="Address that the help page gives, if any.")
    support_phone: str | None = Field(default=None, description="Telephone that the help page gives, if any.")

    seal_file: Path | None = Field(
        default=None,
        description="PEM file with the private key that seals documents, its certificate, and those that vouch for it. "
        "Default: credentials/seal.pem in the data folder, which the first start makes.",
    )

    upload_megabytes: int = Field(
        default=50, ge=1, le=1000, description="How large a file may be that people give, in megabytes."
    )
    unused_files_hours: int = Field(
        default=24,
        ge=1,
        description="How long a file that nothing names stays in the store: longer than any backup takes, in hours.",
    )
    api_requests_per_second: int = Field(
        default=300,
        ge=1,
        description="How fast one API token may ask, on average, before it is told to wait.",
    )

    @property
    def seal(self) -> Path:
        """Where the key of the seal on documents is."""
        return self.seal_file or self.data / "credentials" / "seal.pem"

    @property
    def unused_files(self) -> timedelta:
        """How long a file that nothing names stays."""
        return timedelta(hours=self.unused_files_hours)

    @cached_property
    def is_https(self) -> bool:
        """Whether people come over TLS, so that cookies can insist on it."""
        return self.public_url is not None and urlsplit(self.public_url).scheme == "https"
