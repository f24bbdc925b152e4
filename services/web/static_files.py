"""Serves static files from memory: a few hundred kilobytes, compressed once."""

from litestar import Response, get
from litestar.params import FromPath

from services.web.visits import Visit
from shared.contracts.web.refusals import PageNotFound

_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_A_WHILE = "public, max-age=300"


@get("/static/{path:path}", sync_to_thread=False, include_in_schema=False)
def static_file(request: Visit, path: FromPath[str]) -> Response[bytes]:
    """One file. It may be kept for ever when its address says which content, or which version, it is."""
    name = path.lstrip("/")
    found = request.web.rendering.files.get(name)
    if found is None:
        raise PageNotFound
    frozen = request.query_params.get("v") == found.digest or name.startswith("vendor/")
    headers = {
        "cache-control": _FOR_EVER if frozen else _FOR_A_WHILE,
        "etag": f'"{found.digest}"',
        "vary": "accept-encoding",
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(b"", status_code=304, headers=headers, media_type=found.content_type)
    body = found.plain
    if found.gzipped and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = found.gzipped, "gzip"
    return Response(body, headers=headers, media_type=found.content_type)
