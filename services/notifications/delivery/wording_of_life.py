"""The words of notices about a signed convention: suspension, renewal, end. Written as `wording` says."""

from services.notifications.delivery.phrase import Wording
from shared.contracts.notifications.queries import NoticeKind

LIFE = "/conventions/{{ convention_id }}/vie"

LIFE_WORDINGS: dict[NoticeKind, Wording] = {
    NoticeKind.CONVENTION_SUSPENDED: Wording(
        subject="Convention suspendue : « {{ convention }} »",
        sentence="{{ who }} a suspendu la convention. Les projets sont en pause, rien n'est perdu.",
        act="Lire le motif",
        path=LIFE,
    ),
    NoticeKind.SUSPENSION_LIFTED: Wording(
        subject="Suspension levée : « {{ convention }} »",
        sentence="Une suspension de la convention a pris fin.",
        act="Voir où en est la convention",
        path=LIFE,
    ),
    NoticeKind.TERMINATION_NOTIFIED: Wording(
        subject="Convention dénoncée : « {{ convention }} »",
        sentence="{{ who }} met fin à la convention. Elle tient jusqu'à la date annoncée.",
        act="Voir la date et ce qu'il reste à faire",
        path=LIFE,
    ),
    NoticeKind.TERMINATION_WITHDRAWN: Wording(
        subject="Convention maintenue : « {{ convention }} »",
        sentence="{{ who }} retire son annonce. La convention continue comme avant.",
        act="Voir où en est la convention",
        path=LIFE,
    ),
    NoticeKind.DEPARTURE_NOTIFIED: Wording(
        subject="Départ annoncé : « {{ convention }} »",
        sentence="{{ who }} quitte la convention à la date annoncée. Elle continue entre les autres parties.",
        act="Voir la date et le motif",
        path=LIFE,
    ),
    NoticeKind.PARTY_LEFT: Wording(
        subject="Une partie de moins : « {{ convention }} »",
        sentence="Une partie a quitté la convention. Elle continue entre les autres.",
        act="Voir où en est la convention",
        path=LIFE,
    ),
    NoticeKind.RENEWAL_AWAITED: Wording(
        subject="À décider : reconduire « {{ convention }} »",
        sentence="La convention arrive à son terme. Elle continue si chaque partie le dit.",
        act="Lire et répondre",
        path=LIFE,
    ),
    NoticeKind.RENEWAL_COMING: Wording(
        subject="Bientôt le terme : « {{ convention }} »",
        sentence="La convention arrive à son terme. La page dit comment elle peut continuer.",
        act="Voir les dates",
        path=LIFE,
    ),
    NoticeKind.RENEWAL_DECIDED: Wording(
        subject="Réponse sur la suite : « {{ convention }} »",
        sentence="{{ who }} a répondu sur la suite de la convention.",
        act="Lire la réponse",
        path=LIFE,
    ),
    NoticeKind.CONVENTION_RENEWED: Wording(
        subject="Convention reconduite : « {{ convention }} »",
        sentence="La convention continue. Son dernier jour a changé.",
        act="Voir les nouvelles dates",
        path=LIFE,
    ),
    NoticeKind.CONVENTION_ENDED: Wording(
        subject="À clore : « {{ convention }} »",
        sentence="La convention a pris fin. Il reste à faire les derniers pas de votre côté.",
        act="Voir ce qu'il reste à faire",
        path=LIFE,
    ),
    NoticeKind.CONVENTION_CLOSED: Wording(
        subject="Convention close : « {{ convention }} »",
        sentence="Chaque partie a fait ses derniers pas. L'historique reste lisible.",
        act="Voir la convention",
        path=LIFE,
    ),
}
