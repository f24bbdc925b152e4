"""Why a word about a dated obligation is refused."""

from services.web.wording.dates import NBSP
from services.web.wording.refused import Words

PROMISES: dict[str, Words] = {
    "obligation_not_found": Words(
        "Engagement inconnu", "Cet engagement n’existe pas, ou vous n’y avez pas accès."
    ),
    "obligation_not_due": Words(
        "Échéance qui n’est pas passée",
        f"Rien ne manque encore{NBSP}: l’échéance n’est pas passée, et personne n’a dit qu’il est tenu.",
    ),
    "obligation_not_owed": Words(
        "Engagement qui n’est plus dû",
        f"Il n’est plus dû{NBSP}: la convention a pris fin avant son échéance, ou un avenant l’a remplacé.",
    ),
}
