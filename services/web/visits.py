"""A request with what web knows about it: who comes, and the parts that answer."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from litestar import Request
from litestar.datastructures import State

from services.web.accounts.sessions import Session
from services.web.accounts.tokens import ApiToken
from services.web.gateway import Gateway
from services.web.settings import WebSettings
from shared.contracts.actor import Actor
from shared.contracts.identifiers import PersonId
from shared.contracts.refusals import NotSignedIn
from shared.contracts.web.refusals import PageNotFound
from shared.kit.database import Database
from shared.kit.files import FileStore

if TYPE_CHECKING:
    from services.web.api.throttle import Throttle
    from services.web.documents.checking import Checker
    from services.web.documents.printing import Printer
    from services.web.live import Live
    from services.web.rendering import Rendering

SESSION_COOKIE = "entente"
SECURE_SESSION_COOKIE = "__Host-entente"

VISITOR = "visitor"
FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Web:
    """The parts of the running program that handlers use."""

    settings: WebSettings
    public_url: str
    own_origins: frozenset[str]
    database: Database
    gateway: Gateway
    rendering: "Rendering"
    live: "Live"
    throttle: "Throttle"
    printer: "Printer"
    checker: "Checker"
    files: FileStore

    @property
    def session_cookie(self) -> str:
        """The cookie's name. The prefix makes browsers refuse one that was set without TLS or by a sister domain."""
        return SECURE_SESSION_COOKIE if self.settings.is_https else SESSION_COOKIE


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who makes a request: somebody signed in, a token's bearer, or nobody."""

    session: Session | None = None
    token: ApiToken | None = None

    @property
    def actor(self) -> Actor | None:
        """On whose behalf services are asked."""
        if self.session:
            return self.session.actor
        return self.token.actor if self.token else None


NOBODY = Visitor()


class Visit(Request[None, None, State]):
    """What every handler receives as `request`."""

    @property
    def web(self) -> Web:
        """The parts of the program."""
        return cast("Web", self.app.state.web)

    @property
    def visitor(self) -> Visitor:
        """Who comes."""
        return cast("dict[str, Visitor]", self.scope["state"]).get(VISITOR, NOBODY)

    @property
    def actor(self) -> Actor:
        """On whose behalf to ask; refuses whoever is not signed in."""
        if (actor := self.visitor.actor) is None:
            raise NotSignedIn
        return actor

    @property
    def my_session(self) -> Session:
        """The session; refuses whoever has none, API tokens included."""
        if (session := self.visitor.session) is None:
            raise NotSignedIn
        return session

    def must_be_signed_in(self) -> None:
        """Refuse whoever has no session, before anything is read or asked."""
        _ = self.my_session

    def must_be_operator(self) -> None:
        """To everybody else the pages of operation do not exist."""
        session = self.visitor.session
        if session is None or not session.is_operator:
            raise PageNotFound

    @property
    def person_id(self) -> PersonId:
        """The person who is signed in."""
        return self.my_session.person_id

    @property
    def address(self) -> str:
        """Where the request comes from, to count attempts."""
        return self.client.host if self.client else "unknown"

    def meanwhile(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Start something that the page will need, while it asks for its own content."""
        task: asyncio.Task[Any] = asyncio.create_task(work)
        # Nobody may come back for it (a redirect): its failure is then nobody's.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return task
