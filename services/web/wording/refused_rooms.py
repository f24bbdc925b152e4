"""Why an act in a room is refused."""

from services.web.wording.dates import NBSP
from services.web.wording.refused import Words

ROOMS: dict[str, Words] = {
    "room_not_found": Words("Salle inconnue", "Cette salle n’existe pas, ou vous n’y avez pas accès."),
    "room_not_open": Words(
        "Salle pas encore ouverte",
        "La salle commune s’ouvre avec la négociation, quand chaque partie a son référent.",
    ),
    "room_read_only": Words("Lecture seule", "Votre organisation lit cette salle, sans y écrire."),
    "room_file_not_found": Words(
        "Fichier inconnu", "Ce fichier n’est pas dans cette salle, ou il a été retiré."
    ),
    "room_file_of_other_side": Words(
        "Fichier d’une autre partie", "La partie qui a déposé ce fichier peut le retirer. Demandez-le-lui."
    ),
    "too_many_room_files": Words(
        "Trop de fichiers",
        lambda fields: (
            f"Une salle garde {fields.get('most', 500)}{NBSP}fichiers au plus. Retirez-en un d’abord."
        ),
    ),
    "task_not_found": Words("Tâche inconnue", "Cette tâche n’existe pas dans cette salle."),
    "task_moved": Words(
        "Tâche modifiée entre-temps",
        "Quelqu’un a modifié la tâche. Relisez-la ci-dessous, puis envoyez de nouveau.",
    ),
    "task_already_done": Words("Tâche déjà faite", "Rouvrez la tâche avant de la modifier."),
    "task_owner_not_of_side": Words(
        "Personne d’une autre partie", "Choisissez une personne de votre organisation, ou une autre partie."
    ),
    "task_for_no_party": Words("Organisation hors de la salle", "Choisissez une partie qui travaille ici."),
    "too_many_open_tasks": Words(
        "Trop de tâches à faire",
        lambda fields: (
            f"Une salle garde {fields.get('most', 200)}{NBSP}tâches à faire au plus. Terminez-en une d’abord."
        ),
    ),
}
