"""Refusal code → French, for who signs when: a title for the API, a sentence for the pages."""

OF_SIGNING: dict[str, tuple[str, str]] = {
    "signing_order_incomplete": ("Ordre incomplet", "L’ordre des signatures nomme chaque partie une fois."),
    "not_your_turn": (
        "Une autre partie signe avant",
        "L’ordre des signatures est fixé. Vous serez prévenu quand ce sera votre tour.",
    ),
    "scan_changed": (
        "Le scan a changé",
        "Un autre scan a été déposé, ou aucun ne l’est encore. Rien n’est attesté : regardez-le d’abord.",
    ),
    "scan_attested": ("Scan déjà attesté", "Un référent a attesté ce scan : il ne peut plus être remplacé."),
    "not_entrusted": (
        "Attestation réservée",
        (
            "Attester engage votre organisation. Il faut l’administrer, signer pour elle, "
            "ou avoir été désigné référent par quelqu’un qui le peut."
        ),
    ),
    "paper_date_impossible": (
        "Date impossible",
        "La date du papier suit le jour où le texte a été scellé, et n’est pas à venir.",
    ),
    "signing_deadline_passed": (
        "Délai passé",
        "Le dernier jour pour signer est passé. Le texte doit être scellé à nouveau.",
    ),
}
