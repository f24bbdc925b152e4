"""An organisation of the directory: an establishment, an association or a third party, with its official numbers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from services.contacts.directory.domain import words
from services.contacts.directory.domain.registers import InvalidNumber, parse_finess, parse_rna, parse_siren
from shared.contracts.contacts.commands import Address, OrganizationEntry
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.identifiers import OrganizationId
from shared.contracts.messages import Event
from shared.contracts.values import Side


class EntryFault(ValueError):
    """One field of an entry is wrong; `reason` is its stable code."""

    def __init__(self, wrong_field: str, reason: str) -> None:
        super().__init__(f"{wrong_field}: {reason}")
        self.field = wrong_field
        self.reason = reason


@dataclass(frozen=True)
class Organization:
    """An organisation as registered. `version` is the one loaded: 0 for a new one."""

    id: OrganizationId
    side: Side
    name: str
    kind: str
    finess: str | None
    siren: str | None
    rna: str | None
    address: Address
    purpose: str
    version: int = field(default=0, compare=False)

    @property
    def partnership_id(self) -> None:
        """An organisation belongs to no partnership: its events are for everybody."""

    @classmethod
    def register(cls, entry: OrganizationEntry) -> tuple[Self, list[Event]]:
        """Enter an organisation of a public register.

        Raises:
            EntryFault: one of its numbers is not one.
        """
        organization = cls(
            id=entry.organization_id,
            side=entry.side,
            name=" ".join(entry.name.split()),
            kind=" ".join(entry.kind.split()),
            finess=_number("finess", entry.finess, parse_finess),
            siren=_number("siren", entry.siren, parse_siren),
            rna=_number("rna", entry.rna, parse_rna),
            address=entry.address,
            purpose=entry.purpose.strip(),
        )
        if not words.folded(organization.name):
            raise EntryFault("name", "empty")
        return organization, [OrganizationRegistered(organization_id=organization.id, side=organization.side)]

    def name_words(self) -> list[str]:
        """The words of its name that it is found by."""
        return sorted(words.findable_by(self.name))

    def all_words(self) -> list[str]:
        """Every word that it is found by: its name, kind, place and numbers, and what it is for."""
        found = set(self.name_words())
        found |= words.findable_by(self.kind)
        found |= set(words.words_of(self.address.city)) | words.places_of(self.address.postal_code)
        found |= set(words.words_of(self.purpose))
        found |= {number.lower() for number in (self.finess, self.siren, self.rna) if number}
        return sorted(found)


def _number(name: str, text: str | None, parse: Callable[[str], str]) -> str | None:
    if text is None or not text.strip():
        return None
    try:
        return parse(text)
    except InvalidNumber as error:
        raise EntryFault(name, error.fault) from error
