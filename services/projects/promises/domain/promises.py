"""The promises of one convention: dated when it is in force, reminded of, missed; and what each party says of them.

The text says how often; the days are made from it, again at each renewal and when an amendment promises otherwise. Time during
which the convention is suspended does not count: what fell into it is due a month after it was lifted.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from services.projects.promises.domain.dating import Dating, dated
from services.projects.promises.domain.obligation import Obligation, Word
from services.projects.promises.domain.schedule import Planned
from services.projects.promises.domain.setting import Setting
from shared.contracts.identifiers import ConventionId, ObligationId, OrganizationId, PersonId, PromisesId
from shared.contracts.messages import Event
from shared.contracts.projects.promise_events import (
    ObligationContested,
    ObligationDue,
    ObligationKept,
    ObligationMissed,
    ObligationPostponed,
    ObligationsReleased,
    PromisesDated,
)
from shared.contracts.projects.promises import (
    ContestObligation,
    KeepObligation,
    ObligationKind,
    ObligationNotDue,
    ObligationNotFound,
    ObligationNotOwed,
)
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import (
    ConventionNotInForce,
    DateInFuture,
    DateOutsideConvention,
    NotAReferent,
)

# Time to arrange again what a suspension prevented.
AFTER_A_REST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who speaks for an organisation."""

    person_id: PersonId
    organization_id: OrganizationId
    referent: bool


