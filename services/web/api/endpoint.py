"""What one address of the API does: which request of which service it is, and what its path already says."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from shared.contracts.messages import Command, Request

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one address."""

    method: Method
    path: str
    request: type[Request[Any]]
    summary: str
    makes: str | None = None
    """The id of what is created: the client may choose it (asking again then does nothing twice), else we do."""
    location: str | None = None
    """Where what was created is, with the id's name in braces."""
    example: dict[str, Any] = field(default_factory=dict)
    signs: bool = False
    """Asks for the password again, in the body: a token alone does not sign."""

    attests: bool = False
    """Whoever does it is a référent; what else `signs` is done by a signatory."""

    takes_file: bool = False
    """The body is the bytes of a file, and its other fields are in the query string, with the file's `name`."""
    in_room: bool = False
    """The file goes into a room: whoever writes there gives it."""

    @property
    def in_path(self) -> frozenset[str]:
        """The fields that the path gives."""
        return frozenset(re.findall(r"{(\w+)}", self.path))

    @property
    def tag(self) -> str:
        """The resource, for grouping."""
        return self.path.split("/")[1]

    @property
    def takes_body(self) -> bool:
        """Whether its fields come in a JSON body; a GET's come in the query string."""
        return self.method in {"POST", "PUT", "PATCH"} and not self.takes_file

    @property
    def is_command(self) -> bool:
        """Whether it may change something."""
        return issubclass(self.request, Command)

    @property
    def name(self) -> str:
        """The operation's name for generated clients: the request's."""
        return self.request.__name__
