"""Dated obligations between the database and the domain. The only place that writes their tables."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from services.projects.authority.public import Member, require_member
from services.projects.conventions.public import ConventionStanding, find_standing
from services.projects.life.public import course_of
from services.projects.promises.domain import (
    Dating,
    Obligation,
    Promised,
    Promises,
    Rest,
    Setting,
    Speaker,
    Word,
)
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, ObligationId
from shared.contracts.messages import Event
from shared.contracts.projects.promises import ObligationNotFound
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.projects.terms import PromisedMeans
from shared.contracts.refusals import Defect
from shared.kit.database import Transaction

_LOCK = "SELECT promises_id FROM promises WHERE convention_id = $1 FOR NO KEY UPDATE"

_FIND = """
SELECT promises_id, version, first_day, last_day, dated_until, promised FROM promises WHERE convention_id = $1
"""

_COLUMNS = """
obligation_id, kind, title, owed_by, begins_on, due_on, promised_for, told_at, missed_at, released_at
"""

# Those that the calendar may still move, and those done ahead of their day.
_LIVING = f"""
SELECT {_COLUMNS} FROM obligations
WHERE convention_id = $1 AND (look_on IS NOT NULL OR due_on >= $2)
ORDER BY due_on, obligation_id LIMIT 1000
"""

_ONE = f"SELECT {_COLUMNS} FROM obligations WHERE convention_id = $1 AND obligation_id = $2"

_LAST = f"""
SELECT {_COLUMNS} FROM obligations WHERE convention_id = $1
ORDER BY due_on DESC, obligation_id DESC LIMIT $2
"""

_WORDS = """
SELECT DISTINCT ON (obligation_id, organization_id) obligation_id, organization_id, person_id, kept_on, remark, said_at
FROM obligation_words WHERE obligation_id = ANY($1::uuid[])
ORDER BY obligation_id, organization_id, promises_version DESC
"""

# Days begin at midnight in Paris: the caller says which one it is.
_DUE = """
SELECT convention_id FROM promises WHERE stale
UNION
SELECT convention_id FROM promises WHERE more_on <= $1
UNION
SELECT obligation.convention_id
FROM obligations AS obligation JOIN conventions AS convention USING (convention_id)
WHERE obligation.look_on <= $1 AND convention.state = 'active'
LIMIT 200
"""

_ADD = """
INSERT INTO obligations (convention_id, obligation_id, kind, title, owed_by, begins_on, promised_for, due_on,
                         told_at, missed_at, released_at, look_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""

_CHANGE = """
UPDATE obligations SET due_on = $3, told_at = $4, missed_at = $5, released_at = $6, look_on = $7
WHERE convention_id = $1 AND obligation_id = $2
"""

_SAY = """
INSERT INTO obligation_words (convention_id, obligation_id, organization_id, promises_version, person_id, kept_on,
                              remark, said_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

_SAVE_SAID = "UPDATE promises SET version = $3 WHERE promises_id = $1 AND version = $2"

_SAVE_DATED = """
UPDATE promises
SET version = $3, stale = false, first_day = $4, last_day = $5, dated_until = $6, more_on = $7, promised = $8
WHERE promises_id = $1 AND version = $2
"""


def speaker_of(member: Member, convention_id: ConventionId) -> Speaker:
    """A member as the rules see her."""
    return Speaker(member.person_id, member.organization_id, referent=convention_id in member.referent_in)


async def load_promises(
    tx: Transaction, convention_id: ConventionId, obligation_id: ObligationId, *, on_behalf_of: Actor
) -> tuple[Promises, Speaker]:
    """The promises of a convention to decide on one of them, locked, and the one who decides.

    Raises:
        NotAMemberOfOrganization: the actor speaks as an organisation that is not hers.
        ConventionNotFound: it does not exist, or not for the actor.
        ObligationNotFound: it promises nothing yet.
    """
    # Locked first, read afterwards: what is read, her rights too, is then as new as the decision.
    locked = await tx.fetchval(_LOCK, convention_id)
    member = await require_member(tx, on_behalf_of, convention_id)
    found = await find_standing(
        tx, convention_id, organization=member.organization_id, person=member.person_id
    )
    if found is None:
        raise ConventionNotFound
    if locked is None:
        raise ObligationNotFound
    rows = await tx.fetch(_ONE, convention_id, obligation_id)
    return await _promises(tx, found, rows), speaker_of(member, convention_id)


async def load_promises_as_service(
    tx: Transaction, convention_id: ConventionId, today: date
) -> Promises | None:
    """The promises of a convention, locked, for what happens by itself: nobody asked."""
    if await tx.fetchval(_LOCK, convention_id) is None:
        return None
    found = await find_standing(tx, convention_id, organization=None, person=None, as_service=True)
    return found and await _promises(tx, found, await tx.fetch(_LIVING, convention_id, today))


async def read_promises(tx: Transaction, found: ConventionStanding, most: int) -> Promises | None:
    """The last obligations of a convention that was found; None when it was never in force."""
    if await tx.fetchval(_FIND, found.convention_id) is None:
        return None
    return await _promises(tx, found, await tx.fetch(_LAST, found.convention_id, most))


async def due_promises(tx: Transaction, today: date) -> list[ConventionId]:
    """The conventions to whose promises something has to happen by itself, at most 200. For the service itself."""
    return [ConventionId(row["convention_id"]) for row in await tx.fetch(_DUE, today)]


async def save_word(tx: Transaction, promises: Promises, word: Word, about: ObligationId) -> int:
    """Store what a party says; returns the version that the promises have now."""
    version = promises.version + 1
    await tx.execute(
        _SAY,
        promises.convention_id,
        about,
        word.organization_id,
        version,
        word.person_id,
        word.kept_on,
        word.remark,
        word.said_at,
    )
    await _change(tx, promises, [promises.obligations[about]])
    if await tx.execute(_SAVE_SAID, promises.id, promises.version, version) != "UPDATE 1":
        raise Defect(f"the promises {promises.id} were locked, yet they changed")
    return version


async def save_promises(
    tx: Transaction, promises: Promises, events: Sequence[Event], known: Iterable[ObligationId]
) -> None:
    """Store what a day has brought; `known` are those that were there before."""
    before = frozenset(known)
    await tx.executemany(
        _ADD,
        [
            (promises.convention_id, *_fixed(it), *_moving(it))
            for it in promises.obligations.values()
            if it.obligation_id not in before
        ],
    )
    await _change(tx, promises, [promises.obligations[it] for it in before])
    dating = promises.dating
    saved = await tx.execute(
        _SAVE_DATED,
        promises.id,
        promises.version,
        promises.version + len(events),
        dating and dating.first,
        dating and dating.last,
        dating and dating.until,
        dating.more_on if dating and promises.setting.in_force else None,
        dating and _promised_to_json(dating.promised),
    )
    if saved != "UPDATE 1":
        raise Defect(f"the promises {promises.id} were locked, yet they changed")


async def _change(tx: Transaction, promises: Promises, obligations: Sequence[Obligation]) -> None:
    await tx.executemany(
        _CHANGE,
        [(promises.convention_id, it.obligation_id, *_moving(it)) for it in obligations],
    )


async def _promises(tx: Transaction, found: ConventionStanding, rows: Sequence[Any]) -> Promises:
    row = await tx.fetchrow(_FIND, found.convention_id)
    words = await tx.fetch(_WORDS, [it["obligation_id"] for it in rows])
    obligations = {it["obligation_id"]: Obligation(**it) for it in rows}
    for it in words:
        word = Word(it["organization_id"], it["person_id"], it["kept_on"], it["remark"], it["said_at"])
        obligations[it["obligation_id"]].words[word.organization_id] = word
    return Promises(
        id=row["promises_id"],
        convention_id=found.convention_id,
        version=row["version"],
        setting=await _setting(tx, found),
        dating=_dating(row),
        obligations=obligations,
    )


async def _setting(tx: Transaction, found: ConventionStanding) -> Setting:
    course = await course_of(tx, found)
    return Setting(
        parties=frozenset(found.parties),
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        promised=Promised.by(found.terms),
        in_force=found.state in {ConventionState.ACTIVE, ConventionState.SUSPENDED},
        resting=found.state is ConventionState.SUSPENDED,
        rests=tuple(
            Rest(it.first, last) for it in course.rests if (last := it.last or course.over_on) is not None
        ),
        over_on=course.over_on,
        closed=found.closed_at is not None,
    )


def _dating(row: Any) -> Dating | None:
    if row["promised"] is None:
        return None
    said = row["promised"]
    promised = Promised(
        said["meetings_per_year"],
        said["reviews_per_year"],
        tuple(PromisedMeans.model_validate(it) for it in said["means"]),
    )
    return Dating(row["first_day"], row["last_day"], row["dated_until"], promised)


def _promised_to_json(promised: Promised) -> dict[str, Any]:
    return {
        "meetings_per_year": promised.meetings_per_year,
        "reviews_per_year": promised.reviews_per_year,
        "means": [it.model_dump(mode="json", exclude_none=True) for it in promised.means],
    }


def _fixed(it: Obligation) -> tuple[Any, ...]:
    return (it.obligation_id, it.kind, it.title, it.owed_by, it.begins_on, it.promised_for)


def _moving(it: Obligation) -> tuple[datetime | date | None, ...]:
    return (it.due_on, it.told_at, it.missed_at, it.released_at, it.look_on)