@dataclass(slots=True)
class Promises:
    """The aggregate, as it was loaded: `version` does not move while decisions are taken."""

    id: PromisesId
    convention_id: ConventionId
    version: int
    setting: Setting
    dating: Dating | None = None
    obligations: dict[ObligationId, Obligation] = field(default_factory=dict[ObligationId, Obligation])

    @property
    def partnership_id(self) -> ConventionId:
        """A partnership is known by its convention."""
        return self.convention_id

    def may_say(self, by: Speaker) -> bool:
        """Whether she says for her party what was kept."""
        return by.referent and by.organization_id in self.setting.parties and not self.setting.closed

    def keep(self, wanted: KeepObligation, by: Speaker, *, now: datetime, today: date) -> list[Event]:
        """A party says that it was kept. Said again in the same words, nothing happens."""
        obligation = self._obligation_for(wanted.obligation_id, by)
        if wanted.kept_on > today:
            raise DateInFuture
        if wanted.kept_on < self.setting.starts_on:
            raise DateOutsideConvention(
                starts_on=self.setting.starts_on.isoformat(), ends_on=self.setting.ends_on.isoformat()
            )
        word = Word(by.organization_id, by.person_id, wanted.kept_on, wanted.remark, now)
        if word.says_the_same_as(obligation.words.get(by.organization_id)):
            return []
        obligation.words[by.organization_id] = word
        return [
            ObligationKept(
                promises_id=self.id,
                convention_id=self.convention_id,
                obligation_id=obligation.obligation_id,
                organization_id=by.organization_id,
                kept_on=wanted.kept_on,
            )
        ]

    def contest(self, wanted: ContestObligation, by: Speaker, *, now: datetime, today: date) -> list[Event]:
        """A party says that it was not kept. Said again in the same words, nothing happens."""
        obligation = self._obligation_for(wanted.obligation_id, by)
        if not obligation.words and obligation.missed_at is None and obligation.due_on >= today:
            raise ObligationNotDue
        word = Word(by.organization_id, by.person_id, None, wanted.remark, now)
        if word.says_the_same_as(obligation.words.get(by.organization_id)):
            return []
        obligation.words[by.organization_id] = word
        return [
            ObligationContested(
                promises_id=self.id,
                convention_id=self.convention_id,
                obligation_id=obligation.obligation_id,
                organization_id=by.organization_id,
            )
        ]

    def pass_day(self, today: date, now: datetime, new_id: Callable[[], ObligationId]) -> list[Event]:
        """What happens by itself, however many days have passed since anybody looked; asked again, nothing."""
        setting = self.setting
        if setting.over_on is not None:
            return self._end(setting.over_on, now)
        if not setting.in_force:
            return []
        events = [*self._release_of_the_gone(now), *self._date(today, now, new_id)]
        if setting.resting:
            return events
        for obligation in self._open():
            events += self._fall_due(obligation, today, now)
        return events

    def _obligation_for(self, obligation_id: ObligationId, by: Speaker) -> Obligation:
        if not by.referent or by.organization_id not in self.setting.parties:
            raise NotAReferent
        obligation = self.obligations.get(obligation_id)
        if obligation is None:
            raise ObligationNotFound
        if obligation.released_at:
            raise ObligationNotOwed
        if self.setting.closed:
            raise ConventionNotInForce(state=ConventionState.TERMINATED)
        return obligation

    def _open(self) -> list[Obligation]:
        return sorted((it for it in self.obligations.values() if it.open), key=lambda it: it.due_on)

    def _fall_due(self, obligation: Obligation, today: date, now: datetime) -> list[Event]:
        events: list[Event] = []
        while obligation.due_on < today:
            lifted = self.setting.lifted_over(obligation.due_on)
            later = min(lifted + AFTER_A_REST, self.setting.ends_on) if lifted else obligation.due_on
            if later <= obligation.due_on:
                obligation.missed_at = now
                return [*events, ObligationMissed(**self._naming(obligation))]
            obligation.due_on = later
            obligation.told_at = None
            events.append(
                ObligationPostponed(
                    promises_id=self.id,
                    convention_id=self.convention_id,
                    obligation_id=obligation.obligation_id,
                    due_on=later,
                )
            )
        if obligation.told_at is None and obligation.tell_on <= today:
            obligation.told_at = now
            events.append(ObligationDue(**self._naming(obligation)))
        return events

    def _end(self, over_on: date, now: datetime) -> list[Event]:
        """What was due while the convention held was missed; what was not is owed no more."""
        events: list[Event] = []
        for obligation in self._open():
            if obligation.due_on < over_on and self.setting.lifted_over(obligation.due_on) is None:
                obligation.missed_at = now
                events.append(ObligationMissed(**self._naming(obligation)))
        return [*events, *self._release(date.min, now)]

    def _release_of_the_gone(self, now: datetime) -> list[Event]:
        """A party that has left owes nothing any more."""
        parties = self.setting.parties
        return self._released([it for it in self._open() if it.owed_by and it.owed_by not in parties], now)

    def _release(self, since: date, now: datetime) -> list[Event]:
        return self._released([it for it in self._open() if it.due_on >= since], now)

    def _released(self, released: list[Obligation], now: datetime) -> list[Event]:
        for obligation in released:
            obligation.released_at = now
        if not released:
            return []
        return [
            ObligationsReleased(
                promises_id=self.id, convention_id=self.convention_id, obligations=len(released)
            )
        ]

    def _date(self, today: date, now: datetime, new_id: Callable[[], ObligationId]) -> list[Event]:
        made = dated(self.dating, self.setting, today)
        self.dating = made.dating
        events = self._release(today, now) if made.replaces else []
        coming = self._not_done_already(made.coming, today) if made.replaces else made.coming
        if not coming:
            return events
        self._add(coming, new_id)
        return [
            *events,
            PromisesDated(
                promises_id=self.id,
                convention_id=self.convention_id,
                starts_on=coming[0].begins_on,
                ends_on=coming[-1].due_on,
                obligations=len(coming),
            ),
        ]

    def _not_done_already(self, coming: list[Planned], today: date) -> list[Planned]:
        """What was done ahead of its day counts for the days that a new text makes."""
        ahead = Counter(
            _sort(it.kind, it.title, it.owed_by)
            for it in self.obligations.values()
            if it.kept and it.due_on >= today
        )
        left: list[Planned] = []
        for it in coming:
            sort = _sort(it.kind, it.title, it.owed_by)
            if ahead[sort] > 0:
                ahead[sort] -= 1
            else:
                left.append(it)
        return left

    def _add(self, wanted: list[Planned], new_id: Callable[[], ObligationId]) -> None:
        for it in wanted:
            obligation_id = new_id()
            self.obligations[obligation_id] = Obligation(
                obligation_id=obligation_id,
                kind=it.kind,
                title=it.title,
                owed_by=it.owed_by,
                begins_on=it.begins_on,
                due_on=it.due_on,
                promised_for=it.due_on,
            )

    def _naming(self, obligation: Obligation) -> dict[str, Any]:
        return {
            "promises_id": self.id,
            "convention_id": self.convention_id,
            "obligation_id": obligation.obligation_id,
            "kind": obligation.kind,
            "owed_by": obligation.owed_by,
            "due_on": obligation.due_on,
        }


def _sort(kind: ObligationKind, title: str, owed_by: OrganizationId | None) -> tuple[object, ...]:
    """Meetings and reviews stand for one another; means are known by their words."""
    return (kind, title, owed_by) if kind is ObligationKind.MEANS else (kind,)
