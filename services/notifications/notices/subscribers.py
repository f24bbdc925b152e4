"""Events that people are told of. The projection of recipients has applied each of them before."""

from services.notifications.notices.commands.tell_people import tell_people
from services.notifications.notices.commands.tell_readers import tell_readers
from services.notifications.recipients.public import RULES
from shared.backbone.subscribers import Subscribers
from shared.contracts.envelope import Envelope
from shared.contracts.messages import Event
from shared.contracts.projects.own_templates import TemplateShared
from shared.kit import tracing
from shared.kit.database import Transaction

subscribers = Subscribers()


async def on_event(event: Event, about: Envelope, tx: Transaction) -> None:
    """One reaction for all of them: whom each event concerns is a rule, listed in recipients/domain.py."""
    # A batch holds acts of many people: what each of them causes continues her own trace.
    tracing.begin(about.traceparent)
    await tell_people(event, about, tx)


@subscribers.on(TemplateShared)
async def on_template_shared(event: TemplateShared, about: Envelope, tx: Transaction) -> None:
    tracing.begin(about.traceparent)
    await tell_readers(event, about, tx)


for told in RULES:
    subscribers.on(told)(on_event)
