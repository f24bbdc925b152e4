"""What the other modules of projects may ask about conventions, and nothing else.

A function that takes an actor answers as if what she may not read did not exist; call
`authority.public.require_member` first, so that she speaks as an organisation that is hers.
"""

from services.projects.conventions.amendment_days import let_amendments_enter
from services.projects.conventions.commands.draft_convention import begin_convention
from services.projects.conventions.commands.go_on_without import go_on_without
from services.projects.conventions.commands.lapse_amendment import lapse_amendment
from services.projects.conventions.domain.templates import MODELS, Model, ModelClause
from services.projects.conventions.queries.awaited_admissions import awaited_admissions
from services.projects.conventions.queries.awaiting import AwaitedActs, awaited_acts, coming_dates
from services.projects.conventions.queries.briefs import (
    ClauseBrief,
    ConventionBrief,
    clauses_of,
    describe_convention,
    get_brief,
    knew_of,
    list_briefs,
    may_read,
    require_active,
    titles_of,
)
from services.projects.conventions.queries.list_conventions import count_awaiting
from services.projects.conventions.signing_days import let_signing_days_pass
from services.projects.conventions.storage import (
    ConventionStanding,
    find_standing,
    move_standing,
    observers_of,
)

__all__ = [
    "MODELS",
    "AwaitedActs",
    "ClauseBrief",
    "ConventionBrief",
    "ConventionStanding",
    "Model",
    "ModelClause",
    "awaited_acts",
    "awaited_admissions",
    "begin_convention",
    "clauses_of",
    "coming_dates",
    "count_awaiting",
    "describe_convention",
    "find_standing",
    "get_brief",
    "go_on_without",
    "knew_of",
    "lapse_amendment",
    "let_amendments_enter",
    "let_signing_days_pass",
    "list_briefs",
    "may_read",
    "move_standing",
    "observers_of",
    "require_active",
    "titles_of",
]
