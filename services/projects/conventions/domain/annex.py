"""One annex of a convention, as it stands: a file that the sealed text names by its hash."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.contracts.files import GivenFile
from shared.contracts.identifiers import AnnexId, OrganizationId, PersonId
from shared.contracts.projects.refusals import AnnexChanged

MOST_ANNEXES = 50


@dataclass(frozen=True, slots=True)
class Annex:
    """A numbered title with its file and the sides that accept them. A change is a new revision of its author's side."""

    id: AnnexId
    number: int
    title: str
    file: GivenFile | None
    """None while it is announced only; it cannot be sealed so."""
    withdrawn: bool
    """Taken out by this revision; it leaves the text once every side accepts that."""
    revision: int
    accepted_by: frozenset[OrganizationId]
    proposed_by: OrganizationId
    proposed_by_person: PersonId
    proposed_at: datetime
    agreed_at: datetime | None = None
    taken_up: bool = False
    """Whether another side than the one that announced it has accepted it, or given it a file."""

    @property
    def gone(self) -> bool:
        """Whether it is in the text no more."""
        return self.withdrawn and self.agreed_at is not None

    @property
    def awaits_acceptance(self) -> bool:
        """Whether sides have something to accept: an announced annex has not."""
        return not self.gone and (self.file is not None or self.withdrawn)

    def check_revision(self, revision: int) -> None:
        """Pass if the annex stands as it was seen.

        Raises:
            AnnexChanged: it has moved, with where it stands.
        """
        if self.revision != revision:
            raise AnnexChanged(annex_id=self.id, revision=self.revision)

    def changed(
        self, *, file: GivenFile | None, withdrawn: bool, by: OrganizationId, person: PersonId, now: datetime
    ) -> "Annex":
        """The annex with another file, or taken out, accepted by the side that proposes it."""
        return replace(
            self,
            file=file,
            withdrawn=withdrawn,
            revision=self.revision + 1,
            accepted_by=frozenset({by}),
            proposed_by=by,
            proposed_by_person=person,
            proposed_at=now,
            agreed_at=None,
            taken_up=self.taken_up or by != self.proposed_by,
        )

    def accepted(self, *, by: OrganizationId, parties: frozenset[OrganizationId], now: datetime) -> "Annex":
        """The annex with one more side that accepts it as it stands."""
        accepted_by = self.accepted_by | {by}
        return replace(
            self,
            accepted_by=accepted_by,
            agreed_at=now if accepted_by >= parties else None,
            taken_up=self.taken_up or by != self.proposed_by,
        )


def remaining(annexes: Mapping[AnnexId, Annex]) -> list[Annex]:
    """Those that are part of the text."""
    return [it for it in annexes.values() if not it.gone]


def awaiting(annexes: Mapping[AnnexId, Annex]) -> list[Annex]:
    """Those that sides have to accept."""
    return [it for it in annexes.values() if it.awaits_acceptance]
