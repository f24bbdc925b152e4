"""A party that has not taken part yet is taken back by those who asked it: else one that never answers holds all up for ever."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from services.projects.conventions.domain.admission import Admission
from services.projects.conventions.domain.admitting import Admissions, why_not_admit
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.going_on import part_from
from services.projects.conventions.domain.party import Party, balanced
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.templates.preamble import without_party
from shared.contracts.identifiers import OrganizationId
from shared.contracts.messages import Event
from shared.contracts.projects.events import ClauseProposed
from shared.contracts.projects.parties import AdmissionNotFound, PartyTakenBack, PartyTookPart, Role
from shared.contracts.projects.refusals import PartiesNotBalanced
from shared.contracts.refusals import Refusal


def why_not_take_back(
    convention: Convention, party: OrganizationId, silent: frozenset[OrganizationId], by: Speaker
) -> Refusal | None:
    """Why the speaker cannot take a party back now; None when she can. `silent`: who has accepted and signed nothing.

    Whoever may let one in may take it back, alone: that it comes needs the agreement of each. So may the party itself.
    """
    if refusal := why_not_admit(Role.PARTY, convention.situation, by):
        return refusal
    if party not in convention.party_ids:
        return AdmissionNotFound()
    if party not in silent:
        return PartyTookPart()
    if not balanced(it for it in convention.parties if it.organization_id != party):
        return PartiesNotBalanced()
    return None


def take_back_party(
    convention: Convention,
    admissions: Admissions,
    party: OrganizationId,
    silent: frozenset[OrganizationId],
    by: Speaker,
    now: datetime,
) -> list[Event]:
    """Take it back: the preamble names it no more, and what all the others have accepted is agreed.

    Raises:
        NotAReferent, NegotiationNotOpen, AdmissionNotFound, PartyTookPart, PartiesNotBalanced: it stays.
    """
    if refusal := why_not_take_back(convention, party, silent, by):
        raise refusal
    gone = next(it for it in convention.parties if it.organization_id == party)
    admission = _of(admissions.values(), party)
    if admission:
        admissions[admission.id] = replace(admission, ended_at=now)
    part_from(convention, party, now)
    taken_back = PartyTakenBack(
        convention_id=convention.id,
        admission_id=admission and admission.id,
        organization_id=by.organization_id,
        taken_back=party,
    )
    return [taken_back, *_name_no_more(convention, gone, by, now)]


def _of(admissions: Iterable[Admission], party: OrganizationId) -> Admission | None:
    """By which it came; None for a party that was there from the beginning."""
    came = (it for it in admissions if it.role is Role.PARTY and it.organization_id == party)
    return next((it for it in came if it.ended_at is None), None)


def _name_no_more(convention: Convention, gone: Party, by: Speaker, now: datetime) -> list[Event]:
    preamble = next((it for it in convention.clauses.values() if it.number == 0), None)
    if preamble is None or (text := without_party(preamble.text, gone)) == preamble.text:
        return []
    reworded = preamble.reworded(text, by=by.organization_id, person=by.person_id, now=now)
    convention.clauses[reworded.id] = reworded
    return [
        ClauseProposed(
            convention_id=convention.id,
            clause_id=reworded.id,
            revision=reworded.revision,
            organization_id=by.organization_id,
        )
    ]
