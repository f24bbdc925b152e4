"""The session's cookie."""

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from services.web.accounts.sessions import ABSOLUTE
from services.web.visits import Visit


def set_session_cookie(visit: Visit, response: Response[Any], secret: str) -> Response[Any]:
    """Give the browser its session; scripts cannot read it, and other sites' forms do not carry it."""
    response.set_cookie(_cookie(visit, secret, int(ABSOLUTE.total_seconds())))
    return response


def drop_session_cookie(visit: Visit, response: Response[Any]) -> Response[Any]:
    """Take it back."""
    response.set_cookie(_cookie(visit, "", 0))
    return response


def _cookie(visit: Visit, value: str, max_age: int) -> Cookie:
    return Cookie(
        key=visit.web.session_cookie,
        value=value,
        max_age=max_age,
        path="/",
        secure=visit.web.settings.is_https,
        httponly=True,
        samesite="lax",
    )
