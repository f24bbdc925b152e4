"""How organisations come to a convention that has begun: proposed by one party, let in once all of them agree.

Each function checks who may act, changes the convention and its admissions, and returns what happened.
"""

from dataclasses import replace
from datetime import datetime

from services.projects.conventions.domain.admission import MOST_OBSERVERS, MOST_PARTIES, Admission
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.party import Party
from services.projects.conventions.domain.rights import Situation, Speaker, writes_the_draft
from services.projects.conventions.domain.templates.preamble import with_party
from shared.contracts.identifiers import AdmissionId, OrganizationId
from shared.contracts.messages import Event
from shared.contracts.projects.events import ClauseProposed, VoidReason
from shared.contracts.projects.parties import (
    AdmissionAccepted,
    AdmissionEnded,
    AdmissionNotFound,
    AdmissionProposed,
    AlreadyInConvention,
    InterestNotDeclared,
    ObserverAdmitted,
    ObserverLeft,
    ObservingReserved,
    OnNoSide,
    PartyJoined,
    Role,
    TooManyOrganizations,
)
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import IdentifierTaken, NegotiationNotOpen, NotAReferent
from shared.contracts.refusals import Refusal
from shared.contracts.values import Side

Admissions = dict[AdmissionId, Admission]

_TO_JOIN = frozenset(
    {
        ConventionState.DRAFT,
        ConventionState.NEGOTIATING,
        ConventionState.READY,
        ConventionState.PARTLY_SIGNED,
    }
)
# While it is a draft the other side reads nothing yet, so it could not agree to be observed.
_TO_OBSERVE = frozenset(ConventionState) - {
    ConventionState.DRAFT,
    ConventionState.EXPIRED,
    ConventionState.TERMINATED,
}

# What a clause holds; a preamble that is full is accepted anew, and names the newcomer by hand.
_MOST_TEXT = 20_000


def why_not_admit(role: Role, situation: Situation, by: Speaker) -> Refusal | None:
    """Why the speaker cannot propose somebody, or agree, now; None when she can."""
    if not writes_the_draft(situation, by) and not (
        by.referent
        and by.organization_id in situation.parties
        and situation.state is not ConventionState.DRAFT
    ):
        return NotAReferent()
    return None if _open_to(role, situation) else NegotiationNotOpen(state=situation.state)


def may_accept(admission: Admission, situation: Situation, by: Speaker) -> bool:
    """Whether her party's answer is awaited, and the speaker may give it."""
    awaited = by.organization_id in awaited_parties(admission, situation)
    return awaited and why_not_admit(admission.role, situation, by) is None


def awaited_parties(admission: Admission, situation: Situation) -> tuple[OrganizationId, ...]:
    """The parties whose answer is awaited: nobody's once it is too late for the organisation to come."""
    if not (admission.waits and _open_to(admission.role, situation)):
        return ()
    return admission.awaits(sorted(situation.parties))


def may_end(admission: Admission, situation: Situation, by: Speaker) -> bool:
    """Whether the speaker may say no to it, take it back, or end that it observes. Of an observer, `referent` says
    whether she decides for it.
    """
    of_itself = admission.observes and by.organization_id == admission.organization_id
    concerned = of_itself or by.organization_id in situation.parties
    return (admission.waits or admission.observes) and by.referent and concerned


def propose_admission(
    convention: Convention, admissions: Admissions, wanted: Admission, by: Speaker, now: datetime
) -> list[Event]:
    """Propose that an organisation comes; asked twice for the same, it is proposed once.

    Raises:
        NotAReferent, NegotiationNotOpen: the speaker may not, or not now.
        OnNoSide, InterestNotDeclared, AlreadyInConvention, TooManyOrganizations: it cannot come as this.
        IdentifierTaken: the identifier names another one.
    """
    _require(wanted.role, convention, by)
    if known := admissions.get(wanted.id):
        if known.asks_the_same_as(wanted):
            return []
        raise IdentifierTaken
    _check_place(convention, admissions, wanted)
    admissions[wanted.id] = wanted
    proposed = AdmissionProposed(
        convention_id=convention.id,
        admission_id=wanted.id,
        organization_id=by.organization_id,
        proposed=wanted.organization_id,
        role=wanted.role,
    )
    return [proposed, *_let_in(convention, admissions, wanted, by, now)]


