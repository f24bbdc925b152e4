"""The parties of a convention, and who of them can act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.refusals import PartiesNotBalanced
from shared.contracts.values import Side


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as the text names it, and the side it stands on."""

    organization_id: OrganizationId
    side: Side
    name: str
    seat: str
    shared: bool = False
    """Whether the whole organisation can read the convention."""


@dataclass(frozen=True, slots=True)
class Authorities:
    """The sides that have somebody to negotiate, and somebody to sign."""

    with_referent: frozenset[OrganizationId]
    with_signatory: frozenset[OrganizationId]
    silent: frozenset[OrganizationId] = frozenset()
    """Those that have accepted, proposed and signed nothing yet."""


def balanced(parties: Iterable[Party]) -> bool:
    """Whether they are establishments and associations, at least one of each. Who stands on neither side observes."""
    return {party.side for party in parties} == {Side.ESTABLISHMENT, Side.ASSOCIATION}


def check_balance(parties: Collection[Party], drafted_by: OrganizationId) -> None:
    """Pass if the parties are at least one establishment and one association, each once, the drafting one among them.

    Raises:
        PartiesNotBalanced: they are not.
    """
    organizations = {party.organization_id for party in parties}
    if not balanced(parties) or len(organizations) != len(parties) or drafted_by not in organizations:
        raise PartiesNotBalanced
