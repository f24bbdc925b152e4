"""A whole text stays short enough to be opened."""

import pytest

from services.projects.conventions.domain.changing_articles import add_clause
from services.projects.conventions.domain.room_for_text import MOST_BYTES
from shared.contracts.identifiers import ClauseId, new_id
from shared.contracts.projects.refusals import TextTooLong
from tests.projects.domain.conventions.drafts import CLAIRE, NOW, negotiating

FULL = "é" * 20_000


def test_articles_are_added_until_the_text_is_full() -> None:
    convention = negotiating()
    added = 0
    with pytest.raises(TextTooLong) as refused:
        while True:
            add_clause(convention, ClauseId(new_id()), "Article", FULL, CLAIRE, NOW)
            added += 1
    assert added >= 6
    left = refused.value.fields["left_bytes"]
    assert 0 < left < 40_002
    # What is shorter still fits, and what stands there can be made shorter.
    clause = next(iter(convention.clauses.values()))
    convention.propose(clause.id, clause.revision, "Court.", CLAIRE, NOW)
    with pytest.raises(TextTooLong):
        convention.propose(clause.id, clause.revision + 1, FULL + FULL, CLAIRE, NOW)
    assert sum(len(it.text.encode()) for it in convention.clauses.values()) <= MOST_BYTES


def test_a_line_feed_weighs_what_it_weighs_on_the_way() -> None:
    convention = negotiating()
    for _ in range(6):
        add_clause(convention, ClauseId(new_id()), "Article", "a" + "\n" * 19_998 + "b", CLAIRE, NOW)
    with pytest.raises(TextTooLong):
        for _ in range(2):
            add_clause(convention, ClauseId(new_id()), "Article", "a" + "\n" * 19_998 + "b", CLAIRE, NOW)
