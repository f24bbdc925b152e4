"""An event happened: tell everybody who should hear of it, and settle what asks for nothing any more."""

from services.notifications.notices.domain.departures import asked_of_who_is_gone
from services.notifications.notices.domain.rules import (
    NoticeLine,
    Settled,
    Subject,
    attested_by,
    filled_by,
    given_up_by,
    settled_by,
)
from services.notifications.notices.domain.settled_mediation import settled_mediation
from services.notifications.notices.domain.settled_promises import settled_promises
from services.notifications.notices.opening import tell
from services.notifications.notices.storage.notices import settle_notices
from services.notifications.recipients.public import Hearing, load_circle, who_should_hear
from shared.backbone.outbox import announce
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.notifications.events import NoticeFiled
from shared.contracts.notifications.queries import TO_DO_KINDS
from shared.contracts.projects.parties import ObserverAdmitted, PartyTakenBack
from shared.contracts.refusals import Defect, TooEarly
from shared.kit import clock
from shared.kit.database import Transaction


async def tell_people(event: Event, about: Envelope, tx: Transaction) -> None:
    """Open the notices of one event, queue their e-mails, and announce them.

    Raises:
        TooEarly: earlier facts, of another producer, have not arrived yet.
    """
    now = clock.now()
    subject = Subject.of(event)
    if subject.convention_id is None:
        raise Defect(f"{event.subject} tells of no convention")
    circle = await load_circle(
        tx,
        subject.convention_id,
        project_id=subject.project_id,
        mandate_id=subject.mandate_id,
        today=clock.today_in_paris(),
        guest_id=_guest_of(event),
    )
    patience = circle.patience_for(event)
    if patience and now - about.occurred_at < patience:
        raise TooEarly("earlier facts about these people have not arrived yet")
    for settled in (
        settled_by(event),
        attested_by(event),
        filled_by(event),
        *given_up_by(event),
        *settled_promises(event),
        *settled_mediation(event),
        *asked_of_who_is_gone(event),
    ):
        if settled:
            await _file(tx, await settle_notices(tx, subject, settled, now))
    hearings = who_should_hear(
        event,
        circle,
        actor_person=PersonId(about.actor_person) if about.actor_person else None,
        actor_organization=OrganizationId(about.actor_organization) if about.actor_organization else None,
    )
    if not hearings:
        return
    await _replace_older(tx, subject, hearings)
    await tell(tx, hearings, about, subject, now)


def _guest_of(event: Event) -> OrganizationId | None:
    """Which organisation the event is about, where it is no party."""
    match event:
        case ObserverAdmitted():
            return event.observer
        case PartyTakenBack():
            return event.taken_back
        case _:
            return None


async def _replace_older(tx: Transaction, subject: Subject, hearings: tuple[Hearing, ...]) -> None:
    """A person is asked for the same act by one notice at a time: the newest."""
    for kind in {hearing.kind for hearing in hearings} & TO_DO_KINDS:
        people = [hearing.person_id for hearing in hearings if hearing.kind is kind]
        older = Settled(kind, subject.asked_about(kind))
        await _file(tx, await settle_notices(tx, subject, older, clock.now(), only_for=people))


async def _file(tx: Transaction, notices: list[NoticeLine]) -> None:
    for notice in notices:
        await announce(tx, [NoticeFiled(notice_id=notice.notice_id, person_id=notice.recipient)], of=notice)
