"""The words about mediations. Never what the parties disagree on, nor what they agree on: an e-mail is not confidential."""

from services.notifications.delivery.phrase import Wording
from shared.contracts.notifications.queries import NoticeKind

_PAGE = "/conventions/{{ convention_id }}/mediation"

MEDIATION: dict[NoticeKind, Wording] = {
    NoticeKind.MEDIATION_AWAITED: Wording(
        subject="À répondre : une médiation pour « {{ convention }} »",
        sentence="{{ who }} propose une médiation, ou un accord. Votre réponse est attendue pour {{ own }}.",
        act="Lire et répondre",
        path=_PAGE,
    ),
    NoticeKind.MEDIATION_MOVED: Wording(
        subject="Médiation : du nouveau pour « {{ convention }} »",
        sentence="{{ who }} a accepté une proposition, ou fixé une date.",
        act="Voir la médiation",
        path=_PAGE,
    ),
    NoticeKind.MEDIATION_ENDED: Wording(
        subject="Médiation terminée : « {{ convention }} »",
        sentence="La médiation a pris fin. La page dit si un accord a été trouvé.",
        act="Voir ce qui en résulte",
        path=_PAGE,
    ),
}
