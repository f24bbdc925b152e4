"""What the person who starts the whole system may choose. A wrong choice is listed with all the others, once."""

import importlib
import os
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.topology import SERVICES
from shared.kit.files import FileStore
from shared.kit.settings import DEFAULT_DATA, FILES_URL, NatsNodes, NatsSync, ServiceSettings, explain

# Of the tests, which start systems too.
_NOT_OURS = {"ENTENTE_TEST_ORDER", "ENTENTE_CHAOS_SEED"}


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
        unknown = _unknown(cls)
        try:
            settings = cls()
        except ValidationError as error:
            sys.stderr.write("\n".join([explain(error, cls), *unknown]) + "\n")
            raise SystemExit(2) from None
        if unknown:
            sys.stderr.write("\n".join(["The settings are not usable:", *unknown]) + "\n")
            raise SystemExit(2)
        return settings

    @field_validator("data")
    @classmethod
    def _can_be_a_folder(cls, data: Path) -> Path:
        for path in (data, *data.absolute().parents):
            if path.exists():
                if not path.is_dir():
                    raise ValueError(f"{path} is not a folder")
                break
        return data.absolute()


def _unknown(system: type[BaseSettings]) -> list[str]:
    """The names of the environment that are like ours and mean nothing: a misspelt setting would be ignored, and missed."""
    given = {name for name, value in os.environ.items() if name.startswith("ENTENTE_") and value}
    left = sorted(given - _NOT_OURS - _names(system))
    if not left:
        return []
    # Imported for this alone: each service has settings of its own.
    known = _names(system)
    for service in SERVICES:
        importlib.import_module(f"services.{service}.settings")
    for settings in (ServiceSettings, *ServiceSettings.__subclasses__()):
        known |= _names(settings)
    lines: list[str] = []
    for name in left:
        if name not in known:
            fields = sorted(it.removeprefix("ENTENTE_") for it in known)
            near = get_close_matches(name.removeprefix("ENTENTE_"), fields, n=1, cutoff=0.7)
            meant = f" Did you mean ENTENTE_{near[0]}?" if near else ""
            lines.append(f"  {name}: there is no such setting.{meant}")
    return lines


def _names(settings: type[BaseSettings]) -> set[str]:
    return {f"ENTENTE_{field.upper()}" for field in settings.model_fields}
