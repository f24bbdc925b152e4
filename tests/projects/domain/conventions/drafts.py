"""Conventions made in memory, for tests of the rules."""

from datetime import UTC, date, datetime
from typing import Any

from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.drafting import Draft, draft
from services.projects.conventions.domain.negotiating_terms import accept_all
from services.projects.conventions.domain.party import Authorities, Party
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.templates import MODELS
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.commands import ClauseAtRevision
from shared.contracts.values import Side

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SIGN_BEFORE = date(2026, 4, 1)

HOSPITAL = OrganizationId(new_id())
ASSOCIATION = OrganizationId(new_id())
PARTIES = (
    Party(
        organization_id=HOSPITAL,
        side=Side.ESTABLISHMENT,
        name="Centre hospitalier de Bellerive",
        seat="Bellerive",
    ),
    Party(organization_id=ASSOCIATION, side=Side.ASSOCIATION, name="Main tendue", seat="Lyon"),
)
BOTH = frozenset({HOSPITAL, ASSOCIATION})
COMPLETE = Authorities(with_referent=BOTH, with_signatory=BOTH)

CLAIRE = Speaker(PersonId(new_id()), HOSPITAL, referent=True, signatory=False, entrusted=True)
HUGO = Speaker(PersonId(new_id()), HOSPITAL, referent=False, signatory=True, entrusted=True)
KARIM = Speaker(PersonId(new_id()), HOSPITAL, referent=False, signatory=False)
ODILE = Speaker(PersonId(new_id()), ASSOCIATION, referent=True, signatory=True, entrusted=True)
YANN = Speaker(PersonId(new_id()), OrganizationId(new_id()), referent=True, signatory=True)


def wanted(**given: Any) -> Draft:
    """What Claire fills in."""
    fields: dict[str, Any] = {
        "convention_id": ConventionId(new_id()),
        "title": "Bénévoles en soins palliatifs",
        "aim": "Accompagner les personnes hospitalisées.",
        "model": MODELS["volunteers_in_hospital"],
        "parties": PARTIES,
        "starts_on": date(2026, 5, 1),
        "ends_on": date(2027, 4, 30),
    }
    return Draft(**(fields | given))


def applied(convention: Convention, events: list[Event]) -> list[Event]:
    """What saving does to the version."""
    convention.version += len(events)
    return events


def drafted() -> Convention:
    """A draft that Claire wrote."""
    convention, events = draft(wanted(), CLAIRE.organization_id, CLAIRE.person_id, NOW)
    applied(convention, events)
    return convention


def negotiating() -> Convention:
    """Open to both sides; the association has accepted nothing yet."""
    convention = drafted()
    applied(convention, convention.share_with(ASSOCIATION))
    applied(convention, convention.open_negotiation(BOTH, NOW))
    return convention


def agreed() -> Convention:
    """Every blank filled in, every clause accepted by both sides."""
    convention = negotiating()
    for clause in list(convention.clauses.values()):
        if clause.incomplete:
            events = convention.propose(clause.id, clause.revision, f"{clause.number} : dit.", CLAIRE, NOW)
            applied(convention, events)
    revision = convention.terms.revision
    applied(convention, accept_all(convention, as_read(convention), revision, ODILE, NOW))
    return convention


def sealed() -> Convention:
    """Agreed and frozen for signature."""
    convention = agreed()
    events = convention.seal(convention.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY)
    applied(convention, events)
    return convention


def hash_of(convention: Convention) -> str:
    """The hash that a signatory reads."""
    assert convention.seal_in_force is not None
    return convention.seal_in_force.sealed_hash


def sealed_in_order(*order: OrganizationId) -> Convention:
    """Sealed, and signed one after the other."""
    convention = agreed()
    events = convention.seal(
        convention.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY, sign_order=order
    )
    applied(convention, events)
    return convention


def signed_by(convention: Convention, *speakers: Speaker) -> Convention:
    """The convention with these signatures."""
    for speaker in speakers:
        applied(
            convention,
            convention.sign(hash_of(convention), "présidente", "password", speaker, NOW, today=TODAY),
        )
    return convention


def as_read(convention: Convention) -> list[ClauseAtRevision]:
    """Every clause as it stands."""
    return [ClauseAtRevision(clause_id=it.id, revision=it.revision) for it in convention.clauses.values()]
