"""Reads of conventions: SQL straight to a view. What the reader may not see is left out, by predicate and by policy."""

from services.projects.conventions.queries.admissions import list_admissions, list_observed
from services.projects.conventions.queries.amendments import compare_amendment, list_amendments
from services.projects.conventions.queries.annex_history import get_annex_history
from services.projects.conventions.queries.clause_history import get_clause_history
from services.projects.conventions.queries.compare_clause import compare_clause
from services.projects.conventions.queries.compare_convention import compare_convention
from services.projects.conventions.queries.evidence import get_evidence
from services.projects.conventions.queries.get_convention import get_convention
from services.projects.conventions.queries.list_conventions import list_conventions
from services.projects.conventions.queries.sealing import check_sealing, find_seal, get_sealed_text
from services.projects.conventions.queries.templates import list_library_clauses, list_templates
from services.projects.conventions.queries.terms_history import get_terms_history
from services.projects.conventions.queries.text_versions import list_text_versions

__all__ = [
    "check_sealing",
    "compare_amendment",
    "compare_clause",
    "compare_convention",
    "find_seal",
    "get_annex_history",
    "get_clause_history",
    "get_convention",
    "get_evidence",
    "get_sealed_text",
    "get_terms_history",
    "list_admissions",
    "list_amendments",
    "list_conventions",
    "list_library_clauses",
    "list_observed",
    "list_templates",
    "list_text_versions",
]
