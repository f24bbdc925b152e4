"""What every service can be told by its environment. A wrong setting stops the start with one readable list."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.kit.files import FileStore

DEFAULT_DATA = Path(".entente")


def _one_or_three(nodes: int) -> int:
    # Two are no majority once one of them is away, so they are worse than one.
    if nodes not in {1, 3}:
        raise ValueError("1 or 3")
    return nodes


NatsSync = Annotated[str, Field(pattern=r"^(always|[1-9]\d*(ms|s|m))$")]
"""A duration, or `always`."""

FILES_URL = r"^s3://[^\s?#]+$"

NatsNodes = Annotated[int, AfterValidator(_one_or_three)]


class ServiceSettings(BaseSettings):
    """The settings that all services share; each service adds its own in a subclass."""

    model_config = SettingsConfigDict(
        env_prefix="ENTENTE_", env_ignore_empty=True, extra="ignore", frozen=True
    )

    service: ClassVar[str]

    data: Path = Field(default=DEFAULT_DATA, description="The folder that holds everything Entente stores.")
    postgres_url: str = Field(
        description="The service's own database, with its own role. Provisioning writes it to the credentials file.",
        pattern=r"^postgres(ql)?://",
    )
    nats_url: str = Field(
        description="The NATS server, with the service's own user; several of one cluster by commas. "
        "Provisioning writes it to the credentials file.",
        pattern=r"^(nats|tls)://",
    )
    nats_sync: NatsSync = Field(
        default="1s",
        description="How often NATS writes to disk: a duration, or `always`. With `always`, events are published in "
        "atomic batches, which is several times faster there.",
    )
    nats_nodes: NatsNodes = Field(
        default=1, description="How many nodes of the NATS cluster keep each stream: 1 or 3."
    )
    files_url: str | None = Field(
        default=None,
        pattern=FILES_URL,
        description="An S3 store for files, as s3://bucket/prefix, with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION "
        "and AWS_ENDPOINT beside it. Without it, files are kept in the data folder.",
    )
    replica: int = Field(
        default=1,
        ge=1,
        description="Which one of several processes of this service on this machine it is.",
    )
    ops_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="Port of /livez, /readyz and /metrics on loopback; 0 takes a free one.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least severe lines to log."
    )

    @classmethod
    def load(cls, **given: Any) -> Self:
        """Read the environment and the service's credentials file; stop the program if anything is wrong."""
        data = Path(given.get("data") or _environment_data())
        credentials = data / "credentials" / f"{cls.service}.env"
        if wrong := _of_somebody_else(credentials):
            sys.stderr.write(f"The settings are not usable:\n{wrong}\n")
            raise SystemExit(2)
        try:
            return cls(_env_file=credentials, **given)  # pyright: ignore[reportCallIssue] - read from the environment
        except ValidationError as error:
            sys.stderr.write(explain(error, cls) + "\n")
            raise SystemExit(2) from None

    @property
    def files(self) -> FileStore:
        """Where files are kept."""
        return FileStore.at(self.files_url, self.data)

    @property
    def run_file(self) -> Path:
        """Where the running service says its process id and addresses."""
        suffix = "" if self.replica == 1 else f"-{self.replica}"
        return self.data / "run" / f"{self.service}{suffix}.json"

    @property
    def nats_syncs_always(self) -> bool:
        """Whether NATS writes each message to the disk before it answers."""
        return self.nats_sync == "always"


def explain(error: ValidationError, settings: type[BaseSettings]) -> str:
    """All that is wrong with the environment, one line per setting, without repeating secret values."""
    lines = ["The settings are not usable:"]
    for problem in error.errors(include_url=False, include_input=False):
        field = str(problem["loc"][0]) if problem["loc"] else ""
        known = settings.model_fields.get(field)
        about = f" ({known.description})" if known and known.description else ""
        lines.append(f"  ENTENTE_{field.upper()}: {problem['msg'].removeprefix('Value error, ')}{about}")
    return "\n".join(lines)


def _of_somebody_else(credentials: Path) -> str:
    """The addresses of the environment that name another user than the service's own, in words: an administrator's, of
    the shell that provisioned.
    """
    if not credentials.exists():
        return ""
    lines = (line.partition("=") for line in credentials.read_text().splitlines())
    return "\n".join(
        f"  {name}: names another user than {credentials}. Unset it: the service reads its own address there."
        for name, _, own in lines
        if (given := os.environ.get(name)) and urlsplit(given).username != urlsplit(own).username
    )


def _environment_data() -> Path:
    return Path(os.environ.get("ENTENTE_DATA") or DEFAULT_DATA)
