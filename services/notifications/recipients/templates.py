"""Who hears that a template was shared with her organisation: who administers it, and who begins and writes its conventions.

Only where the organisation was named: what everybody may read is found by those who look for it (decision 0038).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.notifications.recipients.circle import Hearing
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.notifications.queries import NoticeKind, NoticeReason


@dataclass(frozen=True, slots=True)
class Readers:
    """An organisation that was named, and its people."""

    organization_id: OrganizationId
    administrators: frozenset[PersonId]
    referents: frozenset[PersonId]
    """Of its side of any convention."""


def who_reads_it(readers: Iterable[Readers], *, actor_person: PersonId | None) -> tuple[Hearing, ...]:
    """Everybody who should be told, each once, and not whoever shared it."""
    chosen: dict[PersonId, Hearing] = {}
    for hearing in _named(readers):
        if hearing.person_id != actor_person:
            chosen.setdefault(hearing.person_id, hearing)
    return tuple(chosen.values())


def _named(readers: Iterable[Readers]) -> Iterator[Hearing]:
    for it in readers:
        for people, because in (
            (it.administrators, NoticeReason.ADMINISTRATOR),
            (it.referents, NoticeReason.NEGOTIATES),
        ):
            for person in sorted(people):
                yield Hearing(person, it.organization_id, NoticeKind.TEMPLATE_SHARED, because)
