"""Amendments made in memory, for tests of the rules."""

from datetime import date
from typing import Any

from services.projects.conventions.domain.amending import (
    Wanted,
    propose_amendment,
)
from services.projects.conventions.domain.amendment import SoFar
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.negotiating_terms import accept_all
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import ClauseId, ConventionId, new_id
from tests.projects.domain.conventions.drafts import (
    CLAIRE,
    COMPLETE,
    HUGO,
    NOW,
    ODILE,
    SIGN_BEFORE,
    TODAY,
    applied,
    as_read,
    hash_of,
    sealed,
    signed_by,
)

NEW_TEXT = "Les bénévoles viennent le jeudi."
PLANNING = GivenFile(sha256="ab" * 32, size=1200, media_type=MediaType.PDF, name="planning.pdf")


def active() -> Convention:
    return signed_by(sealed(), HUGO, ODILE)


def so_far(base: Convention, **given: Any) -> SoFar:
    fields: dict[str, Any] = {
        "text_hash": hash_of(base),
        "concluded": 0,
        "open": None,
        "ends_on": base.terms.terms.ends_on,
    }
    return SoFar(**(fields | given))


def begun(
    base: Convention, by: Speaker = CLAIRE, effective_on: date | None = None, **given: Any
) -> Convention:
    wanted = Wanted(ConventionId(new_id()), "Avenant n° 1", "Changer de jour.", effective_on)
    amendment, events = propose_amendment(base, so_far(base, **given), wanted, by, now=NOW, today=TODAY)
    applied(amendment, events)
    return amendment


def of(amendment: Convention, number: int) -> ClauseId:
    return next(it.id for it in amendment.clauses.values() if it.number == number)


def negotiated(amendment: Convention) -> Convention:
    """Claire rewords an article, Odile accepts."""
    applied(amendment, amendment.propose(of(amendment, 1), 1, NEW_TEXT, CLAIRE, NOW))
    applied(amendment, accept_all(amendment, as_read(amendment), amendment.terms.revision, ODILE, NOW))
    return amendment


def signed(amendment: Convention) -> Convention:
    events = amendment.seal(amendment.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY)
    applied(amendment, events)
    return signed_by(amendment, HUGO, ODILE)
