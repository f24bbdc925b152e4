"""Somebody acts for a référent between two days, and nobody else on the same ones."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contacts.mandates.domain.delegation import LONGEST, Delegation
from shared.contracts.contacts.events import DelegationEnded, DelegationGranted
from shared.contracts.contacts.refusals import (
    DelegationDatesInvalid,
    DelegationNotFound,
    DelegationOverlaps,
    MandateNotInForce,
)
from shared.contracts.identifiers import DelegationId, PersonId, new_id
from tests.contacts.domain.test_mandate import accepted, proposed

TODAY = date(2026, 11, 23)
DAYS = st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=60))


def delegation(starts_on: date, ends_on: date) -> Delegation:
    return Delegation(DelegationId(new_id()), PersonId(new_id()), starts_on, ends_on)


@pytest.mark.parametrize(
    ("first", "last"), [(1, 0), (-3, -1), (0, LONGEST.days + 1)], ids=["backwards", "over", "too long"]
)
def test_days_that_make_no_sense_are_refused(first: int, last: int) -> None:
    with pytest.raises(DelegationDatesInvalid):
        accepted().delegate(
            delegation(TODAY + timedelta(days=first), TODAY + timedelta(days=last)), today=TODAY
        )


def test_it_may_begin_in_the_past_and_end_today() -> None:
    mandate = accepted()
    granted = delegation(TODAY - timedelta(days=3), TODAY)
    [event] = mandate.delegate(granted, today=TODAY)
    assert isinstance(event, DelegationGranted)
    assert (event.deputy_id, event.starts_on, event.ends_on) == (
        granted.deputy_id,
        granted.starts_on,
        granted.ends_on,
    )
    assert mandate.delegate(granted, today=TODAY) == []


@given(st.lists(st.tuples(DAYS, DAYS), max_size=8))
def test_nobody_ever_has_two_deputies_on_one_day(days: list[tuple[date, date]]) -> None:
    mandate = accepted()
    for starts_on, ends_on in days:
        try:
            mandate.delegate(delegation(starts_on, ends_on), today=TODAY)
        except (DelegationDatesInvalid, DelegationOverlaps):
            continue
    covered = [
        it.starts_on + timedelta(days=n)
        for it in mandate.delegations
        for n in range((it.ends_on - it.starts_on).days + 1)
    ]
    assert len(covered) == len(set(covered))


def test_it_ends_once() -> None:
    mandate = accepted()
    granted = delegation(TODAY, TODAY)
    mandate.delegate(granted, today=TODAY)
    [event] = mandate.end_delegation(granted.id)
    assert isinstance(event, DelegationEnded)
    with pytest.raises(DelegationNotFound):
        mandate.end_delegation(granted.id)


def test_only_a_mandate_in_force_has_deputies() -> None:
    with pytest.raises(MandateNotInForce):
        proposed().delegate(delegation(TODAY, TODAY), today=TODAY)
