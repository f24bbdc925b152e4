"""A convention of three: a hospital, an association and a second association, for tests of the rules."""

from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.drafting import draft
from services.projects.conventions.domain.negotiating_terms import accept_all
from services.projects.conventions.domain.party import Authorities, Party
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.values import Side
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    CLAIRE,
    HOSPITAL,
    NOW,
    ODILE,
    PARTIES,
    SIGN_BEFORE,
    TODAY,
    applied,
    as_read,
    wanted,
)

SECOND = OrganizationId(new_id())
SECOND_ASSOCIATION = Party(organization_id=SECOND, side=Side.ASSOCIATION, name="Souffle", seat="")
THREE = frozenset({HOSPITAL, ASSOCIATION, SECOND})
ALL_COMPLETE = Authorities(with_referent=THREE, with_signatory=THREE)
LEILA = Speaker(PersonId(new_id()), SECOND, referent=True, signatory=True, entrusted=True)


def negotiating_three() -> Convention:
    """Open to all three; only the hospital accepts the text."""
    convention, events = draft(
        wanted(parties=(*PARTIES, SECOND_ASSOCIATION)), CLAIRE.organization_id, CLAIRE.person_id, NOW
    )
    applied(convention, events)
    for party in (ASSOCIATION, SECOND):
        applied(convention, convention.share_with(party))
    applied(convention, convention.open_negotiation(THREE, NOW))
    return convention


def sealed_three() -> Convention:
    """Agreed by all three, and frozen for signature."""
    convention = negotiating_three()
    for clause in list(convention.clauses.values()):
        if clause.incomplete:
            applied(convention, convention.propose(clause.id, clause.revision, "Dit.", CLAIRE, NOW))
    for speaker in (ODILE, LEILA):
        applied(
            convention,
            accept_all(convention, as_read(convention), convention.terms.revision, speaker, NOW),
        )
    events = convention.seal(convention.version, SIGN_BEFORE, ALL_COMPLETE, CLAIRE, now=NOW, today=TODAY)
    applied(convention, events)
    return convention
