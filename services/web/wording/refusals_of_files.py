"""Refusal code → French, for annexes and for files that people give: a title for the API, a sentence for the pages."""

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
    "file_empty": ("Le fichier est vide", "Ce fichier est vide. Choisissez-en un autre."),
    "file_name_refused": (
        "Le nom du fichier n’est pas accepté",
        "Renommez ce fichier : des lettres, des chiffres, des espaces, des points et des tirets.",
    ),
    "file_kind_refused": (
        "Ce type de fichier n’est pas accepté",
        "Choisissez un fichier PDF, image (PNG, JPEG), texte (ODT, DOCX) ou tableur (ODS, XLSX), sous son vrai type.",
    ),
    "file_content_refused": (
        "Le contenu du fichier n’est pas accepté",
        "Ce fichier contient un programme, un autre fichier ou un mot de passe. Enregistrez-le en PDF simple.",
    ),
    "annex_not_found": ("Annexe inconnue", "Cette annexe n’existe pas, ou elle a été retirée."),
    "annex_changed": (
        "L’annexe a changé",
        "Quelqu’un a changé cette annexe pendant votre lecture. Vérifiez la version récente.",
    ),
    "annex_unchanged": (
        "L’annexe ne change pas",
        "Cette annexe est déjà ainsi. Choisissez un autre fichier.",
    ),
    "annex_empty": ("L’annexe n’a pas de fichier", "Cette annexe n’a pas encore de fichier à accepter."),
    "too_many_annexes": (
        "Trop d’annexes",
        lambda fields: f"Une convention a au plus {fields.get('at_most', 50)}{NBSP}annexes.",
    ),
}
