"""The words of notices about organisations that come to a convention. Written as `wording` says."""

from services.notifications.delivery.phrase import Wording
from shared.contracts.notifications.queries import NoticeKind

PARTIES = "/conventions/{{ convention_id }}/parties"

PARTIES_WORDINGS: dict[NoticeKind, Wording] = {
    NoticeKind.ADMISSION_PROPOSED: Wording(
        subject="À décider : une organisation de plus pour « {{ convention }} »",
        sentence="{{ who }} propose d'accueillir une organisation. Elle vient si chaque partie est d'accord.",
        act="Lire et répondre",
        path=PARTIES,
    ),
    NoticeKind.ADMISSION_ENDED: Wording(
        subject="Organisation non accueillie : « {{ convention }} »",
        sentence="{{ who }} a mis fin à une proposition d'accueillir une organisation.",
        act="Voir qui prend part",
        path=PARTIES,
    ),
    NoticeKind.PARTY_JOINED: Wording(
        subject="Une partie de plus : « {{ convention }} »",
        sentence="Une organisation est maintenant partie. Le préambule la nomme : relisez-le et acceptez-le.",
        act="Voir qui prend part",
        path=PARTIES,
    ),
    NoticeKind.OBSERVER_ADMITTED: Wording(
        subject="Un observateur de plus : « {{ convention }} »",
        sentence="Une organisation lit maintenant la salle commune. Elle n'y écrit pas.",
        act="Voir qui observe",
        path=PARTIES,
    ),
    NoticeKind.OBSERVER_LEFT: Wording(
        subject="Un observateur de moins : « {{ convention }} »",
        sentence="Une organisation ne lit plus la salle commune.",
        act="Voir qui observe",
        path=PARTIES,
    ),
    NoticeKind.OBSERVING: Wording(
        subject="Vous observez : « {{ convention }} »",
        sentence="Les parties ouvrent leur salle commune à votre organisation. Vous y lisez, sans y écrire.",
        act="Ouvrir la salle",
        path="/conventions/{{ convention_id }}/salles/commune",
    ),
}
