"""The rules of mediations. No clock, no database."""

from services.projects.mediation.domain.mediation import (
    Mediation,
    Proposal,
    Speaker,
    require_speaker,
    speaks,
)

__all__ = ["Mediation", "Proposal", "Speaker", "require_speaker", "speaks"]
