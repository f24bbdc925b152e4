"""Clauses to add to a convention, whatever its model. The wording is ours; blanks are marked."""

from dataclasses import dataclass

from services.projects.conventions.domain.clause import TO_COMPLETE


@dataclass(frozen=True, slots=True)
class LibraryClause:
    """A clause to start from, and what it is good for."""

    name: str
    title: str
    text: str
    use: str


LIBRARY = (
    LibraryClause(
        "aim",
        "Objet",
        f"La présente convention fixe le cadre dans lequel les parties travaillent ensemble. Elles se proposent de {TO_COMPLETE}.",
        "Dire en une phrase ce que l'on fait ensemble, et ce que l'on ne fait pas.",
    ),
    LibraryClause(
        "roles",
        "Rôle de chaque partie",
        "Chaque partie désigne un référent et un suppléant, qui parlent en son nom. "
        f"L'établissement {TO_COMPLETE}. L'association {TO_COMPLETE}.",
        "Éviter que le partenariat repose sur une seule personne.",
    ),
    LibraryClause(
        "meetings",
        "Réunions de suivi",
        "Les référents se réunissent au rythme que fixent les conditions de la convention. Chaque réunion donne lieu à un "
        "compte rendu, partagé sous quinze jours.",
        "Garder une trace commune de ce qui est décidé.",
    ),
    LibraryClause(
        "confidentiality",
        "Confidentialité",
        "Les personnes qui interviennent pour une partie gardent confidentiel ce qu'elles apprennent des personnes malades, "
        "de leurs proches et du personnel. Cette obligation continue après la fin de la convention.",
        "Protéger les personnes accompagnées, pendant et après.",
    ),
    LibraryClause(
        "means",
        "Moyens mis à disposition",
        "Chaque partie apporte les moyens qu'elle promet dans les conditions de la convention. Un moyen qui manque est "
        "signalé à l'autre partie sans attendre.",
        "Relier le texte aux moyens promis et à leurs dates.",
    ),
    LibraryClause(
        "insurance",
        "Assurance",
        "Chaque partie déclare être assurée en responsabilité civile pour les dommages que ses membres peuvent causer. Elle "
        f"remet à l'autre son attestation chaque année. Assureur de l'association : {TO_COMPLETE}. "
        f"Assureur de l'établissement : {TO_COMPLETE}.",
        "Savoir qui couvre qui avant qu'un accident n'arrive.",
    ),
    LibraryClause(
        "training",
        "Formation",
        "Avant leur première intervention, les bénévoles suivent la formation de l'association. L'établissement leur présente "
        f"ses règles d'hygiène et de sécurité. Durée : {TO_COMPLETE}.",
        "Dire qui forme, à quoi et quand.",
    ),
    LibraryClause(
        "data",
        "Données personnelles",
        "Les parties ne s'échangent aucune donnée de santé des personnes accompagnées. Chacune répond des données de ses "
        "propres membres, au sens du règlement (UE) 2016/679.",
        "Rester hors de l'hébergement de données de santé.",
    ),
    LibraryClause(
        "communication",
        "Communication",
        "Aucune partie n'utilise le nom, le logo ou l'image de l'autre sans son accord écrit, donné pour un usage et une durée.",
        "Éviter les publications qui surprennent l'autre partie.",
    ),
    LibraryClause(
        "disputes",
        "Difficultés et médiation",
        "En cas de difficulté, les référents se réunissent sous quinze jours. S'ils ne s'entendent pas, les parties demandent "
        "l'avis d'un tiers qu'elles choisissent ensemble, avant de mettre fin à la convention.",
        "Se parler avant de se quitter.",
    ),
)
