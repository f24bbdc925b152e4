"""What the browser is told, and which requests are refused because of where they come from.

Pure decisions: no session, no database.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Swagger UI writes style attributes; nothing else of the policy is loosened, and only on its page.
_TRY_IT_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

_EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def headers_for(path: str, *, https: bool) -> dict[str, str]:
    """The headers of every response, by the page it is for."""
    headers = dict(_EVERYWHERE)
    headers["content-security-policy"] = _TRY_IT_POLICY if path == "/api" else _POLICY
    if https:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return headers


def comes_from_elsewhere(method: str, headers: Mapping[str, str], own_origins: frozenset[str]) -> bool:
    """Whether a request that carries a session would change something on another site's behalf.

    Sec-Fetch-Site decides when the browser sends it, else Origin; with neither, we cannot know, so it is refused.
    `none` is the reader's own doing: an address typed, a bookmark. A form is never sent that way, but a tool may be.
    """
    if method in SAFE_METHODS:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin not in own_origins


def origin_of(url: str) -> str:
    """The origin of an address, as browsers write it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_local_path(target: str) -> bool:
    """Whether a redirection stays here: a path of ours, not `//elsewhere`, nor a backslash that browsers read as one."""
    return (
        target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and target.isprintable()
        and "\\" not in target
    )
