"""The words of notices about amendments; `convention` is then the amendment's title. Written as `wording` says."""

from services.notifications.delivery.phrase import Wording
from shared.contracts.notifications.queries import NoticeKind

_AMENDMENT = "/conventions/{{ convention_id }}"

AMENDMENT_WORDINGS: dict[NoticeKind, Wording] = {
    NoticeKind.AMENDMENT_PROPOSED: Wording(
        subject="Avenant proposé : « {{ convention }} »",
        sentence="{{ who }} propose de changer la convention. Le texte en vigueur reste jusqu'aux signatures.",
        act="Lire le motif et le texte",
        path=_AMENDMENT,
    ),
    NoticeKind.AMENDMENT_SIGNED: Wording(
        subject="Avenant signé par tous : « {{ convention }} »",
        sentence="Il entrera en vigueur à la date convenue. Le texte actuel vaut jusque-là.",
        act="Voir la date",
        path=_AMENDMENT,
    ),
    NoticeKind.AMENDMENT_IN_FORCE: Wording(
        subject="Avenant en vigueur : « {{ convention }} »",
        sentence="Le texte de la convention a changé. Chaque partie l'avait signé.",
        act="Voir ce qui change",
        path=_AMENDMENT,
    ),
    NoticeKind.AMENDMENT_ABANDONED: Wording(
        subject="Avenant abandonné : « {{ convention }} »",
        sentence="{{ who }} a abandonné l'avenant. Le texte en vigueur reste le même.",
        act="Lire le motif",
        path=_AMENDMENT,
    ),
}
