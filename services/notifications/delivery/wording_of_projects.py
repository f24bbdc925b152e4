"""The words of notices about projects, milestones and indicators. Written as `wording` says."""

from services.notifications.delivery.phrase import Wording
from shared.contracts.notifications.queries import NoticeKind

PROJECT = "/projets/{{ project_id }}"
INDICATOR = "/indicateurs/{{ indicator_id }}"
# Of several indicators: those of their project, or all of them.
INDICATORS = (
    "{% if indicator_id %}"
    + INDICATOR
    + "{% elif project_id %}"
    + PROJECT
    + "{% else %}/indicateurs{% endif %}"
)

PROJECT_WORDINGS: dict[NoticeKind, Wording] = {
    NoticeKind.PROJECT_PROPOSED: Wording(
        subject="À lire : le projet « {{ project }} »",
        sentence="{{ who }} propose un projet. Dites qui le pilote pour {{ own }}.",
        act="Voir le projet",
        path=PROJECT,
    ),
    NoticeKind.PROJECT_STARTED: Wording(
        subject="Projet démarré : « {{ project }} »",
        sentence="{{ who }} a démarré le projet.",
        act="Voir le projet",
        path=PROJECT,
    ),
    NoticeKind.MILESTONE_REACHED: Wording(
        subject="Jalon atteint : « {{ milestone }} »",
        sentence="{{ who }} a atteint un jalon du projet.",
        act="Voir le projet",
        path=PROJECT,
    ),
    NoticeKind.MILESTONE_MOVED: Wording(
        subject="Jalon déplacé : « {{ milestone }} »",
        sentence="{{ who }} a changé la date d'un jalon.",
        act="Voir la nouvelle date",
        path=PROJECT,
    ),
    NoticeKind.INDICATOR_PROPOSED: Wording(
        subject="À accepter : l'indicateur « {{ indicator }} »",
        sentence="{{ who }} propose une façon de mesurer. Elle attend votre accord.",
        act="Relire et accepter",
        path=INDICATOR,
    ),
    NoticeKind.INDICATOR_AGREED: Wording(
        subject="Indicateur accepté : « {{ indicator }} »",
        sentence="{{ who }} accepte la définition. Les mesures peuvent commencer.",
        act="Voir l'indicateur",
        path=INDICATOR,
    ),
    NoticeKind.MEASURE_RECORDED: Wording(
        subject="Nouvelle mesure : « {{ indicator }} »",
        sentence="{{ who }} a ajouté une mesure.",
        act="Voir l'indicateur",
        path=INDICATORS,
        folded_subject="{{ count }} nouvelles mesures : « {{ indicator }} »",
        folded_sentence="{{ who }} a ajouté {{ count }} mesures.",
        folded_act="Voir les mesures",
    ),
}
