"""What the person who starts the whole system may choose. A wrong choice is listed with all the others, once."""

import sys
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.kit.files import FileStore
from shared.kit.settings import DEFAULT_DATA, FILES_URL, NatsNodes, NatsSync, explain


class SystemSettings(BaseSettings):
    """The settings of `make up`."""

    model_config = SettingsConfigDict(
        env_prefix="ENTENTE_", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data: Path = Field(default=DEFAULT_DATA, description="The folder that holds everything Entente stores.")
    http_port: int = Field(
        default=8000,
        ge=0,
        le=65535,
        description="Port of the pages and of the API on loopback; 0 takes a free one.",
    )
    postgres_url: str | None = Field(
        default=None,
        pattern=r"^postgres(ql)?://",
        description="An administrator's address of your own PostgreSQL, used instead of the embedded one.",
    )
    nats_url: str | None = Field(
        default=None,
        pattern=r"^(nats|tls)://[^@/]+@",
        description="An operator's address (nats://user:password@host:port) of your own NATS, instead of the embedded "
        "one; several of one cluster by commas.",
    )
    files_url: str | None = Field(
        default=None,
        pattern=FILES_URL,
        description="An S3 store for files, as s3://bucket/prefix, with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION "
        "and AWS_ENDPOINT beside it. Without it, files are kept in the data folder.",
    )
    smtp_url: str | None = Field(
        default=None,
        pattern=r"^smtps?://",
        description="The mail server. Without it, messages go to a Maildir in the data folder.",
    )
    nats_sync: NatsSync = Field(
        default="1s",
        description="How often the embedded NATS writes to disk: a duration such as 1s, or `always` (slower). "
        "Of your own NATS: what you have set there.",
    )
    nats_nodes: NatsNodes = Field(
        default=1,
        description="1, or 3 for a NATS cluster of three local processes that goes on without one of them.",
    )
    replicas: int = Field(default=1, ge=1, le=2, description="How many processes of each service: 1 or 2.")

    sample: bool = Field(
        default=True,
        description="Whether a new system is filled with the sample: `no` for a system that others will use.",
    )

    @property
    def files(self) -> FileStore:
        """Where files are kept."""
        return FileStore.at(self.files_url, self.data)

    @classmethod
    def load(cls) -> Self:
        """Read the environment; stop the program with the list of all problems if anything is wrong."""
        try:
            return cls()
        except ValidationError as error:
            sys.stderr.write(explain(error, cls) + "\n")
            raise SystemExit(2) from None

    @field_validator("data")
    @classmethod
    def _can_be_a_folder(cls, data: Path) -> Path:
        for path in (data, *data.absolute().parents):
            if path.exists():
                if not path.is_dir():
                    raise ValueError(f"{path} is not a folder")
                break
        return data.absolute()
