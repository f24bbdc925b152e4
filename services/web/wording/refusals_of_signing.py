"""Refusal code → French, for who signs when: a title for the API, a sentence for the pages."""

OF_SIGNING: dict[str, tuple[str, str]] = {
    "signing_order_incomplete": ("Ordre incomplet", "L’ordre des signatures nomme chaque partie une fois."),
    "not_your_turn": (
        "Une autre partie signe avant",
        "L’ordre des signatures est fixé. Vous serez prévenu quand ce sera votre tour.",
    ),
    "signing_deadline_passed": (
        "Délai passé",
        "Le dernier jour pour signer est passé. Le texte doit être scellé à nouveau.",
    ),
}
