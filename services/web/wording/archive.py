"""Words of an archive."""

from datetime import datetime

from services.web.wording.dates import NBSP, plain_date

_READ_ME = """Archive de la convention «{nbsp}{title}{nbsp}»
Faite le {day} avec Entente.

convention.pdf      le document, avec ses signatures
texte-scelle.json   le texte tel qu’il a été scellé{nbsp}: son empreinte SHA-256 est le sceau
convention.json     la convention et ses articles
vie.json            suspensions, fin et derniers pas
projets.json        les projets, leurs jalons, leurs indicateurs et leurs mesures
evenements.json     tout ce qui s’est passé, du plus ancien au plus récent
noms.json           les noms des personnes et des organisations, par identifiant

Cette archive contient ce que votre organisation peut lire. Gardez-la en lieu sûr{nbsp}: elle nomme des personnes.
"""


def read_me(title: str, made_at: datetime) -> str:
    """What is inside, for whoever opens it years later."""
    return _READ_ME.format(title=title, day=plain_date(made_at), nbsp=NBSP)
