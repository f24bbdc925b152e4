"""The annexes of a convention as its pages show them."""

from dataclasses import dataclass
from datetime import datetime

from services.web.pages.convention_view import Person, Shown
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import AnnexId
from shared.contracts.projects.annexes import AnnexView


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex as its pages show it."""

    id: AnnexId
    number: int
    title: str
    revision: int
    file: GivenFile | None
    withdrawn: bool
    author: Person
    proposed_at: datetime
    accepted_by_me: bool
    accepted_by_other: bool
    agreed_at: datetime | None
    to_accept: bool
    changed: bool
    """Since the reader's last visit."""


def annexes_of(shown: Shown) -> list[Annex]:
    """In their order."""
    return [_annex(it, shown) for it in shown.view.annexes]


def _annex(it: AnnexView, shown: Shown) -> Annex:
    return Annex(
        id=it.annex_id,
        number=it.number,
        title=it.title,
        revision=it.revision,
        file=it.file,
        withdrawn=it.withdrawn,
        author=shown.names.who(it.proposed_by_person, it.proposed_by),
        proposed_at=it.proposed_at,
        accepted_by_me=shown.mine in it.accepted_by,
        accepted_by_other=any(party != shown.mine for party in it.accepted_by),
        agreed_at=it.agreed_at,
        to_accept=shown.mine not in it.accepted_by and (it.file is not None or it.withdrawn),
        changed=it.changed,
    )
