"""Forms: read what was typed, make the command of it, and keep both the words typed and every problem."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from litestar import Response
from pydantic import BaseModel, ValidationError

from services.web.problems import field_problems, invalid
from services.web.visits import Visit
from services.web.wording.refusals import sentence_of
from shared.contracts.identifiers import new_id
from shared.contracts.messages import Request, View
from shared.contracts.refusals import InvalidRequest, Refusal, RefusalKind
from shared.contracts.web.refusals import MediaTypeNotSupported

URLENCODED = "application/x-www-form-urlencoded"
UNPROCESSABLE = 422
WHOLE_FORM = "_"
_SECRETS = frozenset({"password", "current_password", "new_password"})

AnyModel = TypeVar("AnyModel", bound=BaseModel)
AnyReply = TypeVar("AnyReply", bound=View)


class Form:
    """What somebody typed, and what is wrong with it."""

    def __init__(self, typed: Iterable[tuple[str, str]] = ()) -> None:
        self._all = list(typed)
        self._typed = dict(self._all)
        self.errors: dict[str, str] = {}

    @property
    def status(self) -> int:
        """The status of a page that shows it again."""
        return UNPROCESSABLE if self.errors else 200

    @property
    def kept(self) -> list[tuple[str, str]]:
        """All that was sent, to be sent again, but for passwords."""
        return [(name, value) for name, value in self._all if name not in _SECRETS]

    @property
    def values(self) -> dict[str, str]:
        """What goes back to the page. A password never does."""
        return {name: value for name, value in self._typed.items() if name not in _SECRETS}

    def text(self, name: str) -> str:
        """What was typed in a field; empty when it is missing."""
        return self._typed.get(name, "")

    def every(self, name: str) -> list[str]:
        """All that was sent under one name."""
        return [value for key, value in self._all if key == name]

    def optional(self, name: str) -> str | None:
        """What was typed, or None where nothing was."""
        return self.text(name).strip() or None

    def number(self, name: str) -> str | None:
        """A number as people write it: spaces between thousands."""
        typed = self.optional(name)
        return "".join(typed.split()) if typed else None

    def identifier(self, name: str) -> UUID | None:
        """An id that a page put into the form; None when it is none."""
        try:
            return UUID(self.text(name))
        except ValueError:
            return None

    @property
    def made_id(self) -> UUID:
        """The id of what the form makes. It came with the form, so that two clicks, or one that is sent again after a
        lost answer, make one thing; a form without it (a program's) makes a new one.
        """
        return self.identifier("made_id") or new_id()

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.text(name))

    def build(
        self, model: type[AnyModel], named: Mapping[str, str] | None = None, **fields: Any
    ) -> AnyModel | None:
        """The command that the form makes, or None, with every problem noted beside its field.

        `named` gives the form's name of a field where it differs from the command's.
        """
        try:
            return model.model_validate(fields)
        except ValidationError as error:
            self._note(invalid(error.errors(include_url=False, include_input=False)), named or {})
            return None

    async def send(
        self, visit: Visit, command: Request[AnyReply] | None, at: Mapping[str, str] | None = None
    ) -> AnyReply | None:
        """Do it on behalf of who is signed in. None when it is refused, with the reason noted; `at` says beside which
        field a code belongs. What does not exist is not about the form: it goes on to the page of errors.
        """
        if command is None or self.errors:
            return None
        try:
            return await visit.web.gateway.ask(command, visit.actor)
        except InvalidRequest as refusal:
            self._note(refusal, {})
        except Refusal as refusal:
            field = (at or {}).get(refusal.code)
            if field is None and refusal.kind is RefusalKind.NOT_FOUND:
                raise
            self.refuse(refusal, field or WHOLE_FORM)
        return None

    def under(self, suffix: str) -> "Form":
        """The same form on a page that repeats it: keyed by field and suffix, but for what concerns the whole."""
        form = Form((name + suffix, value) for name, value in self._all)
        form.errors = {
            name if name == WHOLE_FORM else name + suffix: sentence for name, sentence in self.errors.items()
        }
        return form

    def refuse(self, refusal: Refusal, field: str = WHOLE_FORM) -> None:
        """Note why it is refused."""
        self.errors.setdefault(field, sentence_of(refusal))

    def _note(self, refusal: InvalidRequest, named: Mapping[str, str]) -> None:
        for problem in field_problems(refusal):
            field = problem.field.partition(".")[0]
            name = named.get(field, field)
            known = name in self._typed or name in named.values()
            self.errors.setdefault(name if known or name else WHOLE_FORM, problem.message)


async def read_form(visit: Visit) -> Form:
    """The form that was sent."""
    content_type, _ = visit.content_type
    if content_type and content_type != URLENCODED:
        raise MediaTypeNotSupported(supported=[URLENCODED])
    data = await visit.form()
    return Form((name, value) for name, value in data.multi_items() if isinstance(value, str))


Page = Response[Any]
