"""What is wrong with a field, in French, from what pydantic found."""

from datetime import date
from typing import Any

from services.web.wording.dates import NBSP, nombre, plain_date

_SIMPLE = {
    "missing": "Remplissez ce champ.",
    "string_too_short": "Remplissez ce champ.",
    "string_type": "Écrivez un texte.",
    "date_from_datetime_parsing": "Indiquez une date, par exemple 27/11/2026.",
    "date_parsing": "Indiquez une date, par exemple 27/11/2026.",
    "date_type": "Indiquez une date, par exemple 27/11/2026.",
    "date_from_datetime_inexact": "Indiquez une date, sans heure.",
    "datetime_parsing": "Indiquez une date et une heure.",
    "int_parsing": "Indiquez un nombre entier, par exemple 12.",
    "int_type": "Indiquez un nombre entier, par exemple 12.",
    "int_from_float": "Indiquez un nombre entier, sans virgule.",
    "int_parsing_size": "Ce nombre est trop grand.",
    "bool_parsing": "Répondez par oui ou par non.",
    "bool_type": "Répondez par oui ou par non.",
    "uuid_parsing": "Choisissez dans la liste.",
    "uuid_type": "Choisissez dans la liste.",
    "enum": "Choisissez dans la liste.",
    "value_error": "Des caractères invisibles ne sont pas acceptés. Écrivez le texte au clavier.",
    "string_unicode": "Des caractères ne sont pas lisibles. Écrivez le texte au clavier.",
    "tuple_type": "Donnez une liste.",
    "list_type": "Donnez une liste.",
    "too_short": "Il en faut davantage.",
    "too_long": "Il y en a trop.",
    "model_type": "Donnez un objet.",
    "model_attributes_type": "Donnez un objet.",
    "extra_forbidden": "Ce champ n’existe pas.",
}
_EMAIL = "Indiquez une adresse électronique complète, par exemple claire@exemple.fr."


def explain(kind: str, context: dict[str, Any] | None = None, field: str = "") -> str:
    """The sentence for one of pydantic's error types."""
    context = context or {}
    if kind == "string_pattern_mismatch":
        return _EMAIL if "email" in field else "Ce champ n’a pas la forme attendue."
    if kind == "string_too_long":
        return f"C’est trop long : {nombre(context.get('max_length', 0))}{NBSP}caractères au plus."
    if kind in {"greater_than_equal", "greater_than"}:
        return _beyond(context.get("ge", context.get("gt", 0)), number="à partir de", day="à partir du")
    if kind in {"less_than_equal", "less_than"}:
        return _beyond(context.get("le", context.get("lt", 0)), number="jusqu’à", day="jusqu’au")
    return _SIMPLE.get(kind, "Ce champ n’a pas la forme attendue.")


def _beyond(bound: object, *, number: str, day: str) -> str:
    # Pydantic gives the bound of a date as text.
    if isinstance(bound, str):
        return f"Indiquez une date {day} {plain_date(date.fromisoformat(bound))}."
    return f"Indiquez un nombre {number} {nombre(bound) if isinstance(bound, int | float) else bound}."
