"""The words about rooms. Never a word that was written there, nor the title of a task or the name of a file: an e-mail is not confidential."""

from services.notifications.delivery.phrase import Wording
from shared.contracts.notifications.queries import NoticeKind

ROOM = "/conventions/{{ convention_id }}/salles/"
TASK = "/taches/{{ task_id }}"
FILES = "/fichiers"

ROOMS: dict[NoticeKind, Wording] = {
    NoticeKind.MESSAGE_POSTED: Wording(
        subject="À lire : un message dans la salle commune de « {{ convention }} »",
        sentence="{{ who }} a écrit dans la salle commune. Son texte reste dans Entente.",
        act="Lire le message",
        path=ROOM + "commune",
        folded_subject="À lire : {{ count }} messages dans la salle commune de « {{ convention }} »",
        folded_sentence="{{ who }} a écrit {{ count }} messages dans la salle commune. Leur texte reste dans Entente.",
        folded_act="Lire les messages",
    ),
    NoticeKind.PRIVATE_MESSAGE_POSTED: Wording(
        subject="À lire : un message dans votre salle privée de « {{ convention }} »",
        sentence="{{ who }} a écrit dans votre salle privée. Son texte reste dans Entente.",
        act="Lire le message",
        path=ROOM + "privee",
        folded_subject="À lire : {{ count }} messages dans votre salle privée de « {{ convention }} »",
        folded_sentence="{{ who }} a écrit {{ count }} messages dans votre salle privée. Leur texte reste dans Entente.",
        folded_act="Lire les messages",
    ),
    NoticeKind.FILE_GIVEN: Wording(
        subject="À lire : un fichier dans la salle commune de « {{ convention }} »",
        sentence="{{ who }} a déposé un fichier dans la salle commune.",
        act="Voir les fichiers",
        path=ROOM + "commune" + FILES,
        folded_subject="À lire : {{ count }} fichiers dans la salle commune de « {{ convention }} »",
        folded_sentence="{{ who }} a déposé {{ count }} fichiers dans la salle commune.",
    ),
    NoticeKind.PRIVATE_FILE_GIVEN: Wording(
        subject="À lire : un fichier dans votre salle privée de « {{ convention }} »",
        sentence="{{ who }} a déposé un fichier dans votre salle privée.",
        act="Voir les fichiers",
        path=ROOM + "privee" + FILES,
        folded_subject="À lire : {{ count }} fichiers dans votre salle privée de « {{ convention }} »",
        folded_sentence="{{ who }} a déposé {{ count }} fichiers dans votre salle privée.",
    ),
    NoticeKind.TASK_ASSIGNED: Wording(
        subject="À faire : une tâche de « {{ convention }} »",
        sentence="{{ who }} confie une tâche à {{ own }}. Elle se trouve dans la salle commune.",
        act="Ouvrir la tâche",
        path=ROOM + "commune" + TASK,
    ),
    NoticeKind.TASK_DONE: Wording(
        subject="Tâche faite : « {{ convention }} »",
        sentence="{{ who }} a fait une tâche de la salle commune.",
        act="Voir la tâche",
        path=ROOM + "commune" + TASK,
    ),
    NoticeKind.PRIVATE_TASK_ASSIGNED: Wording(
        subject="À faire : une tâche de « {{ convention }} »",
        sentence="{{ who }} vous confie une tâche. Elle se trouve dans votre salle privée.",
        act="Ouvrir la tâche",
        path=ROOM + "privee" + TASK,
    ),
}
