"""Words of an archive."""

from datetime import datetime

from services.web.wording.dates import NBSP, plain_date

_READ_ME = """Archive de la convention «{nbsp}{title}{nbsp}»
Faite le {day} avec Entente.

convention.pdf      le document, avec ses signatures
texte-scelle.json   le texte tel qu’il a été scellé{nbsp}: son empreinte SHA-256 est le sceau
convention.json     la convention et ses articles, tels qu’ils sont aujourd’hui
avenants            un dossier par avenant{nbsp}: son document, son texte scellé, ce qu’il en est
vie.json            suspensions, fin et derniers pas
engagements.json    ce qui était promis, à quelle date, et ce que chaque partie en dit
mediations.json     les médiations, et ce qui en a résulté
projets.json        les projets, leurs jalons, leurs indicateurs et leurs mesures
evenements.json     tout ce qui s’est passé, du plus ancien au plus récent
noms.json           les noms des personnes et des organisations, par identifiant
annexes             les fichiers des annexes
signatures-sur-papier  le scan des pages signées, s’il y en a un
salle-commune       les messages, les tâches et les fichiers de la salle commune
salle-privee        les mêmes de la salle de votre organisation, que les autres parties n’ont jamais vus

Cette archive contient ce que votre organisation peut lire. Gardez-la en lieu sûr{nbsp}: elle nomme des personnes.
"""


_LOST = """Ces fichiers n’ont pas pu être lus en entier{nbsp}: ils sont absents ou abîmés dans cette archive.
Prévenez la personne qui s’occupe d’Entente, puis refaites l’archive.

"""


def lost_files(names: list[str]) -> str:
    """Which files of an archive are not whole."""
    return _LOST.format(nbsp=NBSP) + "".join(f"{it}\n" for it in names)


def read_me(title: str, made_at: datetime) -> str:
    """What is inside, for whoever opens it years later."""
    return _READ_ME.format(title=title, day=plain_date(made_at), nbsp=NBSP)
