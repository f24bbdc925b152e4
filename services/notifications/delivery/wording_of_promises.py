"""The words about dated obligations. Never what was promised, nor what a party says of it: an e-mail is not confidential."""

from services.notifications.delivery.phrase import Wording
from shared.contracts.notifications.queries import NoticeKind

OBLIGATION = (
    "/conventions/{{ convention_id }}/engagements{% if obligation_id %}/{{ obligation_id }}{% endif %}"
)

PROMISES: dict[NoticeKind, Wording] = {
    NoticeKind.OBLIGATION_DUE: Wording(
        subject="Bientôt dû : un engagement de « {{ convention }} »",
        sentence="Un engagement de {{ own }} arrive à échéance. Quand il est tenu, dites-le aux deux parties.",
        act="Voir l'engagement",
        path=OBLIGATION,
        folded_subject="Bientôt dus : {{ count }} engagements de « {{ convention }} »",
        folded_sentence="{{ count }} engagements de {{ own }} arrivent à échéance. Dites ceux qui sont tenus.",
        folded_act="Voir les engagements",
    ),
    NoticeKind.OBLIGATION_MISSED: Wording(
        subject="Échéance passée : un engagement de « {{ convention }} »",
        sentence="Personne n'a dit que cet engagement est tenu. Dites ce qu'il en est.",
        act="Dire ce qu'il en est",
        path=OBLIGATION,
        folded_subject="Échéance passée : {{ count }} engagements de « {{ convention }} »",
        folded_sentence="Personne n'a dit que {{ count }} engagements sont tenus. Dites ce qu'il en est.",
    ),
    NoticeKind.OBLIGATION_KEPT: Wording(
        subject="Engagement tenu : « {{ convention }} »",
        sentence="{{ who }} dit qu'un engagement est tenu. Si vous n'êtes pas d'accord, dites-le.",
        act="Voir l'engagement",
        path=OBLIGATION,
    ),
    NoticeKind.OBLIGATION_CONTESTED: Wording(
        subject="Engagement non tenu : « {{ convention }} »",
        sentence="{{ who }} dit qu'un engagement n'est pas tenu. Son motif se lit dans Entente.",
        act="Lire le motif et répondre",
        path=OBLIGATION,
    ),
}