def accept_admission(
    convention: Convention, admissions: Admissions, admission_id: AdmissionId, by: Speaker, now: datetime
) -> list[Event]:
    """Agree for one party; the last one lets it in.

    Raises:
        AdmissionNotFound: nobody is to come under this identifier.
        NotAReferent, NegotiationNotOpen: the speaker may not, or not now.
    """
    admission = admissions.get(admission_id)
    if admission is None or admission.ended_at is not None:
        raise AdmissionNotFound
    _require(admission.role, convention, by)
    if not admission.waits or by.organization_id in admission.accepted_by:
        return []
    admissions[admission_id] = admission.agreed_by(by.organization_id)
    accepted = AdmissionAccepted(
        convention_id=convention.id, admission_id=admission_id, organization_id=by.organization_id
    )
    return [accepted, *_let_in(convention, admissions, admissions[admission_id], by, now)]


def end_admission(
    convention: Convention, admissions: Admissions, admission_id: AdmissionId, by: Speaker, now: datetime
) -> list[Event]:
    """Say no, take it back, or end that somebody observes.

    Raises:
        AdmissionNotFound: nobody is to come, or observes, under this identifier.
        NotAReferent: of a party, only its référents may.
        ObservingReserved: of the observer itself, only whoever decides for it.
    """
    admission = admissions.get(admission_id)
    if admission is None or not (admission.waits or admission.observes):
        raise AdmissionNotFound
    if not may_end(admission, convention.situation, by):
        raise ObservingReserved if by.organization_id == admission.organization_id else NotAReferent
    admissions[admission_id] = replace(admission, ended_at=now)
    if admission.observes:
        return [
            ObserverLeft(
                convention_id=convention.id,
                admission_id=admission_id,
                organization_id=by.organization_id,
                observer=admission.organization_id,
            )
        ]
    return [
        AdmissionEnded(
            convention_id=convention.id,
            admission_id=admission_id,
            organization_id=by.organization_id,
            proposed=admission.organization_id,
        )
    ]


def _open_to(role: Role, situation: Situation) -> bool:
    # An amendment has the parties of its convention, and its observers.
    return not situation.amendment and situation.state in (_TO_JOIN if role is Role.PARTY else _TO_OBSERVE)


def _require(role: Role, convention: Convention, by: Speaker) -> None:
    if refusal := why_not_admit(role, convention.situation, by):
        raise refusal


def _check_place(convention: Convention, admissions: Admissions, wanted: Admission) -> None:
    if wanted.role is Role.PARTY and wanted.party.side is Side.THIRD_PARTY:
        raise OnNoSide
    if wanted.role is Role.FUNDER and not wanted.interest:
        raise InterestNotDeclared
    standing = {it.organization_id for it in admissions.values() if it.ended_at is None}
    if wanted.organization_id in convention.party_ids | standing:
        raise AlreadyInConvention
    here = [it for it in admissions.values() if it.waits or it.observes]
    if wanted.role is Role.PARTY:
        coming, most = len(convention.parties) + sum(it.role is Role.PARTY for it in here), MOST_PARTIES
    else:
        coming, most = sum(it.role is not Role.PARTY for it in here), MOST_OBSERVERS
    if coming >= most:
        raise TooManyOrganizations(most=most)


def _let_in(
    convention: Convention, admissions: Admissions, admission: Admission, by: Speaker, now: datetime
) -> list[Event]:
    drafting = convention.state is ConventionState.DRAFT
    agreeing = {convention.drafted_by} if drafting else convention.party_ids
    if admission.awaits(agreeing):
        return []
    admissions[admission.id] = replace(admission, admitted_at=now)
    if admission.role is not Role.PARTY:
        return [
            ObserverAdmitted(
                convention_id=convention.id,
                admission_id=admission.id,
                organization_id=by.organization_id,
                observer=admission.organization_id,
                role=admission.role,
            )
        ]
    return _join(convention, admission, by, now)


def _join(convention: Convention, admission: Admission, by: Speaker, now: datetime) -> list[Event]:
    """Another party is another text: the seal is left, and nothing is agreed until the newcomer accepts it too."""
    events = convention.void(VoidReason.EDIT, by.organization_id)
    convention.parties = (*convention.parties, admission.party)
    convention.terms = replace(convention.terms, agreed_at=None)
    convention.clauses = {id_: replace(it, agreed_at=None) for id_, it in convention.clauses.items()}
    convention.annexes = {
        id_: it if it.gone else replace(it, agreed_at=None) for id_, it in convention.annexes.items()
    }
    joined = PartyJoined(
        convention_id=convention.id,
        admission_id=admission.id,
        organization_id=by.organization_id,
        joined=admission.organization_id,
        side=admission.party.side,
    )
    return [*events, joined, *_name_in_preamble(convention, admission.party, by, now)]


def _name_in_preamble(convention: Convention, party: Party, by: Speaker, now: datetime) -> list[Event]:
    preamble = next((it for it in convention.clauses.values() if it.number == 0), None)
    if preamble is None or len(text := with_party(preamble.text, party)) > _MOST_TEXT:
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
