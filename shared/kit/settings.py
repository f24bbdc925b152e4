"""What every service can be told by its environment. A wrong setting stops the start with one readable list."""

import sys
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DATA = Path(".entente")


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
        description="The NATS server, with the service's own user. Provisioning writes it to the credentials file.",
        pattern=r"^(nats|tls)://",
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
        try:
            return cls(_env_file=data / "credentials" / f"{cls.service}.env", **given)  # pyright: ignore[reportCallIssue] - read from the environment
        except ValidationError as error:
            sys.stderr.write(explain(error, cls) + "\n")
            raise SystemExit(2) from None

    @property
    def run_file(self) -> Path:
        """Where the running service says its process id and addresses."""
        return self.data / "run" / f"{self.service}.json"


def explain(error: ValidationError, settings: type[BaseSettings]) -> str:
    """All that is wrong with the environment, one line per setting, without repeating secret values."""
    lines = ["The settings are not usable:"]
    for problem in error.errors(include_url=False, include_input=False):
        field = str(problem["loc"][0]) if problem["loc"] else ""
        known = settings.model_fields.get(field)
        about = f" ({known.description})" if known and known.description else ""
        lines.append(f"  ENTENTE_{field.upper()}: {problem['msg']}{about}")
    return "\n".join(lines)


def _environment_data() -> Path:
    import os

    return Path(os.environ.get("ENTENTE_DATA") or DEFAULT_DATA)
