"""Refusal code → French, for what people give as files: a title for the API, a sentence for the pages."""

from collections.abc import Callable
from typing import Any

from services.web.wording.dates import NBSP

OF_FILES: dict[str, tuple[str, str | Callable[[dict[str, Any]], str]]] = {
    "file_too_large": (
        "Le fichier est trop lourd",
        lambda fields: (
            f"Ce fichier dépasse {int(fields.get('at_most_bytes', 0)) // 1_000_000}{NBSP}Mo. "
            "Choisissez-en un plus léger."
        ),
    ),
}
