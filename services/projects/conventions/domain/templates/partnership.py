"""A model for what no text of law frames: brochures, training days, webinars, reader tests. Its clauses are the library's."""

from services.projects.conventions.domain.templates.library import LIBRARY
from services.projects.conventions.domain.templates.model import Model, ModelClause
from services.projects.conventions.domain.templates.volunteers_in_hospital import VOLUNTEERS_IN_HOSPITAL

PARTNERSHIP = Model(
    name="partnership",
    title="Projets menés ensemble, sans bénévoles auprès des malades",
    regime="Droit commun des contrats (article 1103 du code civil)",
    preamble=VOLUNTEERS_IN_HOSPITAL.preamble,
    notice_months=2,
    reviews_per_year=1,
    articles=tuple(ModelClause(title=it.title, text=it.text) for it in LIBRARY),
)
