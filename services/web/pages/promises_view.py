"""Dated obligations as their pages show them: with the names of who promised and of who spoke."""

from dataclasses import dataclass
from datetime import date, datetime

from services.web.pages.names import Names, Person, names_of
from services.web.visits import Visit
from services.web.wording.promises import TOGETHER, in_numbers, promises_url, state_of
from shared.contracts.identifiers import ConventionId, ObligationId, OrganizationId
from shared.contracts.projects.promises import (
    GetPromises,
    ObligationNotFound,
    ObligationState,
    ObligationView,
    Promises,
)
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris

_TO_SETTLE = (ObligationState.DISPUTED, ObligationState.MISSED, ObligationState.DUE)
# As many as fit beside the text of a convention.
_IN_BRIEF = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What a party says, or that it has said nothing."""

    side: Side
    organization: str
    is_mine: bool
    person: Person | None
    at: datetime | None
    kept: bool
    kept_on: date | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class Obligation:
    """A promise with its day."""

    id: ObligationId
    url: str
    title: str
    state: ObligationState
    state_name: str
    by: str
    side: Side | None
    """The side that promised it; None for all together."""
    begins_on: date
    due_on: date
    promised_for: date | None
    """Its first day, where a suspension moved it."""
    late: bool
    said: list[Said]

    @property
    def spoken(self) -> list[Said]:
        """The parties that have spoken."""
        return [it for it in self.said if it.person]


@dataclass(frozen=True, slots=True)
class Brief:
    """What the page of a convention tells of them."""

    url: str
    numbers: str
    next: list[Obligation]


@dataclass(frozen=True, slots=True)
class ShownPromises:
    """The obligations with the names that their pages need."""

    view: Promises
    names: Names
    mine: OrganizationId | None

    @property
    def live_url(self) -> str:
        """The stream of what happens to the partnership: another count of versions than that of the page, so all of it."""
        return f"/evenements?convention={self.view.convention_id}"

    @property
    def numbers(self) -> str:
        """« 3 tenus, 4 à venir »"""
        return in_numbers(self.view.obligations)

    @property
    def obligations(self) -> list[Obligation]:
        """By their day."""
        return [self.obligation(it) for it in self.view.obligations]

    def of(self, *states: ObligationState) -> list[Obligation]:
        """Those that stand so, by their day."""
        return [self.obligation(it) for it in self.view.obligations if it.state in states]

    def to_settle(self) -> list[Obligation]:
        """Those that ask for a word: due soon, past, or disputed."""
        return self.of(*_TO_SETTLE)

    def brief(self) -> Brief | None:
        """For the convention's page; None while there is nothing to tell."""
        if not self.view.obligations:
            return None
        following = [*self.to_settle(), *self.of(ObligationState.UPCOMING)]
        return Brief(promises_url(self.view.convention_id), self.numbers, following[:_IN_BRIEF])

    def one(self, obligation_id: ObligationId) -> Obligation:
        """One of them.

        Raises:
            ObligationNotFound: there is none.
        """
        for it in self.view.obligations:
            if it.obligation_id == obligation_id:
                return self.obligation(it)
        raise ObligationNotFound

    def obligation(self, it: ObligationView) -> Obligation:
        """With its words."""
        return Obligation(
            id=it.obligation_id,
            url=promises_url(self.view.convention_id, it.obligation_id),
            title=it.title,
            state=it.state,
            state_name=state_of(it),
            by=self.names.organization(it.owed_by) if it.owed_by else TOGETHER,
            side=self.names.side(it.owed_by) if it.owed_by else None,
            begins_on=it.begins_on,
            due_on=it.due_on,
            promised_for=it.promised_for if it.promised_for != it.due_on else None,
            late=it.due_on < today_in_paris() and not self.view.resting,
            said=[self._said(it, party) for party in self._parties_of(it)],
        )

    def _parties_of(self, it: ObligationView) -> list[OrganizationId]:
        """The parties, and those that spoke before they left."""
        gone = (word.organization_id for word in it.words if word.organization_id not in self.view.parties)
        return [*self.view.parties, *gone]

    def _said(self, it: ObligationView, party: OrganizationId) -> Said:
        word = next((word for word in it.words if word.organization_id == party), None)
        return Said(
            side=self.names.side(party),
            organization=self.names.organization(party),
            is_mine=party == self.mine,
            person=self.names.who(word.person_id, party) if word else None,
            at=word.said_at if word else None,
            kept=word is not None and word.kept,
            kept_on=word.kept_on if word else None,
            remark=word.remark if word else None,
        )


async def ask_promises(visit: Visit, convention_id: ConventionId) -> ShownPromises:
    """Ask for them, then for every name."""
    view = await visit.web.gateway.ask(GetPromises(convention_id=convention_id), visit.actor)
    people = [word.person_id for it in view.obligations for word in it.words]
    names = await names_of(
        visit,
        people=people,
        organizations={
            *view.parties,
            *(it.owed_by for it in view.obligations),
            *(word.organization_id for it in view.obligations for word in it.words),
        },
    )
    return ShownPromises(view, names, visit.actor.organization_id)
