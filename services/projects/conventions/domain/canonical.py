"""The form of a convention that its seal is the hash of, described in docs/architecture/sealed-text.md.

One JSON object written by the JSON Canonicalization Scheme (RFC 8785), of which this form needs a part only: keys in
ASCII, strings, whole numbers and null. Texts are in Unicode NFC with line feeds. A change of this form needs a new name:
what was sealed under the old one stays verifiable.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from services.projects.conventions.domain.amendment import Amending
from services.projects.conventions.domain.annex import Annex
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.party import Party
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.terms import Terms

FORM = "entente-convention/3"
FORM_OF_AMENDMENT = "entente-amendment/2"


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that the parties agree on by signing."""

    convention_id: ConventionId
    title: str
    aim: str
    regime: str
    terms: Terms
    parties: Iterable[Party]
    clauses: Iterable[Clause]
    annexes: Iterable[Annex] = ()
    amends: Amending | None = None
    """What it changes, where it is an amendment: its text is the whole text, as it will be in force."""


def canonical_form(agreement: Agreement) -> str:
    """The one text of this agreement: two agreements share it only if they say the same."""
    terms = agreement.terms
    clauses = sorted(agreement.clauses, key=lambda it: it.number)
    content: dict[str, object] = {
        "form": FORM,
        "convention": str(agreement.convention_id),
        "title": _text(agreement.title),
        "aim": _text(agreement.aim),
        "regime": _text(agreement.regime),
        "terms": {
            "starts_on": terms.starts_on.isoformat(),
            "ends_on": terms.ends_on.isoformat(),
            "renewal": terms.renewal.value,
            "renewal_months": terms.renewal_months,
            "notice_months": terms.notice_months,
            "meetings_per_year": terms.meetings_per_year,
            "reviews_per_year": terms.reviews_per_year,
            "means": [
                {
                    "text": _text(it.text),
                    "by": str(it.by) if it.by else None,
                    "due_on": it.due_on.isoformat() if it.due_on else None,
                }
                for it in terms.means
            ],
        },
        "parties": [
            {
                "organization": str(party.organization_id),
                "side": party.side.value,
                "name": _text(party.name),
                "seat": _text(party.seat),
            }
            for party in sorted(agreement.parties, key=lambda it: str(it.organization_id))
        ],
        "clauses": [
            {"number": clause.number, "title": _text(clause.title), "text": _text(clause.text)}
            for clause in clauses
            if not clause.withdrawn
        ],
        "annexes": [
            {
                "number": annex.number,
                "title": _text(annex.title),
                "file": annex.file.sha256 if annex.file else "",
                "size": annex.file.size if annex.file else 0,
                "type": annex.file.media_type.value if annex.file else "",
            }
            for annex in sorted(agreement.annexes, key=lambda it: it.number)
        ],
    }
    if amends := agreement.amends:
        content["form"] = FORM_OF_AMENDMENT
        content["amends"] = {
            "convention": str(amends.convention_id),
            "number": amends.number,
            "base": amends.base_hash,
            "effective_on": amends.effective_on.isoformat() if amends.effective_on else None,
            "withdrawn": [{"number": it.number, "title": _text(it.title)} for it in clauses if it.withdrawn],
        }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def seal_of(form: str) -> str:
    """SHA-256 of the form in UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256(form.encode()).hexdigest()


def _text(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
