"""Why a request was not done. Three families, three fates:

    Refusal   the rules say no: told to the person with a stable code; nothing changed
    Trouble   the world is failing: told as temporary; worth trying again
    Defect    we are wrong: told as our fault; alerts

Only refusals are declared by services. Each is named after its reason, has a stable `code` (the API's clients rely on
it) and structured fields. Words for people belong to `web`.
"""

from enum import StrEnum
from typing import Any, ClassVar


class RefusalKind(StrEnum):
    """What a refusal means for the one who asked; `web` maps it to an HTTP status."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    CONFLICT = "conflict"


class Refusal(Exception):
    """The rules say no."""

    code: ClassVar[str]
    kind: ClassVar[RefusalKind] = RefusalKind.CONFLICT
    may_be_behind: ClassVar[bool] = False
    """Decided on a projection of another service's facts, which may be milliseconds late: worth asking once more."""

    by_code: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init__(self, **fields: Any) -> None:
        super().__init__(self.code)
        self.fields = fields

    def __init_subclass__(cls, **_: Any) -> None:
        if "code" in cls.__dict__:
            if cls.code in Refusal.by_code:
                raise TypeError(
                    f"the refusal code {cls.code} is taken by {Refusal.by_code[cls.code].__name__}"
                )
            Refusal.by_code[cls.code] = cls

    @staticmethod
    def of_code(code: str, fields: dict[str, Any]) -> "Refusal":
        """The refusal that crossed the wire. A code we do not know yet (a newer service's) stays a plain conflict."""
        known = Refusal.by_code.get(code)
        if known is None:
            known = type("UnknownRefusal", (Refusal,), {"__doc__": "A newer service's refusal."})
            known.code = code
        refusal = known.__new__(known)
        Refusal.__init__(refusal, **fields)
        return refusal


class InvalidRequest(Refusal):
    """Fields are missing or wrong. `problems`: a list of `{"field", "reason"}`, all of them at once."""

    code = "invalid_request"
    kind = RefusalKind.INVALID

    def __init__(self, problems: list[dict[str, str]]) -> None:
        super().__init__(problems=problems)


class FileTooLarge(Refusal):
    """A file has more bytes than are taken here; `at_most_bytes` says how many are."""

    code = "file_too_large"
    kind = RefusalKind.INVALID

    def __init__(self, at_most_bytes: int) -> None:
        super().__init__(at_most_bytes=at_most_bytes)


class NotSignedIn(Refusal):
    """The request carries no actor."""

    code = "not_signed_in"
    kind = RefusalKind.NOT_ALLOWED


class StaleVersion(Refusal):
    """Somebody changed the thing since it was read; `current_version` is where it stands now."""

    code = "stale_version"

    def __init__(self, current_version: int) -> None:
        super().__init__(current_version=current_version)


class Trouble(Exception):
    """The world is failing (a database, a network): the same request may pass later."""


class TooEarly(Trouble):
    """The world is well, but what this one message needs is still on its way: it may pass later, the others pass now."""


class Defect(Exception):
    """We are wrong: an unreadable message, a broken invariant."""
