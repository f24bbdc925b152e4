"""Several modules' lists as one: the most urgent first, none lost below the limit."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.projects.overview.domain import most_urgent, next_days
from shared.contracts.identifiers import ConventionId, OrganizationId, new_id
from shared.contracts.projects.queries import Awaited, AwaitedKind, Dated, DatedKind

SOMETHING, SOMEBODY = ConventionId(new_id()), OrganizationId(new_id())
days = st.dates(date(2026, 1, 1), date(2026, 1, 9))
moments = st.integers(0, 9).map(lambda day: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day))
acts = st.builds(
    Awaited,
    kind=st.sampled_from(AwaitedKind),
    convention_id=st.just(SOMETHING),
    title=st.just("Livret"),
    other_party=st.just(SOMEBODY),
    due_on=st.none() | days,
    since=moments,
    project_id=st.none(),
    milestone_id=st.none(),
    indicator_id=st.none(),
    count=st.just(1),
)
dated = st.builds(
    Dated,
    kind=st.sampled_from(DatedKind),
    on=days,
    convention_id=st.just(SOMETHING),
    title=st.just("Livret"),
    context=st.just(""),
    project_id=st.none(),
)


@given(st.lists(acts), st.lists(acts), st.integers(0, 8))
def test_what_is_due_comes_first_then_what_has_waited_longest(
    some: list[Awaited], others: list[Awaited], limit: int
) -> None:
    kept = most_urgent(some, others, limit=limit)

    assert len(kept) == min(limit, len(some) + len(others))
    for before, after in pairwise(kept):
        assert before.due_on is not None or after.due_on is None
        if before.due_on == after.due_on:
            assert before.since <= after.since
        elif before.due_on and after.due_on:
            assert before.due_on < after.due_on


@given(st.lists(dated), st.lists(dated), st.integers(0, 8))
def test_the_nearest_days_are_kept(some: list[Dated], others: list[Dated], limit: int) -> None:
    kept = next_days(some, others, limit=limit)

    assert [it.on for it in kept] == sorted(it.on for it in (*some, *others))[:limit]
