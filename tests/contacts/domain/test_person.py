"""People: joining, administering, signing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contacts.people.domain.person import Colleagues, Person, PersonState
from shared.contracts.contacts.events import (
    AdministrationGranted,
    AffiliationEnded,
    AffiliationStarted,
    PersonAdded,
    SigningAuthorityGranted,
    SigningAuthorityRevoked,
)
from shared.contracts.contacts.refusals import FunctionMissing, LastAdministrator, NotAMember
from shared.contracts.identifiers import OrganizationId, PersonId, new_id

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HOSPITAL = OrganizationId(new_id())


def person(state: PersonState = PersonState.INVITED) -> Person:
    return Person.add(PersonId(new_id()), "Sonya", "Hadad", "sonia@example.org", state=state)[0]


def test_adding_reports_her_and_nothing_about_her() -> None:
    added, events = Person.add(PersonId(new_id()), "A", "B", "a@example.org", state=PersonState.INVITED)
    assert events == [PersonAdded(person_id=added.id)]


@given(st.booleans(), st.booleans())
def test_only_the_first_one_administers_and_may_declare_that_she_signs(
    has_administrator: bool, declares: bool
) -> None:
    who = person()
    [event] = who.join(
        HOSPITAL, "cadre", has_administrator=has_administrator, declares_signing_authority=declares, now=NOW
    )
    assert event == AffiliationStarted(
        person_id=who.id,
        organization_id=HOSPITAL,
        administrator=not has_administrator,
        signatory=declares and not has_administrator,
    )


def test_joining_needs_a_function_only_where_she_is_new() -> None:
    who = person()
    with pytest.raises(FunctionMissing):
        who.join(HOSPITAL, None, has_administrator=False, declares_signing_authority=False, now=NOW)
    who.start_affiliation(HOSPITAL, "cadre", administrator=False, signatory=False, now=NOW)
    assert not who.join(HOSPITAL, None, has_administrator=True, declares_signing_authority=True, now=NOW)


def test_a_member_of_an_organisation_without_administrator_may_declare_that_she_signs() -> None:
    who = person()
    who.start_affiliation(HOSPITAL, "cadre", administrator=False, signatory=False, now=NOW)
    assert who.join(HOSPITAL, None, has_administrator=False, declares_signing_authority=True, now=NOW) == [
        SigningAuthorityGranted(person_id=who.id, organization_id=HOSPITAL)
    ]


def test_signing_authority_is_granted_and_revoked_once() -> None:
    who = person()
    with pytest.raises(NotAMember):
        who.grant_signing_authority(HOSPITAL)
    who.start_affiliation(HOSPITAL, "cadre", administrator=False, signatory=False, now=NOW)
    assert who.grant_signing_authority(HOSPITAL) == [
        SigningAuthorityGranted(person_id=who.id, organization_id=HOSPITAL)
    ]
    assert who.grant_signing_authority(HOSPITAL) == []
    assert who.revoke_signing_authority(HOSPITAL) == [
        SigningAuthorityRevoked(person_id=who.id, organization_id=HOSPITAL)
    ]
    assert who.revoke_signing_authority(HOSPITAL) == []


def test_a_name_is_corrected_once_by_herself() -> None:
    invited = person()
    invited.confirm("Sonia", None)
    assert (invited.given_name, invited.family_name, invited.state) == ("Sonia", "Hadad", PersonState.ACTIVE)
    invited.confirm("Autre", "Nom")
    assert invited.given_name == "Sonia"


def member(*, administrator: bool) -> Person:
    who = person()
    who.start_affiliation(HOSPITAL, "cadre", administrator=administrator, signatory=True, now=NOW)
    return who


@given(st.booleans(), st.integers(0, 3), st.integers(0, 3))
def test_those_who_stay_keep_an_administrator(administrator: bool, members: int, administrators: int) -> None:
    who = member(administrator=administrator)
    colleagues = Colleagues(members=members, administrators=min(administrators, members), signatories=0)
    if administrator and members and not colleagues.administrators:
        with pytest.raises(LastAdministrator):
            who.end_affiliation(HOSPITAL, colleagues)
        assert who.affiliation_to(HOSPITAL)
    else:
        assert who.end_affiliation(HOSPITAL, colleagues) == [
            AffiliationEnded(person_id=who.id, organization_id=HOSPITAL)
        ]
        assert who.affiliation_to(HOSPITAL) is None
        with pytest.raises(NotAMember):
            who.end_affiliation(HOSPITAL, colleagues)


def test_administration_is_granted_once() -> None:
    who = member(administrator=False)
    assert who.grant_administration(HOSPITAL) == [
        AdministrationGranted(person_id=who.id, organization_id=HOSPITAL)
    ]
    assert who.grant_administration(HOSPITAL) == []
