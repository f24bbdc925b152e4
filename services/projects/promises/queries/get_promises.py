"""What a convention promises, and what became of it, for one reader."""

from datetime import date

from services.projects.authority.public import member_or_invited
from services.projects.conventions.public import find_standing
from services.projects.promises import storage
from services.projects.promises.domain import Obligation
from shared.contracts.actor import Actor
from shared.contracts.projects.promises import GetPromises, ObligationView, Promises, WordView
from shared.contracts.projects.refusals import ConventionNotFound
from shared.kit import clock
from shared.kit.database import Transaction

# Three years of what most conventions promise, several times over; what is older stands in the timeline.
MOST_OBLIGATIONS = 300


async def get_promises(query: GetPromises, actor: Actor, tx: Transaction) -> Promises:
    """The obligations, with the words of each party.

    Raises:
        ConventionNotFound: it does not exist, or not for her.
    """
    member = await member_or_invited(tx, actor, query.convention_id)
    found = await find_standing(
        tx, query.convention_id, organization=actor.organization_id, person=actor.person_id
    )
    if found is None:
        raise ConventionNotFound
    promises = await storage.read_promises(tx, found, MOST_OBLIGATIONS)
    today = clock.today_in_paris()
    resting = promises is not None and promises.setting.resting
    return Promises(
        convention_id=found.convention_id,
        version=promises.version if promises else 0,
        title=found.title,
        parties=found.parties,
        resting=resting,
        obligations=tuple(
            _view(it, today, resting=resting)
            for it in sorted(promises.obligations.values(), key=lambda it: (it.due_on, it.obligation_id))
        )
        if promises
        else (),
        may_say=promises is not None
        and member is not None
        and promises.may_say(storage.speaker_of(member, found.convention_id)),
    )


def _view(it: Obligation, today: date, *, resting: bool) -> ObligationView:
    return ObligationView(
        obligation_id=it.obligation_id,
        kind=it.kind,
        title=it.title,
        owed_by=it.owed_by,
        begins_on=it.begins_on,
        due_on=it.due_on,
        promised_for=it.promised_for,
        state=it.state(today, resting=resting),
        words=tuple(
            WordView(
                organization_id=word.organization_id,
                person_id=word.person_id,
                kept=word.kept_on is not None,
                kept_on=word.kept_on,
                remark=word.remark,
                said_at=word.said_at,
            )
            for word in sorted(it.words.values(), key=lambda word: word.said_at)
        ),
    )
