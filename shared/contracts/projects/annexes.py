"""Annexes as queries of projects show them."""

from datetime import datetime

from shared.contracts.files import GivenFile
from shared.contracts.identifiers import AnnexId, OrganizationId, PersonId
from shared.contracts.messages import Message, View


class AnnexView(Message):
    """An annex as it stands. Those that every side took out are not listed."""

    annex_id: AnnexId
    number: int
    title: str
    revision: int
    file: GivenFile | None
    """None while it is announced only."""
    withdrawn: bool
    """A side wants it out, and not every side has accepted that."""
    accepted_by: tuple[OrganizationId, ...]
    agreed_at: datetime | None
    proposed_by: OrganizationId
    proposed_by_person: PersonId
    proposed_at: datetime
    changed: bool = False
    """Since the actor last read the convention, by somebody else."""


class AnnexRevisionView(Message):
    """One state that an annex has had."""

    revision: int
    file: GivenFile | None
    withdrawn: bool
    organization_id: OrganizationId
    person_id: PersonId
    proposed_at: datetime


class AnnexHistory(View):
    """Every state of an annex, newest first, at most 100. Each file of it may be read."""

    title: str
    revisions: tuple[AnnexRevisionView, ...]
