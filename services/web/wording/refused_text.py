"""Why the text of a convention is not changed as asked, beside its clauses → French."""

from services.web.wording.dates import NBSP, nombre
from services.web.wording.refused import Words

TEXT: dict[str, Words] = {
    "text_too_long": Words(
        "Convention trop longue",
        lambda fields: (
            "Tous les articles ensemble ne dépassent pas 120 pages environ. Il reste de la place pour"
            f" {nombre(fields.get('left_bytes', 0))}{NBSP}caractères environ. Mettez le reste en annexe."
        ),
    ),
    "version_not_found": Words(
        "Version inconnue", "Le texte n’a pas cette version. Choisissez-en une dans la liste."
    ),
    "clause_stays": Words(
        "Article qui ne se retire pas",
        "Seule la partie qui a apporté un article le retire, avant que toutes l’aient accepté. "
        "Reformulé ensuite, il reste. En vigueur, il sort par un avenant. Un article que la loi demande reste toujours.",
    ),
    "too_many_clauses": Words(
        "Trop d’articles", "La convention ne peut pas compter plus d’articles. Regroupez-en."
    ),
    "terms_changed": Words(
        "Les conditions ont changé entre-temps",
        "Les conditions ont changé pendant votre lecture. Relisez-les, puis recommencez.",
    ),
    "terms_unchanged": Words(
        "Conditions inchangées", "Ces conditions sont déjà celles de la convention. Changez-en une."
    ),
    "renewal_unclear": Words(
        "Renouvellement sans durée",
        "Dites pour combien de mois la convention se renouvelle, ou choisissez qu’elle s’arrête.",
    ),
    "means_of_no_party": Words(
        "Moyen promis par une organisation étrangère",
        "Un moyen est promis par une partie de la convention, ou par toutes.",
    ),
}
