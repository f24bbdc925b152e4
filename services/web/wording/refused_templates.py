"""Why an act on a template is refused."""

from typing import Any

from services.web.wording.dates import NBSP, nombre
from services.web.wording.refused import Words


def _missing(fields: dict[str, Any]) -> str:
    titles = fields.get("titles") or []
    named = ", ".join(f"«{NBSP}{it}{NBSP}»" for it in titles)
    wanted = f"Remettez {named}" if named else "Remettez-les"
    return f"Ce cadre légal demande des articles qui manquent. {wanted}, ou choisissez un autre cadre."


TEMPLATES: dict[str, Words] = {
    "organization_template_not_found": Words(
        "Modèle inconnu", "Ce modèle n’existe pas, ou il n’est plus partagé avec vous."
    ),
    "template_of_another": Words(
        "Modèle d’une autre organisation",
        "Seule l’organisation qui l’a fait change ce modèle. Copiez-le pour l’adapter.",
    ),
    "sharing_reserved": Words(
        "Réservé à qui parle pour l’organisation",
        "Un administrateur ou un signataire de votre organisation partage ses modèles, et change ceux qui le sont.",
    ),
    "template_moved": Words(
        "Le modèle a changé entre-temps",
        "Le modèle a changé pendant votre lecture. Rien n’est perdu : relisez la version récente.",
    ),
    "template_unchanged": Words("Texte identique", "Ce texte est déjà celui du modèle."),
    "template_in_archive": Words("Modèle archivé", "Ce modèle est archivé. Reprenez-le d’abord."),
    "template_too_long": Words(
        "Modèle trop long",
        lambda fields: (
            f"Les articles réunis dépassent {nombre(fields.get('most', 200_000))}{NBSP}caractères. "
            "Mettez le détail en annexe de la convention."
        ),
    ),
    "required_articles_missing": Words("Articles obligatoires manquants", _missing),
    "too_many_templates": Words(
        "Trop de modèles",
        lambda fields: (
            f"Une organisation garde {fields.get('most', 200)}{NBSP}modèles au plus. Archivez-en un d’abord."
        ),
    ),
    "shared_with_nobody": Words(
        "Partage sans destinataire", "Choisissez au moins une organisation, ou gardez le modèle pour vous."
    ),
    "reader_unknown": Words(
        "Organisation inconnue", "Une des organisations choisies n’est pas dans l’annuaire."
    ),
}
