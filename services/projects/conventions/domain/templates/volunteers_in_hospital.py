"""The legal model for associations whose volunteers accompany patients in a health establishment.

Text of the articles: annexe 11-1 du code de la santé publique (décret n° 2000-1004 du 16 octobre 2000), published by
Légifrance under the Licence Ouverte 2.0. The model has no titles: these are ours. Its blanks are marked.
"""

from services.projects.conventions.domain.clause import TO_COMPLETE
from services.projects.conventions.domain.templates.model import Model, ModelClause
from services.projects.conventions.domain.templates.preamble import preamble

_REASON = "modèle de l'annexe 11-1 du CSP, pris pour l'article L1112-5"


def _article(title: str, text: str) -> ModelClause:
    return ModelClause(title=title, text=text, required=True, reason=_REASON)


VOLUNTEERS_IN_HOSPITAL = Model(
    name="volunteers_in_hospital",
    title="Intervention de bénévoles à l'hôpital",
    regime="Article L1112-5 du code de la santé publique",
    preamble=preamble,
    # Articles 10 and 11.
    renewal_months=12,
    notice_months=2,
    reviews_per_year=1,
    articles=(
        _article(
            "Préparation du personnel",
            "L'établissement s'engage à préparer, par des actions de sensibilisation, son personnel et les intervenants "
            "exerçant à titre libéral à l'intervention des bénévoles de l'association.",
        ),
        _article(
            "Sélection, formation et soutien des bénévoles",
            "L'association assure la sélection, la formation à l'accompagnement et le soutien continu des bénévoles "
            "ainsi que le fonctionnement de l'équipe de bénévoles, selon les modalités suivantes : "
            f"{TO_COMPLETE}",
        ),
        _article(
            "Liste nominative et engagements des bénévoles",
            "L'association transmet à l'établissement la liste nominative des membres de l'équipe de bénévoles appelés "
            "à intervenir qui s'engagent :\n\n"
            "- à respecter la charte de l'association, la présente convention et le règlement intérieur de "
            "l'établissement ;\n\n"
            "- à suivre la formation et à participer aux rencontres visant au soutien continu et à la régulation "
            "nécessaire de leur action.",
        ),
        _article(
            "Coordination des bénévoles",
            "L'association porte à la connaissance de l'établissement le nom du coordinateur des bénévoles qu'elle a "
            "désigné. Le rôle de ce coordinateur est d'organiser l'action des bénévoles auprès des malades et, le cas "
            "échéant, de leur entourage, d'assurer la liaison avec l'équipe soignante et d'aplanir les difficultés "
            "éventuelles survenues lors de l'intervention d'un bénévole.",
        ),
        _article(
            "Information des personnes accompagnées",
            "En vue d'assurer l'information des personnes bénéficiaires de soins palliatifs et de leur entourage de la "
            "possibilité de l'intervention de bénévoles, de ses principes, de leur rôle et des limites de cette "
            "intervention, l'établissement et l'association arrêtent les dispositions suivantes : "
            f"{TO_COMPLETE}",
        ),
        _article(
            "Demandes d'accompagnement",
            "L'identité des personnes qui demandent un accompagnement de l'équipe des bénévoles est communiquée au "
            "coordinateur des bénévoles par le correspondant désigné par l'établissement.",
        ),
        _article(
            "Information réciproque et secret professionnel",
            "Les parties s'engagent à respecter une obligation d'information réciproque sur la personne suivie par "
            "l'équipe de bénévoles, selon les modalités ci-dessous qui définissent notamment le type d'informations "
            "devant être partagées pour l'accomplissement de leur rôle respectif, dans le respect du secret "
            f"professionnel : {TO_COMPLETE}",
        ),
        _article(
            "Dispositions matérielles",
            "L'établissement s'engage à prendre les dispositions matérielles nécessaires à l'intervention des bénévoles "
            "de l'association oeuvrant en son sein.",
        ),
        _article(
            "Responsabilité civile et assurances",
            "L'association déclare être couverte en responsabilité civile pour les dommages susceptibles d'être causés "
            "par ses membres à l'occasion de leurs interventions au sein de l'établissement par l'assurance "
            f"{TO_COMPLETE}. L'établissement déclare être couvert en responsabilité civile pour les dommages "
            "susceptibles d'être occasionnés aux bénévoles de l'association au sein de l'établissement par l'assurance "
            f"{TO_COMPLETE}.",
        ),
        _article(
            "Bilan annuel",
            "Les parties à la présente convention établissent un bilan annuel de l'intervention des bénévoles.",
        ),
        _article(
            "Durée, renouvellement et dénonciation",
            "La présente convention, établie pour une durée de un an, est renouvelée par tacite reconduction. Le "
            "contrat, sauf situation d'urgence, ne peut être dénoncé qu'après un préavis de deux mois notifié par "
            "lettre recommandée avec accusé de réception.",
        ),
    ),
)
