"""The words of notices about templates. Written as `wording` says."""

from services.notifications.delivery.phrase import Wording
from shared.contracts.notifications.queries import NoticeKind

TEMPLATE_WORDINGS: dict[NoticeKind, Wording] = {
    NoticeKind.TEMPLATE_SHARED: Wording(
        subject="Modèle partagé : « {{ template }} »",
        sentence="{{ who }} partage un modèle de convention avec {{ own }}. Vous pouvez le lire et vous en servir.",
        act="Lire le modèle",
        path="/modeles/{{ template_id }}",
    ),
}
