"""Where people open Entente: the beginning of every link in an e-mail."""

import json
from dataclasses import dataclass
from pathlib import Path

from shared.contracts.refusals import Trouble


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """The address that is set or, on one's own machine, where web listens."""

    public_url: str | None
    http_port: int
    run_file: Path

    def current(self) -> str:
        """The address without a slash at its end. A port that web chose by itself is known only while web runs.

        Raises:
            Trouble: web has not said yet where it listens.
        """
        if self.public_url:
            return self.public_url.rstrip("/")
        if self.http_port:
            return f"http://127.0.0.1:{self.http_port}"
        try:
            return str(json.loads(self.run_file.read_text())["http"]).rstrip("/")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Trouble("web has not said where it listens") from error
