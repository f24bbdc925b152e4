"""Several like facts in one line: « a accepté 11 articles de … ». The home page tells news, the timeline tells all."""

# By event: what it says when somebody did it many times in a row; {count} is how many times.
GATHERED: dict[str, tuple[str, str]] = {
    "entente.projects.convention.clause_proposed.v1": (
        "a proposé {count} textes pour",
        "avez proposé {count} textes pour",
    ),
    "entente.projects.convention.clause_accepted.v1": (
        "a accepté {count} articles de",
        "avez accepté {count} articles de",
    ),
    "entente.projects.convention.comment_added.v1": (
        "a écrit {count} commentaires sur",
        "avez écrit {count} commentaires sur",
    ),
    "entente.projects.room.message_posted.v1": (
        "a écrit {count} messages dans une salle de",
        "avez écrit {count} messages dans une salle de",
    ),
    "entente.projects.room.file_given.v1": (
        "a déposé {count} fichiers dans une salle de",
        "avez déposé {count} fichiers dans une salle de",
    ),
    "entente.projects.room.task_added.v1": (
        "a ajouté {count} tâches pour",
        "avez ajouté {count} tâches pour",
    ),
    "entente.projects.project.milestone_planned.v1": (
        "a ajouté {count} jalons à un projet de",
        "avez ajouté {count} jalons à un projet de",
    ),
    "entente.projects.indicator.measure_recorded.v1": (
        "a ajouté {count} mesures sous",
        "avez ajouté {count} mesures sous",
    ),
}
