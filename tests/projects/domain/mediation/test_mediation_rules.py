"""What can be done in a mediation, and when it is over."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.projects.mediation.domain import Mediation, Speaker
from shared.contracts.identifiers import ConventionId, MediationId, OrganizationId, PersonId, new_id
from shared.contracts.projects.mediation import (
    AcceptInMediation,
    AskForMediation,
    EndMediation,
    MediationMoved,
    MediationOver,
    MediationPart,
    MediationState,
    MediatorAccepted,
    MediatorNotAccepted,
    PlanMediation,
    ProposeInMediation,
)
from shared.contracts.projects.mediation_events import (
    MediationAccepted,
    MediationAsked,
    MediationEnded,
    MediationPlanned,
    MediationProposed,
)
from shared.contracts.projects.refusals import NotAReferent

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOSPITAL, ASSOCIATION = OrganizationId(new_id()), OrganizationId(new_id())
PARTIES = frozenset({HOSPITAL, ASSOCIATION})
CLAIRE = Speaker(PersonId(new_id()), HOSPITAL, referent=True, signatory=False)
HUGO = Speaker(PersonId(new_id()), HOSPITAL, referent=False, signatory=True)
KARIM = Speaker(PersonId(new_id()), HOSPITAL, referent=False, signatory=False)
ODILE = Speaker(PersonId(new_id()), ASSOCIATION, referent=True, signatory=True)
MEDIATOR, AGREEMENT = MediationPart.MEDIATOR, MediationPart.AGREEMENT


def asked() -> Mediation:
    command = AskForMediation(
        convention_id=ConventionId(new_id()),
        mediation_id=MediationId(new_id()),
        reason="Les formations n'ont pas lieu.",
        mediator="Maître Lebrun, médiatrice",
    )
    mediation, [event] = Mediation.ask(command, CLAIRE, PARTIES, NOW)
    assert isinstance(event, MediationAsked)
    return mediation


def about(it: Mediation, **given: Any) -> dict[str, Any]:
    return {"convention_id": it.convention_id, "mediation_id": it.id, **given}


def accept(it: Mediation, part: MediationPart, by: Speaker, revision: int = 1) -> list[type]:
    command = AcceptInMediation(**about(it, part=part, revision=revision))
    return [type(event) for event in it.accept(command, by, NOW)]


def propose(it: Mediation, part: MediationPart, by: Speaker, text: str, revision: int = 0) -> list[type]:
    command = ProposeInMediation(**about(it, part=part, revision=revision, text=text))
    return [type(event) for event in it.propose(command, by, NOW)]


def running() -> Mediation:
    it = asked()
    accept(it, MEDIATOR, ODILE)
    return it


def test_whoever_asks_accepts_and_the_last_yes_begins_it() -> None:
    it = asked()
    assert it.state is MediationState.ASKED
    assert accept(it, MEDIATOR, HUGO) == [], "her party has accepted already"
    assert accept(it, MEDIATOR, ODILE) == [MediationAccepted]
    assert it.state is MediationState.RUNNING
    assert accept(it, MEDIATOR, ODILE) == []


def test_another_mediator_needs_every_yes_again() -> None:
    it = asked()
    assert propose(it, MEDIATOR, ODILE, "Paul Roy, médiateur de l'ARS", 1) == [MediationProposed]
    assert propose(it, MEDIATOR, ODILE, "Paul Roy, médiateur de l'ARS", 1) == []
    with pytest.raises(MediationMoved) as caught:
        accept(it, MEDIATOR, CLAIRE)
    assert caught.value.fields == {"revision": 2}
    with pytest.raises(MediationMoved):
        propose(it, MEDIATOR, CLAIRE, "Une autre", 1)
    assert accept(it, MEDIATOR, CLAIRE, 2) == [MediationAccepted]
    with pytest.raises(MediatorAccepted):
        propose(it, MEDIATOR, CLAIRE, "Une autre", 2)


def test_nothing_is_planned_or_agreed_before_the_mediator_is() -> None:
    it = asked()
    with pytest.raises(MediatorNotAccepted):
        it.plan(PlanMediation(**about(it, meets_on=date(2026, 4, 1))), ODILE)
    with pytest.raises(MediatorNotAccepted):
        propose(it, AGREEMENT, ODILE, "Trois formations.")
    with pytest.raises(MediationMoved):
        accept(it, AGREEMENT, ODILE)


def test_a_day_is_noted_once_and_may_move() -> None:
    it = running()
    command = PlanMediation(**about(it, meets_on=date(2026, 4, 1)))
    assert [type(event) for event in it.plan(command, CLAIRE)] == [MediationPlanned]
    assert it.plan(command, ODILE) == []


def test_an_agreement_that_all_accept_ends_it() -> None:
    it = running()
    assert propose(it, AGREEMENT, ODILE, "Trois formations.") == [MediationProposed]
    assert accept(it, AGREEMENT, HUGO) == [MediationAccepted, MediationEnded]
    assert it.state is MediationState.AGREED
    assert accept(it, AGREEMENT, HUGO) == []
    with pytest.raises(MediationOver):
        propose(it, AGREEMENT, CLAIRE, "Quatre.", 1)


def test_any_party_may_leave_and_nobody_else_may_act() -> None:
    it = running()
    command = EndMediation(**about(it, reason="Nous ne trouvons pas d'accord."))
    for somebody in (KARIM, Speaker(PersonId(new_id()), OrganizationId(new_id()), True, True)):
        with pytest.raises(NotAReferent):
            it.end(command, somebody, NOW)
    assert [type(event) for event in it.end(command, ODILE, NOW)] == [MediationEnded]
    assert it.end(command, ODILE, NOW) == []
    assert it.state is MediationState.ENDED
    with pytest.raises(MediationOver):
        it.end(command, CLAIRE, NOW)
