"""The terms of a convention as its pages show them."""

from dataclasses import dataclass
from datetime import datetime

from services.web.pages.convention_view import Shown
from services.web.pages.names import Person
from services.web.wording.terms import Line, lines_of
from shared.contracts.projects.terms import Terms


@dataclass(frozen=True, slots=True)
class TermsCard:
    """The terms on the table, with what changed in them since the reader's last visit."""

    revision: int
    modified: bool
    lines: list[Line]
    author: Person | None
    proposed_at: datetime
    accepted_by_me: bool
    accepted_by_other: bool
    agreed_at: datetime | None


def terms_card(shown: Shown) -> TermsCard:
    """Those that stand."""
    it = shown.view.terms
    first = it.revision == 1
    return TermsCard(
        revision=it.revision,
        modified=it.before is not None,
        lines=terms_lines(shown, it.terms, it.before),
        # The first ones come from the model; whoever chose the days did not write them.
        author=None
        if first or it.proposed_by_person is None
        else shown.names.who(it.proposed_by_person, it.proposed_by),
        proposed_at=it.proposed_at,
        accepted_by_me=shown.mine in it.accepted_by,
        accepted_by_other=any(party != shown.mine for party in it.accepted_by),
        agreed_at=it.agreed_at,
    )


def terms_lines(shown: Shown, terms: Terms, before: Terms | None = None) -> list[Line]:
    """Terms in lines, with the parties' names."""
    return lines_of(terms, shown.names.organization, before)
