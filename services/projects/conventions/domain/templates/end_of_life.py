"""The legal model for associations whose volunteers accompany people at the end of their life.

Article L1110-11 of the code de la santé publique asks for a convention that follows the model of annexe 11-1, and for a
charter that says at least the five principles below. Their wording as an article is ours.
"""

from dataclasses import replace

from services.projects.conventions.domain.templates.model import Model, ModelClause
from services.projects.conventions.domain.templates.volunteers_in_hospital import VOLUNTEERS_IN_HOSPITAL

_MODEL = "modèle de l'annexe 11-1 du CSP, que l'article L1110-11 impose"
_LAW = "article L1110-11 du CSP"

END_OF_LIFE = Model(
    name="end_of_life",
    title="Accompagnement de la fin de vie",
    regime="Article L1110-11 du code de la santé publique",
    preamble=VOLUNTEERS_IN_HOSPITAL.preamble,
    renewal_months=VOLUNTEERS_IN_HOSPITAL.renewal_months,
    notice_months=VOLUNTEERS_IN_HOSPITAL.notice_months,
    reviews_per_year=VOLUNTEERS_IN_HOSPITAL.reviews_per_year,
    articles=(
        ModelClause(
            title="Accord de la personne et place des bénévoles",
            text="Les bénévoles de l'association sont formés à l'accompagnement de la fin de vie. Ils interviennent avec "
            "l'accord de la personne malade ou de ses proches, et n'interfèrent pas avec la pratique des soins médicaux "
            "et paramédicaux.",
            required=True,
            reason=_LAW,
        ),
        ModelClause(
            title="Charte de l'association",
            text="L'association se dote d'une charte et la remet à l'établissement. Elle engage ses bénévoles à respecter "
            "les opinions philosophiques et religieuses de la personne accompagnée, sa dignité et son intimité, à être "
            "discrets, à garder la confidentialité et à ne pas interférer dans les soins.",
            required=True,
            reason=_LAW,
        ),
        *(replace(article, reason=_MODEL) for article in VOLUNTEERS_IN_HOSPITAL.articles),
    ),
)
