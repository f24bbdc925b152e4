"""One clause of a convention, as it stands."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from shared.contracts.identifiers import ClauseId, OrganizationId, PersonId
from shared.contracts.projects.refusals import ClauseChanged

# Visible in the text, so that nobody signs around a blank; a clause that still holds it cannot be sealed.
TO_COMPLETE = "[à compléter]"


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered text with the sides that accept it. A new text is a new revision that only its author's side accepts."""

    id: ClauseId
    number: int
    title: str
    required: bool
    reason: str
    text: str
    revision: int
    accepted_by: frozenset[OrganizationId]
    proposed_by: OrganizationId
    proposed_by_person: PersonId
    proposed_at: datetime
    agreed_at: datetime | None = None
    added_by: OrganizationId | None = None
    """The party that added it to the model; None for the model's own."""
    agreed_once: bool = False
    """Whether every party has accepted it, in some wording of it."""
    origin: ClauseId | None = None
    """In an amendment, the article in force that it began as; None for one that is new."""
    withdrawn: bool = False
    """Taken out by this revision of an amendment; it leaves the text in force with it, once every party accepts that."""

    @property
    def incomplete(self) -> bool:
        """Whether a blank of the model is left."""
        return TO_COMPLETE in self.text and not self.withdrawn

    @property
    def leaves_with_amendment(self) -> bool:
        """Whether it is an article in force that an amendment may take out: neither the preamble nor what its regime requires."""
        return self.origin is not None and self.number > 0 and not self.required

    def check_revision(self, revision: int) -> None:
        """Pass if the clause stands as it was read.

        Raises:
            ClauseChanged: it has moved, with where it stands.
        """
        if self.revision != revision:
            raise ClauseChanged(clause_id=self.id, revision=self.revision)

    def says(self, text: str) -> bool:
        """Whether the text is this one; characters that only differ in their encoding are the same."""
        return unicodedata.normalize("NFC", text) == unicodedata.normalize("NFC", self.text)

    def stands_as(self, text: str) -> bool:
        """Whether this is what it says, and nobody has taken it out."""
        return self.says(text) and not self.withdrawn

    def reworded(self, text: str, *, by: OrganizationId, person: PersonId, now: datetime) -> "Clause":
        """The clause with a new text, accepted by the side that proposes it. One that was to go stays, then."""
        return self._changed(by, person, now, text=text, withdrawn=False)

    def taken_out(self, *, by: OrganizationId, person: PersonId, now: datetime) -> "Clause":
        """The clause as it is to go, accepted by the side that proposes it."""
        return self._changed(by, person, now, text=self.text, withdrawn=True)

    def _changed(
        self, by: OrganizationId, person: PersonId, now: datetime, *, text: str, withdrawn: bool
    ) -> "Clause":
        return replace(
            self,
            text=text,
            withdrawn=withdrawn,
            revision=self.revision + 1,
            accepted_by=frozenset({by}),
            proposed_by=by,
            proposed_by_person=person,
            proposed_at=now,
            agreed_at=None,
        )

    def accepted(self, *, by: OrganizationId, parties: frozenset[OrganizationId], now: datetime) -> "Clause":
        """The clause with one more side that accepts it."""
        accepted_by = self.accepted_by | {by}
        agreed = accepted_by >= parties
        return replace(
            self,
            accepted_by=accepted_by,
            agreed_at=now if agreed else None,
            agreed_once=self.agreed_once or agreed,
        )
