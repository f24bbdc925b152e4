"""Which days promises fall on."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.projects.promises.domain.schedule import planned
from shared.contracts.projects.promises import ObligationKind
from shared.contracts.projects.terms import PromisedMeans
from tests.projects.domain.promises.given import ASSOCIATION, ENDS_ON, STARTS_ON, promised


def test_meetings_are_spread_evenly_and_named() -> None:
    found = planned(promised(), STARTS_ON, ENDS_ON)
    assert [it.title for it in found] == [f"Réunion {place} sur 4" for place in (1, 2, 3, 4)]
    assert [it.due_on for it in found] == [date(2026, 7, 1), date(2026, 12, 31), date(2027, 7, 1), ENDS_ON]
    assert found[0].begins_on == STARTS_ON
    assert found[1].begins_on == date(2026, 7, 2)


def test_what_is_promised_at_all_is_owed_once_in_a_short_term() -> None:
    found = planned(
        promised(meetings_per_year=0, reviews_per_year=1), STARTS_ON, STARTS_ON + timedelta(days=60)
    )
    assert [(it.kind, it.title) for it in found] == [(ObligationKind.REVIEW, "Bilan croisé 1 sur 1")]
    assert not planned(promised(meetings_per_year=0), STARTS_ON, ENDS_ON)


def test_means_are_due_on_their_day_or_by_the_end_of_the_term() -> None:
    means = (
        PromisedMeans(text="Un local deux jours par semaine"),
        PromisedMeans(text="Une formation", by=ASSOCIATION, due_on=date(2026, 3, 1)),
        PromisedMeans(text="Une somme", due_on=date(2028, 1, 1)),
    )
    found = planned(promised(meetings_per_year=0, means=means), STARTS_ON, ENDS_ON)
    assert [(it.title, it.owed_by, it.due_on) for it in found] == [
        ("Une formation", ASSOCIATION, date(2026, 3, 1)),
        ("Un local deux jours par semaine", None, ENDS_ON),
    ]


@given(st.integers(0, 52), st.integers(1, 4000))
def test_every_stretch_follows_the_one_before_and_the_last_ends_the_term(per_year: int, length: int) -> None:
    last = STARTS_ON + timedelta(days=length)
    found = planned(promised(meetings_per_year=per_year), STARTS_ON, last)
    assert bool(found) == bool(per_year)
    if found:
        assert (found[0].begins_on, found[-1].due_on) == (STARTS_ON, last)
    assert all(it.begins_on <= it.due_on for it in found)
    assert all(after.begins_on == before.due_on + timedelta(days=1) for before, after in pairwise(found))
