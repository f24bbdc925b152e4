"""Why a message waits in quarantine, in French. The service's own words stand beside it: operators look for those in logs."""

import re

from services.web.wording.dates import NBSP

_WORDS = (
    (
        r"is of a version that is not known here",
        f"Le service ne connaît pas encore cette version{NBSP}: elle est appliquée dès qu’il est à jour.",
    ),
    (r"says that it is of epoch", "Il annonce une restauration que son producteur ne connaît pas."),
    (r"says that it is", "Il dit être autre chose que ce qu’annonce son sujet."),
    (r"unreadable", "Il ne respecte pas le contrat de son producteur."),
    (r"has to be applied before", "Un message antérieur du même agrégat doit être appliqué avant lui."),
    (
        r"was restored since",
        f"Son producteur a été restauré depuis{NBSP}: ce qu’il a gardé, il l’annonce de nouveau.",
    ),
    (
        r"does not answer, and only it knows",
        "Son producteur ne répond pas, et lui seul sait si ce message est le sien. Recommencez quand il répond.",
    ),
    (
        r"JetStream gave it up",
        "Le serveur a renoncé à le remettre. Il revient par le journal de son producteur.",
    ),
)


def reason_in_words(reason: str) -> str:
    """What the reason of a service means; what is not known is a fault of the service's code."""
    return next(
        (words for pattern, words in _WORDS if re.search(pattern, reason)),
        "Le service échoue à l’appliquer.",
    )
