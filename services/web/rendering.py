"""Templates and static files: one environment, addresses that change with the content, compressed once at start."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.web.wording.dates import FILTERS
from shared.contracts.identifiers import new_id
from shared.texts.showing import unveiled

HERE = Path(__file__).parent
STATIC = HERE / "static"

# These are compressed already; trying again makes them larger.
_COMPRESSED = {".woff2", ".png", ".gz"}
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent."""

    content_type: str
    digest: str
    plain: bytes
    gzipped: bytes | None


class Rendering:
    """Makes HTML from templates."""

    def __init__(self) -> None:
        self.files = _read_static()
        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            # A variable that a page forgot is a defect that tests must see, not an empty place.
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=False,
            enable_async=False,
        )
        filters: dict[str, Any] = environment.filters
        filters.update(FILTERS | {"devoile": unveiled})
        given: dict[str, Any] = environment.globals
        given |= {"asset": cache(self.asset), "new_id": new_id}
        self._environment = environment

    def asset(self, path: str) -> str:
        """The address of a static file; it changes with the content, so it may be kept for ever."""
        return f"/static/{path}?v={self.files[path].digest}"

    def page(self, template: str, context: dict[str, Any]) -> str:
        """A page as HTML."""
        return self._environment.get_template(template).render(context)


def _read_static() -> dict[str, StaticFile]:
    files: dict[str, StaticFile] = {}
    for path in sorted(STATIC.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            content = path.read_bytes()
            small = None if path.suffix in _COMPRESSED else gzip.compress(content, 9, mtime=0)
            files[path.relative_to(STATIC).as_posix()] = StaticFile(
                content_type=_TYPES.get(path.suffix)
                or guess_type(path.name)[0]
                or "text/plain; charset=utf-8",
                digest=hashlib.sha256(content).hexdigest()[:16],
                plain=content,
                gzipped=small if small and len(small) < len(content) else None,
            )
    return files
