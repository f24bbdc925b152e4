"""A template was shared: tell the people of the organisations that it names and did not name before."""

from services.notifications.notices.domain.rules import Subject
from services.notifications.notices.opening import tell
from services.notifications.recipients.public import load_readers, who_reads_it
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import PersonId
from shared.contracts.projects.own_templates import TemplateShared
from shared.kit import clock
from shared.kit.database import Transaction


async def tell_readers(event: TemplateShared, about: Envelope, tx: Transaction) -> None:
    """Open the notices of one sharing, queue their e-mails, and announce them."""
    if not event.added:
        return
    actor = PersonId(about.actor_person) if about.actor_person else None
    hearings = who_reads_it(await load_readers(tx, event.added), actor_person=actor)
    await tell(tx, hearings, about, Subject(None, template_id=event.template_id), clock.now())
